"""First prices, by an incremental subgradient: every block that takes its best team makes that team dearer at once.

From prices of nothing, a master program needs dozens of rounds before everybody wants somebody else: all blocks ask
for the same few people, and only those become dearer. Here the blocks are priced one after the other, and each
finds the prices as those before it left them: after some passes over all blocks, with ever smaller steps, prices are
near to the best ones. They are a guide: the bound is proven afterwards, at whatever prices came out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.market import Floats, Ints
    from matcher.solving.columns.outside import Outside
    from matcher.solving.columns.piece import Piece
    from matcher.solving.columns.shop import Shop
    from matcher.solving.stopping import Stop


class Pass(NamedTuple):
    """One pass over all blocks.

    Attributes
    ----------
    step
        How much dearer a team becomes by being taken, as a part of what a seat is worth on average.
    quick
        Whether good teams rather than the best ones are taken: while steps are large they do as well.
    """

    step: float
    quick: bool


def falling(first: float, last: float, many: int) -> list[float]:
    """Return ``many`` steps from ``first`` to ``last``, each the same part of the one before."""
    return [first * (last / first) ** (number / (many - 1)) for number in range(many)]


#: The passes.
PASSES = (
    *(Pass(step, quick=True) for step in falling(0.35, 0.05, 8)),
    *(Pass(step, quick=False) for step in falling(0.05, 0.002, 24)),
)
#: The prices after so many of the last passes are averaged: each pass leaves them a little to one side.
AVERAGED = 3
#: How much larger steps are where there are prices to begin with: they move everybody else's the same way first.
BOLD = 6.0
#: Blocks that are priced at the same prices, side by side.
TOGETHER = 4
#: Of the blocks that may load a row in both directions, the part that has it miss its limits at first.
PART = 0.1


class Loading(NamedTuple):
    """How blocks load the link rows.

    Attributes
    ----------
    blocks : int64[rows]
        How many of the blocks may load each row.
    most : int64[rows]
        The most, up or down, that one decision puts on it.
    """

    blocks: Ints
    most: Ints

    def and_(self, other: Loading) -> Loading:
        """Return how these blocks and others load the rows."""
        return Loading(self.blocks + other.blocks, np.maximum(self.most, other.most))


def loading_of(pieces: Iterable[Piece], rows: int) -> Loading:
    """Return how blocks load the link rows."""
    blocks, most = np.zeros(rows, np.int64), np.zeros(rows, np.int64)
    for piece in pieces:
        board = piece.pricer.board
        np.maximum.at(most, board.load_row, np.abs(board.load_amount))
        blocks[piece.pricer.rows] += 1
    return Loading(blocks, most)


class Subgradient:
    """Prices on their way, and the teams that were the best ones on it.

    Parameters
    ----------
    outside
        How the link rows stand; rows that are held keep their charges.
    loading
        How all blocks that share the rows load them.
    prices : float64[rows]
        The prices to begin with, in price units.
    """

    def __init__(self, outside: Outside, loading: Loading, prices: Floats) -> None:
        market = outside.market
        self.outside = outside
        self.prices = prices.astype(np.float64)
        self.columns: list[Column] = []
        least = np.where(np.isfinite(outside.least), outside.least, 0.0)
        most = np.where(np.isfinite(outside.most), outside.most, 0.0)
        self._limits = least, most
        self._part = np.divide(1.0, loading.blocks, out=np.zeros(len(market)), where=loading.blocks > 0)
        size = np.maximum(np.maximum(np.abs(least), np.abs(most)), 1.0)
        both = loading.most * np.maximum(1.0, PART * loading.blocks)
        self._rate = 1.0 / np.maximum(np.where(market.one_sided, np.maximum(size, loading.most), both), 1.0)

    @property
    def asked(self) -> Ints:
        """The prices as they are now, in whole units."""
        return np.rint(self.prices).astype(np.int64)

    def run(self, shop: Shop, step: float, stop: Stop, *, quick: bool, seed: int) -> None:
        """Let every block take its best team once, in a random order.

        Parameters
        ----------
        step
            How much dearer a team becomes by being taken, in price units.
        quick
            Whether good teams will do.
        """
        order = np.random.default_rng(seed).permutation(len(shop.pieces)).tolist()
        nothing = [None] * len(order)
        for first in range(0, len(order), TOGETHER):
            if stop.now:
                return
            some = order[first : first + TOGETHER]
            found = shop.offers(some, self.outside.asked(self.asked), nothing, quick=quick)
            self.columns += found
            self._move(shop, some, found, step)

    def _move(self, shop: Shop, blocks: Sequence[int], found: Sequence[Column], step: float) -> None:
        """Move the prices by what the blocks put on the rows beyond their part of the limits."""
        least, most = self._limits
        for block in blocks:
            rows = shop.pieces[block].pricer.rows
            here = self.prices[rows]
            wanted = np.where(here > 0, most[rows], np.where(here < 0, least[rows], 0.0))
            wanted = np.where(
                here == 0, np.clip(0.0, least[rows], np.maximum(most[rows], least[rows])), wanted
            )
            self.prices[rows] -= step * self._rate[rows] * self._part[rows] * wanted
        for column in found:
            at = np.array(column.rows, np.int64)
            self.prices[at] += step * self._rate[at] * np.array(column.amounts)
        self.prices = self.outside.market.clipped(self.prices)


def a_seat(columns: Sequence[Column], prices: Ints | None = None) -> float:
    """Return what a seat is worth on average, in price units, at some prices (nothing where not given)."""
    worth = sum(abs(column.worth) for column in columns)  # below 0 where a team can only break a rule
    if prices is not None:
        worth += sum(
            abs(int(prices[list(c.rows)] @ np.array(c.amounts, np.int64))) for c in columns if c.rows
        )
    return max(1.0, worth / max(1, sum(len(c.team) for c in columns)))


def first_prices(
    shop: Shop, outside: Outside, stop: Stop, seed: int, start: Ints | None = None, *, near: bool = False
) -> tuple[Ints, list[Column]]:
    """Return prices after all passes, and the teams taken on the way.

    Parameters
    ----------
    start
        The prices to begin with; prices of nothing where not given.
    near
        Whether those are near the best ones already: no larger steps then than what a seat is worth allows.
    """
    nothing = np.zeros(len(shop.market), np.int64)
    blocks = range(len(shop.pieces))
    begun = nothing if start is None else start
    taken = shop.offers(blocks, outside.asked(begun), [None] * len(blocks), quick=True)
    unit = a_seat(taken) if start is None or near else BOLD * a_seat(taken, start)
    found = Subgradient(outside, loading_of(shop.pieces, len(shop.market)), begun.astype(np.float64))
    ends: list[Floats] = []
    for number, one in enumerate(PASSES):
        found.run(shop, one.step * unit, stop, quick=one.quick, seed=seed + number)
        ends.append(found.prices.copy())
    return np.rint(np.mean(ends[-AVERAGED:], axis=0)).astype(np.int64), found.columns
