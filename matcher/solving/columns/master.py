"""The master program: which mix of the teams so far is best, and what the link rows are worth to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.solving.columns import highs
from matcher.solving.columns.market import SCALE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.outside import Outside

    Floats = NDArray[np.float64]


class Master:
    """A linear program over columns, kept by HiGHS between solves.

    Rows: one for each block (a team, or at a high cost none), then link rows, soft ones with their penalty. A link
    row enters when the first column loads it, or at once where the empty mix would break it.

    Parameters
    ----------
    blocks
        The numbers of the blocks that choose.
    outside
        How the link rows stand for them; a row that is held is not limited here.
    nobody
        What it costs, in points, to leave a block without a team or to break a hard link row by one.
    """

    def __init__(self, blocks: Sequence[int], outside: Outside, nobody: float) -> None:
        self.market = outside.market
        self.outside = outside
        self.columns: list[Column] = []
        self.iterations = 0
        self._nobody = nobody
        self._row_of_block = {block: i for i, block in enumerate(blocks)}
        self._row_of_link: dict[int, int] = {}
        self._hard: list[int] = []
        self._at: list[int] = []
        self._settled: list[int] = []
        self._solver = solver = highs.program()
        solver.setOptionValue("presolve", "off")
        solver.setOptionValue("solver", "simplex")
        for block in range(len(blocks)):
            highs.add_row(solver, 1.0, 1.0)
            self._slack(block, 1.0, nobody, hard=True)
        broken = (outside.least > 0) | (outside.most < 0)
        self._enter(np.flatnonzero(broken & ~outside.held).tolist())

    def _enter(self, rows: Iterable[int]) -> None:
        """Add link rows, each with what may be missed of it."""
        for row in rows:
            least, most = float(self.outside.least[row]), float(self.outside.most[row])
            at = self._row_of_link[row] = self._solver.getNumRow()
            highs.add_row(self._solver, least, most)
            soft = bool(np.isfinite(self.market.penalty[row]))
            price = float(self.market.penalty[row]) if soft else self._nobody
            # A least of 0 holds for the empty mix, but not for every column that is settled.
            if np.isfinite(least):
                self._slack(at, 1.0, price, hard=not soft)
            if np.isfinite(most) and (soft or most < 0):
                self._slack(at, -1.0, price, hard=not soft)

    def _slack(self, row: int, sign: float, price: float, *, hard: bool) -> None:
        if hard:
            self._hard.append(self._solver.getNumCol())
        highs.add_column(self._solver, -price, highs.INFINITE, [row], [sign], whole=False)

    def add(self, columns: Sequence[Column]) -> None:
        """Add columns."""
        if not columns:
            return
        held = self.outside.held
        loaded = {row for column in columns for row in column.rows} - self._row_of_link.keys()
        self._enter(sorted(row for row in loaded if not held[row]))
        starts: list[int] = []
        index: list[int] = []
        value: list[float] = []
        for column in columns:
            starts.append(len(index))
            index.append(self._row_of_block[column.block])
            value.append(1.0)
            for row, amount in zip(column.rows, column.amounts, strict=True):
                if not held[row]:
                    index.append(self._row_of_link[row])
                    value.append(amount)
        many = len(columns)
        self._at.extend(range(self._solver.getNumCol(), self._solver.getNumCol() + many))
        self._solver.addCols(
            many,
            np.array([self.outside.worth(column) / SCALE for column in columns], np.float64),
            np.zeros(many),
            np.full(many, highs.INFINITE),
            len(index),
            np.array(starts, np.int32),
            np.array(index, np.int32),
            np.array(value, np.float64),
        )
        self.columns.extend(columns)

    def settle(self, number: int) -> None:
        """Put the whole of a column into the mix."""
        self._settled.append(number)
        self._solver.changeColBounds(self._at[number], 1.0, highs.INFINITE)

    def release(self) -> None:
        """Take back what was settled."""
        for number in self._settled:
            self._solver.changeColBounds(self._at[number], 0.0, highs.INFINITE)
        self._settled.clear()

    def charge(self, nobody: float) -> None:
        """Raise what it costs to leave a block without a team or to break a hard link row by one."""
        self._nobody = nobody
        for column in self._hard:
            self._solver.changeColCost(column, -nobody)

    def solve(self) -> Mix:
        """Solve the program."""
        highs.run_linear(self._solver)
        info = self._solver.getInfo()
        self.iterations += max(0, info.simplex_iteration_count)
        solution = self._solver.getSolution()
        values = np.array(solution.col_value, np.float64)
        prices = np.zeros(len(self.market))
        if self._row_of_link:
            duals = np.array(solution.row_dual, np.float64)
            prices[list(self._row_of_link)] = duals[list(self._row_of_link.values())]
        missing = float(values[self._hard].sum()) if self._hard else 0.0
        return Mix(float(info.objective_function_value), prices, values[self._at], missing)


class Mix:
    """A solution of the master program.

    Attributes
    ----------
    value
        Its value in points, without the score's constant.
    prices : float64[rows]
        What a unit of each link row's limit is worth, in points.
    shares : float64[columns]
        How much of each column is in the mix.
    missing
        How many teams are missing or hard rows broken.
    """

    def __init__(self, value: float, prices: Floats, shares: Floats, missing: float) -> None:
        self.value = value
        self.prices = prices
        self.shares = shares
        self.missing = missing
