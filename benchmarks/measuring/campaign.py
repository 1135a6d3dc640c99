"""Runs, one after the other: what was measured already under the same conditions is not measured again."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measuring.judge import judge
from benchmarks.measuring.machine import machine, versions
from benchmarks.measuring.process import Limits, cores, measure
from benchmarks.measuring.rows import Row, Store
from benchmarks.places import BUILD, digest_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.methods.base import Method
    from benchmarks.rounds import Given

_MIB = 2**20
#: The code that a figure depends on.
SOURCE = ("matcher", "benchmarks/methods", "benchmarks/measuring")


@dataclass
class Campaign:
    """Measures runs and keeps their rows.

    Attributes
    ----------
    store
        Where rows are kept.
    cores
        How many processor cores every run has, always the same ones.
    memory
        The most MiB that all processes of a run may have together.
    again
        Measure even what was measured already.
    say
        Told what is going on.
    """

    store: Store = field(default_factory=lambda: Store(BUILD / "rows.jsonl"))
    cores: int = 2
    memory: int = 16 * 1024
    again: bool = False
    say: Callable[[str], None] = print

    def run(self, given: Given, method: Method, seconds: float, gap: float = 0.0) -> Row:
        """Return the row of a run, measured now unless it was measured already."""
        round_ = given.read()
        source = _source()
        key = (round_.digest, method.name, seconds, gap, self.cores, self.memory, source)
        known = None if self.again else self.store.find(key)
        if known is not None:
            self.say(f"{given.label:>18}  {method.name:<10} {summary(known)}  (kept)")
            return known
        limits = Limits(seconds, self.memory * _MIB, cores(self.cores))
        BUILD.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="run-", dir=BUILD) as name:
            folder = Path(name)
            request = {"round": str(given.path), "method": method.name, "gap": gap}
            watched = measure(request, folder, limits)
            verdict = judge(round_, folder, watched)
        row = Row(
            round=given.case.name,
            seed=given.seed,
            digest=round_.digest,
            villages=len(round_.villages),
            cadres=len(round_.cadres),
            method=method.name,
            limit=seconds,
            asked=gap,
            cores=self.cores,
            memory=self.memory,
            status=verdict.status,
            why=verdict.why,
            seconds=round(watched.seconds, 2),
            peak=round(watched.peak / _MIB, 1),
            score=verdict.score,
            bound=verdict.bound,
            trace=verdict.trace,
            source=source,
            versions=versions(),
            machine=machine(),
            at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        self.store.add(row)
        self.say(f"{given.label:>18}  {method.name:<10} {summary(row)}")
        return row


def summary(row: Row) -> str:
    """Return a run in one line."""
    score = "" if row.score is None else f"score {row.score}"
    gap = "" if row.gap is None else f"gap {row.gap:.3%}"
    return (
        f"{row.status:<13} {score:<13} {gap:<11} {row.seconds:8.1f} s {row.peak:7.0f} MiB  {row.why}".rstrip()
    )


@cache
def _source() -> str:
    """Return the digest of the code, taken once: a campaign is one state of it."""
    return digest_of(*SOURCE)
