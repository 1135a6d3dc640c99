"""A plan in a moment: block after block takes the best team that the link rows still allow."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from matcher.solving.columns.market import HIGHEST
from matcher.solving.columns.outside import Outside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.converge import Convergence
    from matcher.solving.columns.market import Ints
    from matcher.solving.columns.shop import Shop


class Taken:
    """What the teams chosen so far, and everybody outside, put on the link rows."""

    def __init__(self, outside: Outside) -> None:
        self.market = market = outside.market
        self.loads = outside.base.copy()
        self._hard = np.isinf(market.penalty) & ~outside.held

    def admits(self, column: Column) -> bool:
        """Return whether a team keeps every hard upper limit that it loads."""
        return all(
            amount <= 0 or not self._hard[row] or self.loads[row] + amount <= self.market.most[row]
            for row, amount in zip(column.rows, column.amounts, strict=True)
        )

    def add(self, column: Column) -> None:
        """Take a team."""
        for row, amount in zip(column.rows, column.amounts, strict=True):
            self.loads[row] += amount

    def full(self) -> np.typing.NDArray[np.bool_]:
        """Return which hard rows admit nothing more."""
        return self._hard & (self.loads >= self.market.most)


def greedy(shop: Shop, order: Sequence[int], prices: Ints, outside: Outside | None = None) -> list[Column]:
    """Return, block after block in ``order``, the best team at ``prices`` that the link rows still allow.

    Some blocks may be left out. It gives the master something to begin with: without complete plans its first
    prices are those of missing teams.
    """
    taken, chosen = Taken(outside or Outside(shop.market)), []
    for block in order:
        left = np.where(taken.full(), HIGHEST, prices)
        column = shop.pieces[block].offer(left, None, quick=True).column
        if column is not None and taken.admits(column):
            taken.add(column)
            chosen.append(column)
    return chosen


def sketch(state: Convergence) -> list[Column] | None:
    """Return a team for every block, in the order in which the master is sure of them; None where one is left out.

    Hard rows that want a least load may be missed.
    """
    proof, mix, shop = state.proof, state.mix, state.shop
    if proof is None or mix is None or state.master is None:
        return None
    worth = state.columns.reduced(proof.prices)
    by_block: dict[int, list[tuple[float, int, Column]]] = defaultdict(list)
    # Columns that came after the mix have no share in it.
    shares = dict(zip(map(id, state.master.columns), mix.shares.tolist(), strict=False))
    for known, value in zip(state.columns.all, worth.tolist(), strict=True):
        by_block[known.block].append((shares.get(id(known), 0.0), value, known))
    surest = sorted(state.blocks, key=lambda b: -max((share for share, *_ in by_block[b]), default=0.0))
    taken, chosen = Taken(state.outside), []
    for block in surest:
        ranked = sorted(by_block[block], key=lambda item: (-item[0], -item[1]))
        column: Column | None = next((known for *_, known in ranked if taken.admits(known)), None)
        if column is None:
            prices = np.where(taken.full(), HIGHEST, proof.prices)
            column = shop.pieces[block].offer(prices, None).column
            if column is None or not taken.admits(column):
                return None
        taken.add(column)
        chosen.append(column)
    return sorted(chosen, key=lambda column: column.block)
