"""What the rest of the round leaves to some of its blocks: loads that others put on the link rows, and set prices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.solving.columns.market import HIGHEST

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        Rows that don't limit these blocks: they are charged for them instead.
    charges : int64[rows]
        The prices of the held rows.

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
        self.charges = np.zeros(rows, np.int64) if charges is None else np.where(self.held, charges, 0)
        self.least, self.most = market.least - self.base, market.most - self.base
        hard = np.isinf(market.penalty)
        self.shut = hard & market.one_sided & ~self.held & (self.most <= 0)
        self._some_shut = bool(self.shut.any())
        self._some_held = bool(self.held.any())

    def asked(self, prices: Ints) -> Ints:
        """Return the prices that these blocks are priced at."""
        if self._some_shut:
            prices = np.where(self.shut, HIGHEST, prices)
        return np.where(self.held, self.charges, prices) if self._some_held else prices

    def limits_worth(self, prices: Ints) -> int:
        """Return what is left of the limits is worth at ``prices``, rows that are held or shut left aside."""
        worth = 0
        for row in np.flatnonzero(np.where(self.held | self.shut, 0, prices)).tolist():
            limit = self.most[row] if prices[row] > 0 else self.least[row]
            worth += int(prices[row]) * int(limit)
        return worth

    def worth(self, column: Column) -> int:
        """Return what a column is worth after the charges of the held rows, in price units."""
        if not self._some_held:
            return column.worth
        return column.worth - sum(
            int(self.charges[row]) * amount for row, amount in zip(column.rows, column.amounts, strict=True)
        )

    def admits(self, column: Column) -> bool:
        """Return whether a column keeps off what is out of reach."""
        return not self._some_shut or not self.shut[list(column.rows)].any()

    def loads(self) -> Mapping[int, int]:
        """Return what others put on the rows, those with nothing left out."""
        return {row: int(self.base[row]) for row in np.flatnonzero(self.base).tolist()}
