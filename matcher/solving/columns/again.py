"""Choosing again: a few blocks give up their teams and find the best together, new teams priced on the way.

Everybody else stays where they are, so what they hold is out of reach. The blocks converge on prices of what is
left; where their bound shows that no choice beats the present one, nothing more is done.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from matcher.solving.columns.converge import UNPROVEN, begin, converge
from matcher.solving.columns.integer import best_choice
from matcher.solving.columns.market import SCALE
from matcher.solving.columns.outside import Outside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.converge import Convergence
    from matcher.solving.stopping import Stop

#: Rounds of pricing at most.
ROUNDS = 40
#: Teams of one block that are taken over from what is known.
KNOWN = 40
#: Nodes of branch and bound for the choice.
NODES = 40
#: How much of the best prices so far goes into those asked next: a few blocks converge in less than all.
SMOOTHING = 0.6


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
        self.market = state.shop.market
        self.stop = stop
        self.work = 0.0
        self.now = [chosen[block] for block in blocks]
        base = state.outside.base.copy()
        free = set(blocks)
        for block, column in chosen.items():
            if block not in free:
                for row, amount in zip(column.rows, column.amounts, strict=True):
                    base[row] += amount
        outside = Outside(self.market, base=base, held=state.outside.held)
        self.base = outside.loads()
        columns = list(self.now)
        for block in blocks:
            columns += islice(filter(outside.admits, near.get(block, ())), KNOWN)
        prices = state.proof.prices if state.proof is not None else None
        self.state = begin(state.shop, columns, prices, blocks=blocks, outside=outside, nobody=state.nobody)

    def run(self) -> list[Column] | None:
        """Return a better choice; None where there is none, or none was found."""
        worth_now, shop, proof = self.market.worth(self.now, self.base), self.state.shop, self.state.proof
        before = shop.work
        converge(
            self.state,
            self.stop,
            work=float("inf"),
            near=0.5,
            seed=1,
            usual=SMOOTHING,
            on_round=lambda state: state.rounds >= ROUNDS or self._nothing_to_gain(worth_now),
        )
        master = self.state.master
        self.work += self.state.work - before if master is not None else 0.0
        if proof is None or proof.total >= UNPROVEN or self._nothing_to_gain(worth_now):
            return None
        return self._choose(worth_now)

    def _nothing_to_gain(self, worth_now: int) -> bool:
        """Whether no choice is a point better."""
        return self.state.proof is not None and self.state.proof.total < worth_now + SCALE

    def _choose(self, worth_now: int) -> list[Column] | None:
        """Return the best choice out of the columns that a better one can hold."""
        proof, columns = self.state.proof, self.state.columns
        if proof is None:
            return None
        reach = proof.total - worth_now
        worths = columns.reduced(proof.prices).tolist()
        known = {column.team for column in self.now}
        near = [
            column
            for column, worth in zip(columns.all, worths, strict=True)
            if proof.bounds[column.block] - worth <= reach or column.team in known
        ]
        choice = best_choice(
            near, self.state.blocks, self.market, self.stop, base=self.base, nodes=NODES, start=known
        )
        self.work += choice.work
        if choice.columns is None or choice.worth is None or choice.worth <= worth_now:
            return None
        return choice.columns
