"""How time grows with size: a straight line through logarithms, by least squares."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.measuring.rows import Row

#: The fewest sizes that make a line.
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Fit:
    """``seconds = factor × villages ** exponent``."""

    exponent: float
    factor: float

    def seconds(self, villages: float) -> float:
        """Return the seconds on the line."""
        return float(self.factor * villages**self.exponent)


def times(rows: Iterable[Row], gap: float) -> dict[int, float | None]:
    """Return by size the median seconds after which the gap was proven; None where the median run never did.

    The time is that of the whole process where the run was asked to end at the gap, else that of the trace.
    """
    found: dict[int, list[float]] = {}
    for row in rows:
        reached = row.reached(gap)
        if reached is not None and row.asked == gap:
            reached = row.seconds
        found.setdefault(row.villages, []).append(float("inf") if reached is None else reached)
    middles = {villages: median(seconds) for villages, seconds in sorted(found.items())}
    return {villages: None if middle == float("inf") else middle for villages, middle in middles.items()}


def fit(points: Sequence[tuple[float, float]]) -> Fit | None:
    """Return the line through the logarithms of (villages, seconds); None with fewer than three sizes."""
    if len({villages for villages, _ in points}) < _LEAST:
        return None
    x = [log(villages) for villages, _ in points]
    y = [log(seconds) for _, seconds in points]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    exponent = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / sum(
        (a - mean_x) ** 2 for a in x
    )
    return Fit(exponent, exp(mean_y - exponent * mean_x))


def fit_of(found: dict[int, float | None]) -> Fit | None:
    """Return the line over all sizes; None where one of them never reached the gap."""
    points = [(float(villages), seconds) for villages, seconds in found.items() if seconds is not None]
    return fit(points) if len(points) == len(found) else None
