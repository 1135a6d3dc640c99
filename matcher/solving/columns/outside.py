"""What the rest of the round leaves to some of its blocks: loads that others put on the link rows, and set prices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.solving.columns.market import HIGHEST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from numpy.typing import NDArray

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.market import Ints, Market

    Flags = NDArray[np.bool_]


class Outside:
    """How the link rows stand for some blocks, everybody else given.

    Parameters
    ----------
    market
        The link rows.
    base : int64[rows]
        What others put on each row; nothing where not given.
    held : bool[rows]
        Rows that don't limit these blocks.
    charges : int64[rows]
        What these blocks are charged for their loads, on top of what the limits cost them, in price units: the prices
        of the rows that are held, and what others would give for the rest.

    Attributes
    ----------
    least, most : float64[rows]
        What is left of the limits.
    shut : bool[rows]
        Hard rows that are full, and that nobody can take load off again: out of reach.
    """

    def __init__(
        self,
        market: Market,
        *,
        base: Ints | None = None,
        held: Flags | None = None,
        charges: Ints | None = None,
    ) -> None:
        rows = len(market)
        self.market = market
        self.base = np.zeros(rows, np.int64) if base is None else base
        self.held = np.zeros(rows, np.bool_) if held is None else held
        self.charges = np.zeros(rows, np.int64) if charges is None else charges
        self.least, self.most = market.least - self.base, market.most - self.base
        hard = np.isinf(market.penalty)
        self.shut = hard & market.one_sided & ~self.held & (self.most <= 0)
        self._some_shut = bool(self.shut.any())
        self._some_held = bool(self.held.any())
        self._some_charged = bool(self.charges.any())

    def asked(self, prices: Ints) -> Ints:
        """Return the prices that these blocks are priced at, charges included in ``prices``."""
        if self._some_shut:
            prices = np.where(self.shut, HIGHEST, prices)
        return np.where(self.held, self.charges, prices) if self._some_held else prices

    def limits_worth(self, prices: Ints) -> int:
        """Return what is left of the limits is worth at ``prices``, rows that are held or shut left aside."""
        worth, own = 0, prices - self.charges
        for row in np.flatnonzero(np.where(self.held | self.shut, 0, own)).tolist():
            limit = self.most[row] if own[row] > 0 else self.least[row]
            worth += int(own[row]) * int(limit)
        return worth

    def worth(self, column: Column) -> int:
        """Return what a column is worth after the charges, in price units."""
        if not self._some_charged:
            return column.worth
        return column.worth - sum(
            int(self.charges[row]) * amount for row, amount in zip(column.rows, column.amounts, strict=True)
        )

    def together(self, columns: Collection[Column]) -> int:
        """Return what columns are worth together after the charges, in price units, as :meth:`Market.worth`."""
        charged = sum(column.worth - self.worth(column) for column in columns)
        return self.market.worth(columns, self.loads()) - charged

    def broken(self, columns: Iterable[Column]) -> int:
        """Return how many hard rows columns break together, those that are held left aside."""
        loads = self.base.copy()
        for column in columns:
            for row, amount in zip(column.rows, column.amounts, strict=True):
                loads[row] += amount
        hard = np.isinf(self.market.penalty) & ~self.held
        return int((hard & ((loads > self.market.most) | (loads < self.market.least))).sum())

    def admits(self, column: Column) -> bool:
        """Return whether a column keeps off what is out of reach."""
        return not self._some_shut or not self.shut[list(column.rows)].any()

    def loads(self) -> Mapping[int, int]:
        """Return what others put on the rows, those with nothing left out."""
        return {row: int(self.base[row]) for row in np.flatnonzero(self.base).tolist()}
