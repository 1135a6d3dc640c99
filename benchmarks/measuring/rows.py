"""What is kept of a run: a row of JSON lines, one file for all runs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Seconds since the start of the process, best score and best bound by then.
Trace = tuple[tuple[float, int | None, int | None], ...]
#: The statuses that come with a plan that the checker accepts.
WITH_PLAN = ("optimal", "plan")


@dataclass(frozen=True, slots=True)
class Row:
    """One run.

    Attributes
    ----------
    round, seed, digest
        The round: its case, its seed and the digest of its data.
    villages, cadres
        Its size.
    method
        Who solved it.
    limit
        The seconds that were given, from the start of the process.
    asked
        The proven gap at which it was to end.
    cores, memory
        What it could use: processor cores, MiB.
    status
        ``optimal`` or ``plan`` (the checker accepts it), ``no plan``, ``infeasible`` (so the method says),
        ``wrong`` (the checker refuses the plan, or a figure is false), ``overran``, ``out of memory``,
        ``not installed``, ``failed``.
    why
        What there is to say about it.
    seconds, peak
        Wall-clock seconds of the whole process; MiB of all its processes together, at most.
    score, bound
        The checker's score of the plan that was written; the best bound that the method proved.
    trace
        How score and bound went.
    source, versions, machine, at
        The digest of the code, the versions of what ran, where and when.
    """

    round: str
    seed: int
    digest: str
    villages: int
    cadres: int
    method: str
    limit: float
    asked: float
    cores: int
    memory: int
    status: str
    why: str
    seconds: float
    peak: float
    score: int | None
    bound: int | None
    trace: Trace
    source: str
    versions: dict[str, str]
    machine: dict[str, str]
    at: str

    @property
    def label(self) -> str:
        """The round with its seed."""
        return f"{self.round}-{self.seed}"

    @property
    def solved(self) -> bool:
        """Whether there is a plan that the checker accepts."""
        return self.status in WITH_PLAN

    @property
    def gap(self) -> float | None:
        """The proven gap at the end; None without an accepted plan or a bound."""
        return relative(self.score, self.bound) if self.solved else None

    @property
    def key(self) -> tuple[object, ...]:
        """What tells runs apart: the same key need not be run again."""
        return (
            self.digest,
            self.method,
            self.limit,
            self.asked,
            self.cores,
            self.memory,
            self.source,
        )

    def reached(self, gap: float) -> float | None:
        """Return the seconds after which a gap was proven; None where it was not, or the plan is not accepted."""
        if not self.solved:
            return None
        for seconds, score, bound in self.trace:
            found = relative(score, bound)
            if found is not None and found <= gap:
                return seconds
        return None


def relative(score: int | None, bound: int | None) -> float | None:
    """Return the proven gap as a share of the score, as plans state it."""
    if score is None or bound is None:
        return None
    return (bound - score) / max(1, abs(score))


class Store:
    """The file of rows; a row is appended as soon as it is there, so an interrupted campaign goes on where it was.

    Parameters
    ----------
    path
        The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def rows(self) -> list[Row]:
        """Return every row, of runs with the same key the last."""
        found = {row.key: row for row in self._all()}
        return list(found.values())

    def find(self, key: tuple[object, ...]) -> Row | None:
        """Return the last row with a key."""
        return next((row for row in self.rows() if row.key == key), None)

    def add(self, row: Row) -> None:
        """Append a row, on a line of its own even where the line before was cut off."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        cut_off = self.path.exists() and not self.path.read_bytes().endswith(b"\n")
        with self.path.open("a", encoding="utf-8") as file:
            file.write("\n" * cut_off + json.dumps(asdict(row), ensure_ascii=False) + "\n")

    def _all(self) -> Iterator[Row]:
        if not self.path.exists():
            return
        for line in self.path.read_text("utf-8").splitlines():
            try:
                document: dict[str, Any] = json.loads(line)
            except json.JSONDecodeError:
                continue  # the line that was being written when the machine went down
            yield Row(**{**document, "trace": tuple(tuple(point) for point in document["trace"])})
