"""The memory of the service over time, while many read and small runs come and go: it must not grow."""

from __future__ import annotations

import asyncio
import time
from statistics import median
from typing import TYPE_CHECKING, Final

from benchmarks.service.answers import Answer
from benchmarks.service.people import tiny_round
from benchmarks.service.processes import memory_of
from benchmarks.service.reads import reads_data, reads_findings, reads_table
from benchmarks.service.running import running
from benchmarks.service.scene import Scene
from benchmarks.service.under_load import under_load
from benchmarks.targets import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.report.tables import Table
    from benchmarks.service.running import Database, Running
    from benchmarks.service.under_load import Load

#: Runs of a tiny round, one after the other.
SETTINGS = {"effort": "quick"}
#: Of the time, the share in which processes may still fill what they keep; then a share of growth counts as none.
_WARMING, _FLAT = 0.25, 0.05
#: How often memory is looked at in all, and at least how many seconds apart.
_LOOKS, _APART = 360, 1.0
#: Rows of the table.
_ROWS: Final = 12


class Watch:
    """Looks at the memory of the service's processes from time to time.

    Attributes
    ----------
    minutes, mebibytes
        When, and how much of each process.
    """

    def __init__(self, service: Running) -> None:
        self.minutes: list[float] = []
        self.mebibytes: dict[str, list[float]] = {}
        self._parts = service.parts()

    async def look_on(self, end: float) -> None:
        """Look until a time."""
        begin = time.monotonic()
        apart = max(_APART, (end - begin) / _LOOKS)
        while time.monotonic() < end:
            self.minutes.append((time.monotonic() - begin) / 60)
            for name, mebibytes in memory_of(self._parts).items():
                self.mebibytes.setdefault(name, []).append(mebibytes)
            await asyncio.sleep(apart)


def measure_memory(database: Database, load: Load) -> Answer:
    """Watch the memory under load."""
    with running(database, cores=1) as service:
        scene, watch = Scene(service, load.villages, tiny_round(), SETTINGS), Watch(service)
        tally, costs = under_load(service, scene, load, [watch.look_on])
    answer = Answer(f"Memory over {load.seconds / 60:g} minutes, {database}", reads_findings(tally))
    answer.findings += _findings(watch)
    answer.tables |= {"Resident MiB": _table(watch), "Reads": reads_table(tally)}
    answer.data |= {**reads_data(load, tally, costs), "runs": len(scene.runs)}
    answer.data |= {"minutes": _rounded(watch.minutes, 2)}
    answer.data |= {"mebibytes": {name: _rounded(found, 1) for name, found in watch.mebibytes.items()}}
    return answer


def growth(mebibytes: Sequence[float]) -> float:
    """Return by which share a process grew, from after its warming to the end; medians, so that no moment counts."""
    after = mebibytes[int(_WARMING * len(mebibytes)) :]
    part = max(1, len(after) // 5)
    return median(after[-part:]) / median(after[:part]) - 1


def _findings(watch: Watch) -> list[Finding]:
    found = []
    asked = f"grows by at most {_FLAT:.0%} after the first quarter"
    for name, mebibytes in watch.mebibytes.items():
        grown = growth(mebibytes)
        is_met = grown <= _FLAT
        found.append(Finding(name, asked, f"{grown:+.1%}", is_met, "" if is_met else f"{grown - _FLAT:.1%}"))
    return found


def _table(watch: Watch) -> Table:
    """Return memory at some times, evenly apart, the last look among them."""
    last = len(watch.minutes) - 1
    chosen = sorted({round(last * row / (_ROWS - 1)) for row in range(_ROWS)})
    rows = [
        [f"{watch.minutes[look]:.1f}", *(f"{found[look]:.1f}" for found in watch.mebibytes.values())]
        for look in chosen
    ]
    return ("minute", *watch.mebibytes), rows


def _rounded(values: Sequence[float], digits: int) -> list[float]:
    return [round(value, digits) for value in values]
