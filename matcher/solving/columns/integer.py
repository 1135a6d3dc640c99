"""The integer master: one team for every block out of a list of columns, best together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import highspy
import numpy as np

from matcher.solving.columns import highs
from matcher.solving.columns.market import SCALE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.market import Market
    from matcher.solving.stopping import Stop

#: Nodes of branch and bound before a search is given up.
NODES = 5000


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the integer master found.

    Attributes
    ----------
    columns
        One column for every block; None where there is no such choice, or none was found.
    complete
        Whether the search ended by itself: no choice out of the list is better.
    work
        Work spent.
    """

    columns: list[Column] | None
    complete: bool
    work: float


def best_choice(
    columns: Sequence[Column],
    blocks: Sequence[int],
    market: Market,
    stop: Stop,
    *,
    base: Mapping[int, int] | None = None,
    above: float | None = None,
    nodes: int = NODES,
) -> Chosen:
    """Choose one column for each of ``blocks``, within the limits of the link rows.

    Parameters
    ----------
    base
        Loads of blocks that are not chosen here, by row.
    above
        Only choices worth more than this, in points, are of interest.
    """
    position = {block: i for i, block in enumerate(blocks)}
    loaded = sorted({row for column in columns for row in column.rows} | set(base or ()))
    row_at = {row: len(blocks) + i for i, row in enumerate(loaded)}
    solver = highs.program()
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.5)
    solver.setOptionValue("mip_max_nodes", nodes)
    for _ in blocks:
        highs.add_row(solver, 1.0, 1.0)
    for row in loaded:
        taken = (base or {}).get(row, 0)
        highs.add_row(solver, float(market.least[row]) - taken, float(market.most[row]) - taken)
    for column in columns:
        rows = [position[column.block], *(row_at[row] for row in column.rows)]
        highs.add_column(solver, column.worth / SCALE, 1.0, rows, [1.0, *column.amounts], whole=True)
    for row in loaded:
        _add_shortfalls(solver, market, row, row_at[row])
    if above is not None:
        solver.setOptionValue("objective_bound", above)
    status = highs.run_whole(solver, stop)
    info = solver.getInfo()
    work = 2e-5 * max(0, info.simplex_iteration_count) + 2e-6 * len(columns)
    done = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Chosen(None, done, work)
    taken_columns = np.array(solver.getSolution().col_value[: len(columns)]) > 0.5  # noqa: PLR2004 - 0 or 1
    chosen = [column for column, taken in zip(columns, taken_columns, strict=True) if taken]
    return Chosen(chosen if len(chosen) == len(blocks) else None, done, work)


def _add_shortfalls(solver: highspy.Highs, market: Market, row: int, at: int) -> None:
    """Let a soft row be missed at its penalty, by whole units as it is counted."""
    link = market.links[row]
    if link.mode == "hard":
        return
    for limit, sign in ((market.least[row], 1.0), (market.most[row], -1.0)):
        if not np.isfinite(limit):
            continue
        if link.row.flat:
            deep = 1e6
            highs.add_column(solver, -float(link.weight), 1.0, [at], [sign * deep], whole=True)
        else:
            highs.add_column(solver, -float(link.weight), highs.INFINITE, [at], [sign * link.row.step], whole=True)
