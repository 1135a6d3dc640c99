"""The link rows as a market: integer prices, what they may be, and the bound that they prove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from matcher.solving.state import amount_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from matcher.model.instance import Link
    from matcher.rulekit import Linear
    from matcher.solving.columns.column import Column

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

#: Price units for a point of score. Prices are whole numbers, so that a bound is exact.
SCALE = 1000
#: The highest price of a hard row.
HIGHEST = 10**9


class Market:
    """The link rows of an instance, numbered.

    At any prices, no plan scores more than the sum of the blocks' best teams at those prices plus what the
    rows' limits are worth (:meth:`Outside.limits_worth`), because a plan within the limits pays no more for its loads
    than the limits are worth, and a soft row is never priced above its penalty.

    Attributes
    ----------
    links
        The rows.
    number
        Each row's number, by its name.
    least, most : float64[rows]
        The limits; infinite where there is none.
    penalty : float64[rows]
        What a unit of distance from the limits costs in points; infinite for a hard row.
    one_sided : bool[rows]
        Whether no block takes load off the row again, as far as it is known which blocks there are.
    """

    def __init__(self, links: Sequence[Link]) -> None:
        self.links = list(links)
        self.one_sided = np.ones(len(self.links), np.bool_)
        self._soft = [row for row, link in enumerate(self.links) if link.mode == "soft"]
        self.number: Mapping[Any, int] = {link.name: i for i, link in enumerate(self.links)}
        rows = [link.row for link in self.links]
        self.least = np.array([-np.inf if r.at_least is None else r.at_least for r in rows], np.float64)
        self.most = np.array([np.inf if r.at_most is None else r.at_most for r in rows], np.float64)
        soft = [(link.weight / link.row.step, 0.0)[link.row.flat] for link in self.links]
        hard = [link.mode == "hard" for link in self.links]
        self.penalty = np.where(hard, np.inf, np.array(soft, np.float64)) if rows else np.zeros(0)
        caps = [
            HIGHEST if link.mode == "hard" else 0 if link.row.flat else link.weight * SCALE // link.row.step
            for link in self.links
        ]
        cap = np.array(caps, np.int64)
        self._highest = np.where(np.isfinite(self.most), cap, 0).astype(np.int64)
        self._lowest = np.where(np.isfinite(self.least), -cap, 0).astype(np.int64)

    def __len__(self) -> int:
        return len(self.links)

    def allowed(self, prices: Floats) -> Ints:
        """Return prices in whole units, as near to ``prices`` (in points) as the rows allow."""
        return np.rint(self.clipped(prices * SCALE)).astype(np.int64)

    def clipped(self, prices: Floats) -> Floats:
        """Return prices, in price units, as near to ``prices`` as the rows allow."""
        return np.clip(prices, self._lowest, self._highest)

    def saw(self, loads: Mapping[int, Linear]) -> None:
        """Take note of what a block may put on the rows."""
        for row, load in loads.items():
            if load.constant < 0 or min(load.terms.values(), default=0) < 0:
                self.one_sided[row] = False

    def worth(self, columns: Iterable[Column], base: Mapping[int, int] | None = None) -> int:
        """Return what columns are worth together, in price units, penalties of the soft rows they load taken off.

        Parameters
        ----------
        base
            What others put on the rows.
        """
        total = 0
        loads: dict[int, int] = dict(base or {})
        for column in columns:
            total += column.worth
            for row, amount in zip(column.rows, column.amounts, strict=True):
                loads[row] = loads.get(row, 0) + amount
        for row in self._soft:
            link = self.links[row]
            total -= link.weight * SCALE * amount_of(loads.get(row, 0), link.row)
        return total
