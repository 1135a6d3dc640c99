"""A good choice soon: the linear program of a list of columns, made whole by the least that it takes.

The linear program's choice is whole nearly everywhere, and no choice out of the list is worth more. Two steps, the
second only where the first is too far behind: columns are fixed one after another, the surest first, and the rest
chooses again; blocks whose column is whole keep it, and the others choose exactly. Where few blocks are whole, as with
many ties, the second step is left out: it would be no quicker than the whole choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np

from matcher.solving.columns.integer import Chosen, best_choice, program_of
from matcher.solving.columns.market import SCALE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.market import Market
    from matcher.solving.stopping import Stop

    Shares = NDArray[np.float64]

#: A share within this of a whole number is one.
WHOLE = 1e-6
#: Columns with at least this share are fixed together, so many at most.
SURE, TOGETHER = 0.8, 10
#: How often the columns fixed last may turn out not to go together.
MISTAKES = 20
#: Nodes of branch and bound while some blocks keep their column, and the share of the columns that may be left then.
NODES, LEFT = 50, 0.75


def quick_choice(
    columns: Sequence[Column], blocks: Sequence[int], market: Market, stop: Stop, *, within: float
) -> Chosen:
    """Choose one column for each of ``blocks``, within the limits of the link rows.

    ``complete`` says whether the choice is at most ``within`` points behind the best; where it is not, or
    there is none, nothing is said of other choices.
    """
    relaxed = _Relaxed(program_of(columns, blocks, market, None, whole=False), len(columns), stop)
    shares, work = relaxed.shares, 2e-6 * len(columns)
    if shares is None:  # no choice at all, or stopped
        return Chosen(None, complete=False, work=work + relaxed.work)
    rounded = _chosen(columns, blocks, relaxed.rounded())
    work += relaxed.work
    limit = (relaxed.worth - within) * SCALE
    first = None if rounded is None else market.worth(rounded)
    if first is not None and first >= limit:
        return Chosen(rounded, complete=True, work=work, worth=first)
    kept = {columns[i].block: columns[i] for i in np.flatnonzero(shares > 1 - WHOLE).tolist()}
    rest = [column for column in columns if kept.get(column.block, column) is column]
    if stop.now or len(rest) > LEFT * len(columns):
        return Chosen(rounded, complete=False, work=work, worth=first)
    exact = best_choice(rest, blocks, market, stop, nodes=NODES, within=within / 2)
    work += exact.work
    if exact.worth is None or (first is not None and first > exact.worth):
        return Chosen(rounded, complete=False, work=work, worth=first)
    return exact._replace(complete=exact.worth >= limit, work=work)


class _Relaxed:
    """The linear program of a choice.

    Attributes
    ----------
    shares
        The columns' shares in the best mix; None where there is no mix.
    worth
        What the mix is worth, in points.
    """

    def __init__(self, solver: highspy.Highs, count: int, stop: Stop) -> None:
        self._solver = solver
        self._count = count
        self._stop = stop
        self._iterations = 0
        self.shares = self._solved()
        self.worth = solver.getInfo().objective_function_value

    @property
    def work(self) -> float:
        """Work spent."""
        return 2e-5 * self._iterations

    def rounded(self) -> Shares | None:
        """Return shares that are all whole; None where fixing column after column leads nowhere."""
        shares, mistakes, last = self.shares, 0, np.zeros(0, np.int32)
        while not self._stop.now:
            if shares is not None:
                last = _surest(shares)
                if not len(last):
                    return shares
                self._limit(last, 1.0, 1.0)
            elif len(last) and mistakes < MISTAKES:
                mistakes += 1
                self._limit(last, 0.0, 1.0)
                self._limit(last[:1], 0.0, 0.0)
                last = last[:0]
            else:
                return None
            shares = self._solved()
        return None

    def _solved(self) -> Shares | None:
        if self._stop.now:
            return None
        self._solver.run()
        self._iterations += max(0, self._solver.getInfo().simplex_iteration_count)
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(self._solver.getSolution().col_value[: self._count])

    def _limit(self, columns: NDArray[np.int32], least: float, most: float) -> None:
        """Bound the shares of some columns."""
        for column in columns.tolist():
            self._solver.changeColBounds(column, least, most)


def _surest(shares: Shares) -> NDArray[np.int32]:
    """Return the columns to fix: those that are nearly whole, or else the one that is nearest to it."""
    broken = np.flatnonzero(np.abs(shares - np.rint(shares)) > WHOLE)
    order = broken[np.argsort(-shares[broken], kind="stable")]
    sure = order[shares[order] >= SURE][:TOGETHER]
    return (sure if len(sure) else order[:1]).astype(np.int32)


def _chosen(columns: Sequence[Column], blocks: Sequence[int], shares: Shares | None) -> list[Column] | None:
    """Return the columns of whole shares; None where they are not one for each block."""
    if shares is None:
        return None
    chosen = [column for column, share in zip(columns, shares.tolist(), strict=True) if share > SURE]
    return chosen if len(chosen) == len(blocks) else None
