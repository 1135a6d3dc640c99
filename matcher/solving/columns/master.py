"""The master program: which mix of the teams so far is best, and what the link rows are worth to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np

from matcher.solving.columns import highs
from matcher.solving.columns.market import SCALE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.market import Market

    Floats = NDArray[np.float64]


class Master:
    """A linear program over columns, kept by HiGHS between solves.

    Rows: one for each block (a team, or at a high cost none), then the link rows, soft ones with their penalty.

    Parameters
    ----------
    blocks
        How many blocks there are.
    market
        The link rows.
    nobody
        What it costs, in points, to leave a block without a team or to break a hard link row by one.
    """

    def __init__(self, blocks: int, market: Market, nobody: float) -> None:
        self.blocks = blocks
        self.columns: list[Column] = []
        self.iterations = 0
        self._hard: list[int] = []
        self._settled: list[int] = []
        self._solver = solver = highs.program()
        solver.setOptionValue("presolve", "off")
        solver.setOptionValue("solver", "simplex")
        for _ in range(blocks):
            highs.add_row(solver, 1.0, 1.0)
        for least, most in zip(market.least, market.most, strict=True):
            highs.add_row(solver, float(least), float(most))
        for block in range(blocks):
            self._slack(block, 1.0, nobody, hard=True)
        for row in range(len(market)):
            soft = bool(np.isfinite(market.penalty[row]))
            price = float(market.penalty[row]) if soft else nobody
            # A least of 0 holds for the empty mix, but not for every column that is settled.
            if np.isfinite(market.least[row]):
                self._slack(blocks + row, 1.0, price, hard=not soft)
            if np.isfinite(market.most[row]) and (soft or market.most[row] < 0):
                self._slack(blocks + row, -1.0, price, hard=not soft)
        self._first = solver.getNumCol()

    def _slack(self, row: int, sign: float, price: float, *, hard: bool) -> None:
        if hard:
            self._hard.append(self._solver.getNumCol())
        highs.add_column(self._solver, -price, highs.INFINITE, [row], [sign], whole=False)

    def add(self, columns: Sequence[Column]) -> None:
        """Add columns."""
        if not columns:
            return
        starts: list[int] = []
        index: list[int] = []
        value: list[float] = []
        for column in columns:
            starts.append(len(index))
            index.append(column.block)
            value.append(1.0)
            index.extend(self.blocks + row for row in column.rows)
            value.extend(column.amounts)
        many = len(columns)
        self._solver.addCols(
            many,
            np.array([column.worth / SCALE for column in columns], np.float64),
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
        self._solver.changeColBounds(self._first + number, 1.0, highs.INFINITE)

    def release(self) -> None:
        """Take back what was settled."""
        for number in self._settled:
            self._solver.changeColBounds(self._first + number, 0.0, highs.INFINITE)
        self._settled.clear()

    def charge(self, nobody: float) -> None:
        """Raise what it costs to leave a block without a team or to break a hard link row by one."""
        for column in self._hard:
            self._solver.changeColCost(column, -nobody)

    def solve(self) -> Mix:
        """Solve the program."""
        self._solver.run()
        status = self._solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the master program ended as {status}")
        info = self._solver.getInfo()
        self.iterations += max(0, info.simplex_iteration_count)
        solution = self._solver.getSolution()
        values = np.array(solution.col_value, np.float64)
        prices = np.array(solution.row_dual, np.float64)[self.blocks :]
        missing = float(values[self._hard].sum()) if self._hard else 0.0
        return Mix(float(info.objective_function_value), prices, values[self._first :], missing)


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
