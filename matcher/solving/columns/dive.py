"""Diving: the master's mix is made whole step by step, with new teams priced on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from matcher.solving.columns.column import vacancy
from matcher.solving.columns.market import HIGHEST, SCALE
from matcher.solving.columns.sketch import Taken

if TYPE_CHECKING:
    from matcher.solving.columns.column import Column
    from matcher.solving.columns.converge import Convergence
    from matcher.solving.columns.master import Mix
    from matcher.solving.stopping import Stop

#: A column with this share in the mix is settled in any case.
SURE = 0.95


class Pace(NamedTuple):
    """How fast to dive.

    Attributes
    ----------
    at_least
        The share of the open blocks that are settled at least in each step.
    rounds
        Rounds of pricing after each step.
    """

    at_least: float
    rounds: int


CAREFUL, BRISK = Pace(0.08, 2), Pace(0.15, 1)


class Dive:
    """One dive from the state of a convergence; the master is left as it was."""

    def __init__(self, state: Convergence, stop: Stop, pace: Pace = CAREFUL) -> None:
        if state.master is None:
            raise LookupError("there is nothing to dive from")
        self.state = state
        self.master = state.master
        self.stop = stop
        self.pace = pace
        self.taken = Taken(state.outside)
        self.settled: dict[int, Column] = {}

    def run(self) -> list[Column] | None:
        """Return a column for every block, a vacancy where no team was left; None where it was stopped."""
        blocks = len(self.state.blocks)
        try:
            mix = self.master.solve()
            while len(self.settled) < blocks and not self.stop.now:
                self._settle(mix)
                mix = self._price()
        finally:
            self.master.release()
        if len(self.settled) < blocks:
            return None
        return [self.settled[block] for block in self.state.blocks]

    def _settle(self, mix: Mix) -> None:
        """Settle the blocks of which the mix is surest."""
        best: dict[int, tuple[float, int]] = {}
        for number in np.flatnonzero(mix.shares > 1e-6).tolist():  # noqa: PLR2004
            column = self.master.columns[number]
            share = float(mix.shares[number])
            if column.block not in self.settled and share > best.get(column.block, (0.0, 0))[0]:
                best[column.block] = (share, number)
        ranked = sorted(best.values(), key=lambda item: (-item[0], item[1]))
        wanted = max(1, int(self.pace.at_least * (len(self.state.blocks) - len(self.settled))))
        done = 0
        for share, number in ranked:
            if done >= wanted and share < SURE:
                break
            column = self.master.columns[number]
            if self.taken.admits(column):
                self._take(column)
                self.master.settle(number)
                done += 1
        if not done:
            self._settle_anyhow()

    def _settle_anyhow(self) -> None:
        """Give the first open block the best team that the link rows still allow, or leave it vacant."""
        shop, proof = self.state.shop, self.state.proof
        prices = proof.prices if proof is not None else np.zeros(len(shop.market), np.int64)
        prices = np.where(self.taken.full(), HIGHEST, prices)
        block = next(block for block in self.state.blocks if block not in self.settled)
        column = shop.pieces[block].offer(prices, None).column
        if column is None or not self.taken.admits(column):
            self.settled[block] = vacancy(block)
            return
        if self.state.columns.add([column]):
            self.master.add([column])
        self._take(column)
        self.master.settle(self.master.columns.index(column))

    def _take(self, column: Column) -> None:
        self.taken.add(column)
        self.settled[column.block] = column

    def _price(self) -> Mix:
        """Price the open blocks at the master's prices, what is full being out of reach."""
        shop, columns = self.state.shop, self.state.columns
        mix = self.master.solve()
        for _ in range(self.pace.rounds):
            wanted = mix.prices + self.state.outside.charges / SCALE
            asked = self.state.outside.asked(shop.market.allowed(wanted))
            prices = np.where(self.taken.full(), HIGHEST, asked)
            open_blocks = [block for block in self.state.blocks if block not in self.settled]
            new = columns.add(shop.offers(open_blocks, prices, columns.best(prices)))
            if not new or self.stop.now:
                break
            self.master.add(new)
            mix = self.master.solve()
        return mix
