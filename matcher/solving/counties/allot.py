"""Dealing out what crosses counties: how much of every shared row each county may use while it makes its plan.

The master over all counties is given a say in it: a variable for each county's part of each shared row. The parts
that the best mix has almost whole are fixed, then those next nearest to whole numbers, with the mix solved anew in
between. It guides plans; no bound rests on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.solving.columns import highs
from matcher.solving.counties.requests import Terms
from matcher.solving.counties.whole import Whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.market import Floats, Market
    from matcher.solving.counties.division import Division
    from matcher.solving.stopping import Stop

#: Parts this near to a whole number count as whole; of the others, this share is rounded up in each step.
SURE, EACH_TIME = 0.02, 0.25
#: Steps at most.
STEPS = 25


class Allotment:
    """What each county may use of the rows that cross counties.

    Parameters
    ----------
    columns
        The columns of the mix.
    """

    def __init__(self, division: Division, market: Market, columns: Sequence[Column], stop: Stop) -> None:
        self.division = division
        self.market = market
        self.part_of = {block: i for i, part in enumerate(division.parts) for block in part.numbers}
        hard = np.isinf(market.penalty)
        limited = np.isfinite(market.most) & ~(market.least > 0)
        #: Rows that are dealt out; of the others, counties count on what the mix loads elsewhere.
        self.dealt = division.crossing & hard & limited & market.one_sided
        self.parts = np.zeros((len(division.parts), len(market)), np.int64)
        self.used = np.zeros((len(division.parts), len(market)))
        self._deal(columns, stop)

    def terms(self, part: int) -> Terms:
        """Return the terms on which a county plans."""
        most = np.where(self.dealt, self.market.most, 0).astype(np.int64)
        others = np.rint(self.used.sum(axis=0) - self.used[part]).astype(np.int64)
        base = np.where(self.dealt, most - self.parts[part], others)
        return Terms(base=base, held=self.division.foreign(part))

    def _deal(self, columns: Sequence[Column], stop: Stop) -> None:
        """Deal the rows out, and note what the mix then loads in each county."""
        program = Whole(len(self.part_of), self.market)
        pairs = sorted(
            {
                (self.part_of[column.block], row)
                for column in columns
                for row in column.rows
                if self.dealt[row]
            }
        )
        rows = {pair: program.add_row(0.0) for pair in pairs}
        program.enter(
            columns,
            {
                (block, row): rows[part, row]
                for block, part in self.part_of.items()
                for row in self._of(part, rows)
            },
        )
        variables = np.array(
            [program.add(0.0, [program.blocks + row, rows[part, row]], [1.0, -1.0]) for part, row in pairs],
            np.int64,
        )
        solver = program.solver()
        solver.setOptionValue("solver", "ipm")
        least = np.zeros(len(pairs))
        for _ in range(STEPS):
            solver.run()
            values = np.array(solver.getSolution().col_value, np.float64)
            wanted = values[variables] if pairs else np.zeros(0)
            raised = self._raised(pairs, wanted, least)
            if stop.now or not raised:
                break
            solver.setOptionValue("solver", "simplex")
            for number in raised:
                least[number] = np.ceil(wanted[number] - SURE)
                solver.changeColBounds(int(variables[number]), least[number], highs.INFINITE)
        self._note(columns, values, pairs, wanted)

    @staticmethod
    def _of(part: int, rows: Mapping[tuple[int, int], int]) -> list[int]:
        return [row for other, row in rows if other == part]

    def _raised(self, pairs: Sequence[tuple[int, int]], wanted: Floats, least: Floats) -> list[int]:
        """Return which parts are rounded up next: the most of which is there already, as far as there is any left."""
        over = wanted - np.floor(wanted + SURE)
        broken = [i for i in np.flatnonzero(over > SURE).tolist() if least[i] < wanted[i] - SURE]
        broken.sort(key=lambda i: (-over[i], i))
        left = dict[int, float]()
        for (_, row), value in zip(pairs, least.tolist(), strict=True):
            left[row] = left.get(row, float(self.market.most[row])) - value
        raised: list[int] = []
        for i in broken[: max(1, int(EACH_TIME * len(broken)))]:
            more = np.ceil(wanted[i] - SURE) - least[i]
            if left[pairs[i][1]] >= more:
                left[pairs[i][1]] -= more
                raised.append(i)
        return raised

    def _note(
        self, columns: Sequence[Column], values: Floats, pairs: Sequence[tuple[int, int]], wanted: Floats
    ) -> None:
        """Note the parts in whole numbers, what is left going where most of the row is used, and all loads."""
        for (part, row), value in zip(pairs, wanted.tolist(), strict=True):
            self.parts[part, row] = int(np.floor(value + SURE))
        for column, share in zip(columns, values.tolist(), strict=False):
            if share > 1e-6:  # noqa: PLR2004 - not at all
                for row, amount in zip(column.rows, column.amounts, strict=True):
                    self.used[self.part_of[column.block], row] += share * amount
        left = np.where(self.dealt, self.market.most, 0).astype(np.int64) - self.parts.sum(axis=0)
        owns = np.array(self.division.own)
        best = np.argmax(self.used - self.parts + owns * 1e-9, axis=0)
        self.parts[best, np.arange(len(self.market))] += np.where(self.dealt, left, 0)
