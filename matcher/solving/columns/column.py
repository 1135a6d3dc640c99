"""Columns: whole teams, with what they are worth and what they put on the link rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from matcher.model.encode import Team

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]


class Column(NamedTuple):
    """One team of one block.

    Attributes
    ----------
    block
        The block's number.
    team
        The team's (cadre, role) in order.
    worth
        What it adds to the score with its own penalties, in price units.
    rows, amounts
        Its loads on the link rows.
    """

    block: int
    team: tuple[tuple[str, str], ...]
    worth: int
    rows: tuple[int, ...]
    amounts: tuple[int, ...]


#: What an empty place counts, in price units: less than any team.
VACANT = -(10**12)


def vacancy(block: int) -> Column:
    """Return a column that stands for a block without a team: where no team is left for it, to be mended."""
    return Column(block, (), VACANT, (), ())


def complete(columns: Iterable[Column]) -> bool:
    """Return whether no column stands for a block without a team."""
    return all(column.worth > VACANT for column in columns)


class Columns:
    """Every column so far, as arrays to price them all at once.

    Parameters
    ----------
    blocks
        How many blocks there are.
    """

    def __init__(self, blocks: int) -> None:
        self.blocks = blocks
        self.all: list[Column] = []
        self._known: set[tuple[int, tuple[tuple[str, str], ...]]] = set()
        self._worth: list[int] = []
        self._block: list[int] = []
        self._of: list[int] = []
        self._row: list[int] = []
        self._amount: list[int] = []
        self._arrays: tuple[Ints, Ints, Ints, Ints, Ints] | None = None

    def __len__(self) -> int:
        return len(self.all)

    def add(self, columns: Iterable[Column]) -> list[Column]:
        """Add columns; return those that are new."""
        new = []
        for column in columns:
            key = (column.block, column.team)
            if key in self._known:
                continue
            self._known.add(key)
            number = len(self.all)
            self.all.append(column)
            self._worth.append(column.worth)
            self._block.append(column.block)
            self._of.extend([number] * len(column.rows))
            self._row.extend(column.rows)
            self._amount.extend(column.amounts)
            new.append(column)
        if new:
            self._arrays = None
        return new

    def reduced(self, prices: Ints) -> Ints:
        """Return what every column is worth at ``prices``."""
        worth, _, of, row, amount = self._as_arrays()
        return worth - np.bincount(
            of, weights=(amount * prices[row]).astype(np.float64), minlength=len(worth)
        ).astype(np.int64)

    def lost(self, prices: Ints, bounds: Mapping[int, int]) -> list[int]:
        """Return how much less than its block's bound every column is worth at ``prices``, in price units."""
        most = np.array([bounds[column.block] for column in self.all], np.int64)
        found: list[int] = (most - self.reduced(prices)).tolist()
        return found

    def best(self, prices: Ints) -> list[int | None]:
        """Return, for every block, what its best column is worth at ``prices``; None without one."""
        if not self.all:
            return [None] * self.blocks
        _, block, *_ = self._as_arrays()
        best = np.full(self.blocks, np.iinfo(np.int64).min, np.int64)
        np.maximum.at(best, block, self.reduced(prices))
        return [None if worth == np.iinfo(np.int64).min else int(worth) for worth in best]

    def _as_arrays(self) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        if self._arrays is None:
            parts = (self._worth, self._block, self._of, self._row, self._amount)
            worth, block, of, row, amount = (np.array(part, np.int64) for part in parts)
            self._arrays = (worth, block, of, row, amount)
        return self._arrays


def team_key(team: Team) -> tuple[tuple[str, str], ...]:
    """Return a team in the order in which columns keep it."""
    return tuple(sorted(team))
