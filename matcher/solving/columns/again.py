"""Choosing again: a few blocks give up their teams and find the best together, new teams priced on the way.

Everybody else stays where they are, so what they hold is out of reach. The blocks' own small master converges on
prices of what is left; where its bound shows that no choice beats the present one, nothing more is done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.solving.columns.column import Columns
from matcher.solving.columns.integer import best_choice
from matcher.solving.columns.market import HIGHEST, SCALE
from matcher.solving.columns.master import Master

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.converge import Convergence
    from matcher.solving.columns.market import Ints
    from matcher.solving.columns.master import Mix
    from matcher.solving.stopping import Stop

#: Rounds of pricing at most.
ROUNDS = 40
#: What leaving a block without a team costs the mix, in points.
NOBODY = 5e4
#: Teams of one block that are taken over from what is known.
KNOWN = 40
#: Nodes of branch and bound for the choice.
NODES = 40
#: How much of the prices so far goes into those asked next.
SMOOTHING = 0.6
ONE_ITERATION = 2e-5


class Again:
    """One new choice of a few blocks.

    Parameters
    ----------
    state
        The convergence whose blocks and prices are used.
    near
        For each block, teams worth a look.
    chosen
        One column for every block.
    blocks
        The blocks that choose again.
    """

    def __init__(
        self,
        state: Convergence,
        near: Mapping[int, Sequence[Column]],
        chosen: Mapping[int, Column],
        blocks: Sequence[int],
        stop: Stop,
    ) -> None:
        self.shop = state.shop
        self.market = state.shop.market
        self.blocks = list(blocks)
        self.stop = stop
        self.work = 0.0
        free = set(blocks)
        self.base: dict[int, int] = {}
        for block, column in chosen.items():
            if block not in free:
                for row, amount in zip(column.rows, column.amounts, strict=True):
                    self.base[row] = self.base.get(row, 0) + amount
        self.now = [chosen[block] for block in self.blocks]
        loads = np.zeros(len(self.market), np.int64)
        for row, amount in self.base.items():
            loads[row] = amount
        # What is full is out of reach, unless somebody may take load off it again.
        self.shut = np.isinf(self.market.penalty) & (loads >= self.market.most) & self.shop.one_sided
        self.columns = Columns(len(state.shop.pieces))
        self.columns.add(self.now)
        for block in self.blocks:
            fitting = (column for column in near.get(block, ()) if not self.shut[list(column.rows)].any())
            self.columns.add(column for column, _ in zip(fitting, range(KNOWN), strict=False))
        self._start = state.proof.prices if state.proof is not None else np.zeros(len(self.market), np.int64)

    def run(self) -> list[Column] | None:
        """Return a better choice; None where there is none, or none was found."""
        worth_now = self.market.worth(self.now, self.base)
        found = self._converge(worth_now)
        if found is None:
            return None
        prices, total, bests = found
        reach = total - worth_now
        worths = self.columns.reduced(prices).tolist()
        near = [
            column
            for column, worth in zip(self.columns.all, worths, strict=True)
            if bests[column.block] - worth <= reach
        ]
        known = {column.team for column in near}
        near += [column for column in self.now if column.team not in known]
        choice = best_choice(
            near,
            self.blocks,
            self.market,
            self.stop,
            base=self.base,
            nodes=NODES,
            start={column.team for column in self.now},
        )
        self.work += choice.work
        if choice.columns is None or choice.worth is None or choice.worth <= worth_now:
            return None
        return choice.columns

    def _converge(self, worth_now: int) -> tuple[Ints, int, dict[int, int]] | None:
        """Return prices, the bound that they prove and each block's best; None where nothing is to be gained."""
        master = Master(self.blocks, self.market, NOBODY, self.base)
        master.add(self.columns.all)
        mix = master.solve()
        proof: tuple[Ints, int, dict[int, int]] | None = None
        prices = self._start
        for _ in range(ROUNDS):
            if self.stop.now:
                break
            asked = self._asked(prices, mix)
            bests, better = self.shop.price_some(self.blocks, asked, self.columns.best(asked))
            total = sum(bests.values()) + self._limits_worth(asked)
            if proof is None or total < proof[1]:
                proof, prices = (asked, total, bests), asked
            if total < worth_now + SCALE:
                break
            new = self.columns.add(c for c in better if not self.shut[list(c.rows)].any())
            if not new and proof[1] - mix.value * SCALE < SCALE:
                break
            master.add(new)
            mix = master.solve()
        self.work += ONE_ITERATION * master.iterations
        return None if proof is None or proof[1] < worth_now + SCALE else proof

    def _asked(self, prices: Ints, mix: Mix) -> Ints:
        blended = self.market.allowed(SMOOTHING * prices / SCALE + (1 - SMOOTHING) * mix.prices)
        return np.where(self.shut, HIGHEST, blended)

    def _limits_worth(self, prices: Ints) -> int:
        """Return what is left of the rows' limits, at the prices; nobody loads what is shut."""
        worth = 0
        for row in np.flatnonzero(np.where(self.shut, 0, prices)).tolist():
            limit = self.market.most[row] if prices[row] > 0 else self.market.least[row]
            worth += int(prices[row]) * (int(limit) - self.base.get(row, 0))
        return worth
