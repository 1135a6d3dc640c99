"""Measuring inside one process: a module that reads ``request.json`` in a folder and writes ``answer.json`` there.

What is measured is not the process but what happens in it, after a first solve that does not count.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measuring.process import Limits, cores, watch
from benchmarks.places import BUILD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MIB = 2**20


def answer_of(
    module: str, request: Mapping[str, Any], seconds: float, count: int, memory: int
) -> tuple[dict[str, Any] | None, str]:
    """Run ``python -m module FOLDER`` and return its answer, or None and why there is none.

    Parameters
    ----------
    request
        What the process is asked; the processor cores are added.
    seconds, count, memory
        What it may use: seconds, processor cores, MiB.
    """
    BUILD.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="inside-", dir=BUILD) as name:
        folder, used = Path(name), cores(count)
        (folder / "request.json").write_text(json.dumps({**request, "cores": list(used)}), "utf-8")
        command = [sys.executable, "-m", module, str(folder)]
        watched = watch(command, folder, Limits(seconds, memory * _MIB, used))
        ended = "" if watched.status == 0 else f"the process ended with status {watched.status}"
        answer = folder / "answer.json"
        found: dict[str, Any] | None = json.loads(answer.read_text("utf-8")) if answer.exists() else None
        return found, watched.cut or ended


def answering(main: Callable[[dict[str, Any], Callable[[dict[str, Any]], None]], None]) -> int:
    """Answer the request of the folder that the command line names: the process's side of :func:`answer_of`.

    ``main`` is given the request and what writes an answer; it may write several times, each more than the last, so that
    what is known survives a limit.
    """
    folder = Path(sys.argv[1])
    request = json.loads((folder / "request.json").read_text("utf-8"))
    os.sched_setaffinity(0, request["cores"])

    def write(answer: dict[str, Any]) -> None:
        part = folder / "answer.part"
        part.write_text(json.dumps(answer), "utf-8")
        part.replace(folder / "answer.json")

    main(request, write)
    return 0
