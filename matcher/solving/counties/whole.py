"""The best mix of the teams of all counties, and what every limit is worth to it, its prices being kept in a box.

The linear program is solved from nothing each time by an interior-point method and not brought to a corner: corners
are the extremes of the prices that do, and the next pricing is to happen in the middle of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np

from matcher.solving.columns import highs
from matcher.solving.columns.market import SCALE
from matcher.solving.columns.master import Mix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.market import Floats, Ints, Market
    from matcher.solving.stopping import Stop

#: How near to the best the mix is brought, as a share: more precisely where there are not many columns.
ROUGH, PRECISE, LARGE = 1e-4, 1e-6, 10_000
#: What it costs, in points, to leave a block without a team or to break a hard link row by one.
NOBODY = 2e3


class Whole:
    """A linear program over columns of all counties, written row by row and column by column.

    Rows: one for each block, then the link rows. Variables: the columns first.

    Parameters
    ----------
    blocks
        How many blocks there are.
    market
        The link rows.
    """

    def __init__(self, blocks: int, market: Market) -> None:
        self.blocks = blocks
        self.market = market
        self.columns = 0
        self.least: list[float] = [1.0] * blocks + market.least.tolist()
        self.most: list[float] = [1.0] * blocks + market.most.tolist()
        self.worths: list[float] = []
        self._starts, self._index, self._value = [0], list[int](), list[float]()
        self._hard = np.isinf(market.penalty)
        self._must: list[int] = []

    def stay_near(self, prices: Ints, box: float) -> None:
        """Keep the prices of the mix near others: what a row lacks or has left is bought and sold at those of the box.

        Parameters
        ----------
        prices
            Prices to stay near to, in price units.
        box
            How far from them they may be, in points.
        """
        for row in sorted({row for row in self._index if row >= self.blocks}):
            price = float(prices[row - self.blocks]) / SCALE
            self.add(-(price + box), [row], [-1.0])
            self.add(price - box, [row], [1.0])

    def enter(self, columns: Sequence[Column]) -> None:
        """Enter the columns, once, and what may be missing."""
        self.columns = len(columns)
        for column in columns:
            rows = [self.blocks + row for row in column.rows]
            self.add(column.worth / SCALE, [column.block, *rows], [1.0, *column.amounts])
        for block in range(self.blocks):
            self._missing(block, 1.0, NOBODY, must=True)
        for row in range(len(self.market)):
            self._missing_of(row)

    def add(self, worth: float, rows: Sequence[int], amounts: Sequence[float]) -> int:
        """Add a variable of at least 0; return its number."""
        self.worths.append(worth)
        self._index += rows
        self._value += amounts
        self._starts.append(len(self._index))
        return len(self.worths) - 1

    def solver(self) -> highspy.Highs:
        """Return the program, ready to be solved (as a minimum: HiGHS then signs the prices one way)."""
        program = highspy.HighsLp()
        many = len(self.worths)
        program.num_col_, program.num_row_ = many, len(self.most)
        program.col_cost_ = -np.array(self.worths)
        program.col_lower_, program.col_upper_ = np.zeros(many), np.full(many, highs.INFINITE)
        program.row_lower_, program.row_upper_ = np.array(self.least), np.array(self.most)
        program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        program.a_matrix_.start_ = np.array(self._starts, np.int32)
        program.a_matrix_.index_ = np.array(self._index, np.int32)
        program.a_matrix_.value_ = np.array(self._value, np.float64)
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.passModel(program)
        return solver

    def mix(self, values: Floats, duals: Floats) -> Mix:
        """Return a solution as a mix."""
        missing = float(values[self._must].sum())
        prices = -duals[self.blocks : self.blocks + len(self.market)]
        return Mix(float(np.dot(self.worths, values)), prices, values[: self.columns], missing)

    def _missing_of(self, row: int) -> None:
        """Let the limits of a row be missed: at its penalty, or at a high price where it is hard."""
        market, hard = self.market, bool(self._hard[row])
        price = NOBODY if hard else float(market.penalty[row])
        if np.isfinite(market.least[row]):
            self._missing(self.blocks + row, 1.0, price, must=hard)
        if np.isfinite(market.most[row]) and (not hard or market.most[row] < 0):
            self._missing(self.blocks + row, -1.0, price, must=hard)

    def _missing(self, row: int, sign: float, price: float, *, must: bool) -> None:
        number = self.add(-price, [row], [sign])
        if must:
            self._must.append(number)


def mix_of(
    columns: Sequence[Column], blocks: int, market: Market, prices: Ints, box: float, stop: Stop
) -> Mix | None:
    """Return the best mix of columns where prices stay in a box, its shares in the columns' order.

    Parameters
    ----------
    prices, box
        The middle of the box, in price units, and how far it goes each way, in points.

    Returns
    -------
    Mix or None
        None where it was stopped, or the program could not be solved.
    """
    whole = Whole(blocks, market)
    whole.enter(columns)
    whole.stay_near(prices, box)
    solver = whole.solver()
    solver.setOptionValue("solver", "ipm")
    solver.setOptionValue("run_crossover", "off")
    solver.setOptionValue("ipm_optimality_tolerance", ROUGH if len(columns) > LARGE else PRECISE)
    status = highs.run_whole(solver, stop)
    solution = solver.getSolution()
    if status != highspy.HighsModelStatus.kOptimal and not solution.dual_valid:
        return None
    return whole.mix(np.array(solution.col_value, np.float64), np.array(solution.row_dual, np.float64))
