"""Rows sorted for a report: who is shown, in which order, and what is compared with what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from benchmarks.measuring.rows import relative
from benchmarks.methods.registry import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.measuring.rows import Row

_ORDER = [method.family for method in METHODS]
_FAMILY = {method.name: method.family for method in METHODS}
_TITLE = {method.name: method.title for method in METHODS}
_OURS = {method.name for method in METHODS if method.ours}


def title_of(row: Row) -> str:
    """Return what a run's method is called."""
    return _TITLE.get(row.method, row.method)


def shown_as(row: Row) -> str:
    """Return what a run stands for in pictures: its family, or the product's method."""
    return _TITLE[row.method] if row.method in _OURS else _FAMILY.get(row.method, row.method)


@dataclass(frozen=True)
class Results:
    """The runs of a report.

    Attributes
    ----------
    rows
        All of them.
    """

    rows: tuple[Row, ...]

    @cached_property
    def best(self) -> list[Row]:
        """The runs to compare: of each family on each round the best, ordered by round and method."""
        found: dict[tuple[str, str], Row] = {}
        for row in self.rows:
            key = (row.label, _FAMILY.get(row.method, row.method))
            if key not in found or standing(row) > standing(found[key]):
                found[key] = row
        order = {label: i for i, label in enumerate(self.labels)}
        return sorted(found.values(), key=lambda row: (order[row.label], _place(row)))

    @cached_property
    def labels(self) -> list[str]:
        """The rounds, the smaller ones first."""
        size = {row.label: (row.villages, row.round, row.seed) for row in self.rows}
        return sorted(size, key=lambda label: size[label])

    @cached_property
    def names(self) -> list[str]:
        """The methods shown, in the order of the registry."""
        shown = {shown_as(row): _place(row) for row in self.best}
        return sorted(shown, key=lambda name: shown[name])

    def top(self, label: str) -> int | None:
        """Return the best accepted score of a round."""
        return max(
            (row.score for row in self.of(label) if row.solved and row.score is not None), default=None
        )

    def bound(self, label: str) -> int | None:
        """Return the lowest bound that any method proved for a round."""
        return min((row.bound for row in self.of(label) if row.bound is not None), default=None)

    def of(self, label: str) -> list[Row]:
        """Return all runs of a round."""
        return [row for row in self.rows if row.label == label]

    def ours(self, label: str) -> Row | None:
        """Return the product's run that others are measured against: the first of its methods in the registry."""
        mine = [row for row in self.of(label) if row.method in _OURS]
        return min(mine, key=_place, default=None)

    def contradictions(self) -> list[str]:
        """Return where a method's bound is refuted by another's accepted plan."""
        found = []
        for label in self.labels:
            top = self.top(label)
            found += [
                f"{label}: {title_of(row)} says that no plan exceeds {row.bound}, but one with {top} was accepted"
                for row in self.of(label)
                if top is not None and row.bound is not None and row.bound < top
            ]
        return found

    def ratio(self, row: Row) -> float | None:
        """Return how many times as wide a run's proven gap is as the product's; None where one has none."""
        ours = self.ours(row.label)
        if ours is None or ours.gap is None or row.gap is None:
            return None
        if ours.gap == 0:
            return 1.0 if row.gap == 0 else float("inf")
        return row.gap / ours.gap

    def behind(self, row: Row) -> float | None:
        """Return by what share a run's score is below the best of its round; None without an accepted plan."""
        return relative(row.score, self.top(row.label)) if row.solved else None


def standing(row: Row) -> tuple[bool, float, float, float]:
    """Return what makes one run better than another: a plan, its score, its bound, less time."""
    score = float("-inf") if row.score is None or not row.solved else float(row.score)
    bound = float("-inf") if row.bound is None else -float(row.bound)
    return (row.solved, score, bound, -row.seconds)


def newest(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return of runs of the same round and method only the last one."""
    return tuple({(row.label, row.method, row.limit, row.asked): row for row in rows}.values())


def _place(row: Row) -> int:
    names = [method.name for method in METHODS]
    return names.index(row.method) if row.method in names else len(names)
