"""Runs and rows for these tests."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from benchmarks.measuring.rows import Row
from benchmarks.methods.base import Recorder, Task

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.round import Round

#: Far more than any tiny round takes: these tests time nothing.
PLENTY = 300.0


def task_of(round_: Round, folder: Path) -> Task:
    """A task with plenty of time that writes into a new folder."""
    folder.mkdir(parents=True)
    began = time.monotonic()
    return Task(round_, began + PLENTY, gap=0.0, cores=1, record=Recorder(folder, began))


def row_of(**changes: Any) -> Row:
    """A row that says nothing odd."""
    given: dict[str, Any] = {
        "round": "huaxi",
        "seed": 1,
        "digest": "d",
        "villages": 23,
        "cadres": 160,
        "method": "auto",
        "limit": 60.0,
        "asked": 0.0,
        "cores": 2,
        "memory": 1024,
        "status": "optimal",
        "why": "",
        "seconds": 10.0,
        "peak": 100.0,
        "score": 1000,
        "bound": 1000,
        "trace": ((1.0, 900, None), (2.0, 950, 1100), (8.0, 1000, 1000)),
        "source": "s",
        "versions": {"python": "3.11"},
        "machine": {"cores": "2"},
        "at": "2026-01-01T00:00:00+00:00",
    }
    return Row(**{**given, **changes})
