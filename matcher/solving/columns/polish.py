"""Polishing a plan: the blocks that give up most, and those they compete with, choose again together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from matcher.solving.columns.again import Again
from matcher.solving.columns.column import complete
from matcher.solving.columns.market import SCALE

if TYPE_CHECKING:
    from collections.abc import Callable

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.converge import Convergence
    from matcher.solving.stopping import Stop

#: Blocks that choose again together: more and more of them.
SIZES = (12, 20, 32, 50, 80)
#: Choices in a row that may bring nothing before more blocks choose together.
FAILURES = 6
#: Teams further than this below their block's bound, in points, are left out.
FAR = 15
#: Teams of one block at most.
TEAMS = 150


class Polish:
    """Improves a complete choice of columns.

    Parameters
    ----------
    state
        The convergence that the columns come from.
    chosen
        One column for every block, by block.
    """

    def __init__(self, state: Convergence, chosen: list[Column], stop: Stop) -> None:
        if state.proof is None:
            raise LookupError("there are no prices to polish by")
        self.state = state
        self.proof = state.proof
        self.chosen = list(chosen)
        self.stop = stop
        self.work = 0.0
        worth = state.columns.reduced(self.proof.prices)
        by_block: dict[int, list[tuple[int, Column]]] = defaultdict(list)
        for column, value in zip(state.columns.all, worth.tolist(), strict=True):
            less = self.proof.bounds[column.block] - value
            if less <= FAR * SCALE:
                by_block[column.block].append((less, column))
        self.near = {
            block: [column for _, column in sorted(found, key=lambda item: item[0])[:TEAMS]]
            for block, found in by_block.items()
        }

    def run(self, *, work: float, enough: Callable[[list[Column]], bool]) -> None:
        """Improve until the work is spent, nothing gets better, or ``enough`` says so of a better choice."""
        for size in SIZES:
            waiting, failures = self._by_loss(), 0
            while waiting and failures < FAILURES and self.work < work and not self.stop.now:
                blocks = self._around(waiting.pop(0), size)
                if not self._again(blocks):
                    failures += 1
                    continue
                if enough(self.chosen):
                    return
                failures = 0
                waiting += [block for block in blocks if block not in waiting]

    def _loss(self, block: int) -> int:
        column = self.chosen[block]
        prices = self.proof.prices
        paid = sum(int(prices[row]) * amount for row, amount in zip(column.rows, column.amounts, strict=True))
        return self.proof.bounds[block] - column.worth + paid

    def _by_loss(self) -> list[int]:
        return sorted(range(len(self.chosen)), key=lambda block: (-self._loss(block), block))

    def _around(self, centre: int, size: int) -> list[int]:
        """Return a block and those that hold what its better teams would need."""
        holders: dict[int, list[int]] = defaultdict(list)
        for block, column in enumerate(self.chosen):
            for row in column.rows:
                holders[row].append(block)
        found = [centre]
        for block in found:
            for column in self.near.get(block, ())[:6]:
                for row in column.rows:
                    for holder in holders[row][:3]:
                        if holder not in found:
                            found.append(holder)
                            if len(found) >= size:
                                return sorted(found)
        return sorted(found)

    def _again(self, blocks: list[int]) -> bool:
        """Let some blocks choose again; return whether that made the plan better."""
        again = Again(self.state, self.near, dict(enumerate(self.chosen)), blocks, self.stop)
        better = again.run()
        self.work += again.work
        self.state.columns.add(column for column in again.state.columns.all if complete([column]))
        for column in better or ():
            self.chosen[column.block] = column
        return better is not None
