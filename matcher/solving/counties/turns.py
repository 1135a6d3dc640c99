"""Counties that choose in turn: what is left to whom, and what it is worth to those who come later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.solving.counties.requests import Terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.market import Floats, Ints, Market
    from matcher.solving.counties.prefecture import Prefecture
    from matcher.solving.counties.prices import Prices


#: The part of its price that a row is charged at, and the part of that which is let off where the mix has it.
CHARGED, MINE = 0.97, 0.5


def loads_of(market: Market, columns: Iterable[Column]) -> Ints:
    """Return what teams put on the link rows."""
    loads = np.zeros(len(market), np.int64)
    for column in columns:
        for row, amount in zip(column.rows, column.amounts, strict=True):
            loads[row] += amount
    return loads


class Turns:
    """Where the counties stand that have chosen, and the terms for those whose turn it is.

    Attributes
    ----------
    chosen
        The teams chosen so far, by block.
    """

    def __init__(self, prefecture: Prefecture, prices: Prices) -> None:
        self.chosen: dict[int, Column] = {}
        self._division = division = prefecture.division
        self._market = market = prefecture.market
        self._prices = prices.proof.prices
        hard, least = np.isinf(market.penalty), market.least > 0
        #: Rows of which everybody gets a part; of the others, counties count on what the mix loads elsewhere.
        self._dealt = division.crossing & hard & np.isfinite(market.most) & ~least & market.one_sided
        #: Rows that one county has to see to: the one that has most of it in the mix.
        self._owed = division.crossing & hard & least
        # Where the mix has none of a row, it is at least somebody's who may load it.
        self._wanted = self._in_mix(prefecture, prices) + 1e-9 * np.array(division.own)
        self._used = np.zeros_like(self._wanted)
        self._done: set[int] = set()

    def _in_mix(self, prefecture: Prefecture, prices: Prices) -> Floats:
        """Return what the mix loads: [county][row]."""
        part_of = {block: i for i, part in enumerate(prefecture.parts) for block in part.numbers}
        wanted = np.zeros((len(prefecture.parts), len(prefecture.market)))
        if prices.mix is not None:
            for column, share in zip(prices.mixed, prices.mix.shares.tolist(), strict=True):
                if share > 1e-6:  # noqa: PLR2004 - not at all
                    for row, amount in zip(column.rows, column.amounts, strict=True):
                        wanted[part_of[column.block], row] += share * amount
        return wanted

    def terms(self, part: int, together: Sequence[int]) -> Terms:
        """Return the terms for a county that chooses together with some others."""
        market, others = self._market, [other for other in together if other != part]
        done = [other for other in range(len(self._wanted)) if other in self._done]
        taken = self._used[done].sum(axis=0)
        later = self._wanted.sum(axis=0) - self._wanted[part] - self._wanted[done].sum(axis=0)
        base = taken + np.where(self._dealt, 0.0, np.rint(later))
        left = np.where(self._dealt, market.most - taken, 0.0)
        for other in others:
            base += np.where(self._dealt, left - self._part(left, part, other), 0.0)
        mine = np.argmax(self._wanted, axis=0) == part
        seen_to = np.maximum(base, np.where(self._owed, market.least, 0.0))
        base = np.where(self._owed, np.where(mine, taken, seen_to), base)
        last = len(done) + len(together) == len(self._wanted)  # nobody comes later
        charges = np.zeros(len(market), np.int64) if last else self._charges(part, left)
        return Terms(base=base.astype(np.int64), held=self._division.foreign(part), charges=charges)

    def _charges(self, part: int, left: Floats) -> Ints:
        """Return what a county is charged: less than the price, the more so the more of it the mix has there.

        At the very prices nobody would mind leaving what is worth just as much elsewhere, and much would be left over.
        """
        wanted = np.divide(self._wanted[part], left, out=np.zeros(len(left)), where=left > 0)
        rate = CHARGED * (1 - MINE * np.clip(wanted, 0.0, 1.0))
        return np.where(self._dealt, np.rint(self._prices * rate), 0.0).astype(np.int64)

    def _part(self, left: Floats, part: int, other: int) -> Floats:
        """Return how much of what is left is one county's when another chooses at the same time."""
        mine, theirs = self._wanted[part], self._wanted[other]
        # Where both want as much, every second row goes to either.
        even = (np.arange(len(mine)) % 2 == 0) == (part < other)
        share = np.divide(mine, mine + theirs, out=np.full(len(mine), 0.5), where=mine + theirs > 0)
        tie = np.where(even, 1e-6, -1e-6)
        part_of: Floats = np.clip(np.rint(share * left + tie), 0, left)
        return part_of

    def chose(self, parts: Sequence[int], chosen: Mapping[int, Column]) -> None:
        """Take note of what counties chose."""
        self.chosen.update(chosen)
        for part in parts:
            numbers = self._division.parts[part].numbers
            teams = [chosen[block] for block in numbers if block in chosen]
            self._used[part] = loads_of(self._market, teams)
            self._done.add(part)
