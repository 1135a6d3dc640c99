"""The integer master: one team for every block out of a list of columns, best together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import highspy
import numpy as np

from matcher.solving.columns import highs
from matcher.solving.columns.market import SCALE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from matcher.model.instance import Link
    from matcher.solving.columns.column import Column
    from matcher.solving.columns.market import Market
    from matcher.solving.stopping import Stop

#: Nodes of branch and bound before a search is given up.
NODES = 5000


class Chosen(NamedTuple):
    """What the integer master found.

    Attributes
    ----------
    columns
        One column for every block; None where there is no such choice, or none was found.
    complete
        Whether the search ended by itself: no choice out of the list is better.
    work
        Work spent.
    worth
        What the choice is worth, in price units, penalties of the link rows taken off.
    """

    columns: list[Column] | None
    complete: bool
    work: float
    worth: int | None = None


def best_choice(
    columns: Sequence[Column],
    blocks: Sequence[int],
    market: Market,
    stop: Stop,
    *,
    base: Mapping[int, int] | None = None,
    nodes: int = NODES,
    start: Collection[tuple[tuple[str, str], ...]] = (),
    within: float = 0.5,
) -> Chosen:
    """Choose one column for each of ``blocks``, within the limits of the link rows.

    Parameters
    ----------
    base
        Loads of blocks that are not chosen here, by row.
    nodes
        Nodes of branch and bound to look at.
    start
        The teams of a choice that is known.
    within
        Points that the choice may be behind the best.
    """
    solver = program_of(columns, blocks, market, base, whole=True)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", within)
    solver.setOptionValue("mip_max_nodes", nodes)
    if start:
        known = np.array([i for i, column in enumerate(columns) if column.team in start], np.int32)
        solver.setSolution(len(known), known, np.ones(len(known)))
    status = highs.run_whole(solver, stop)
    info = solver.getInfo()
    work = 2e-5 * max(0, info.simplex_iteration_count) + 2e-6 * len(columns)
    done = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Chosen(None, done, work)
    taken_columns = np.array(solver.getSolution().col_value[: len(columns)]) > 0.5  # noqa: PLR2004 - 0 or 1
    chosen = [column for column, taken in zip(columns, taken_columns, strict=True) if taken]
    if len(chosen) != len(blocks):
        return Chosen(None, done, work)
    return Chosen(chosen, done, work, market.worth(chosen, base))


def program_of(
    columns: Sequence[Column],
    blocks: Sequence[int],
    market: Market,
    base: Mapping[int, int] | None,
    *,
    whole: bool,
) -> highspy.Highs:
    """Return the program of the choice: its first variables are the columns, then come the soft rows' shortfalls.

    Parameters
    ----------
    whole
        Whether the variables are whole numbers.
    """
    position = {block: i for i, block in enumerate(blocks)}
    loaded = sorted({row for column in columns for row in column.rows} | set(base or ()))
    sides = {row: _sides(market, row) for row in loaded}
    rows_at: dict[int, list[int]] = {row: [] for row in loaded}
    solver = highs.program()
    for _ in blocks:
        highs.add_row(solver, 1.0, 1.0)
    for row in loaded:
        taken = (base or {}).get(row, 0)
        for least, most in sides[row]:
            rows_at[row].append(solver.getNumRow())
            highs.add_row(solver, least - taken, most - taken)
    farthest = {row: [abs((base or {}).get(row, 0)), *[0] * len(blocks)] for row in loaded}
    for column in columns:
        rows, amounts = [position[column.block]], [1.0]
        for row, amount in zip(column.rows, column.amounts, strict=True):
            rows += rows_at[row]
            amounts += [float(amount)] * len(rows_at[row])
            farthest[row][1 + rows[0]] = max(farthest[row][1 + rows[0]], abs(amount))
        highs.add_column(solver, column.worth / SCALE, 1.0, rows, amounts, whole=whole)
    for row in loaded:
        for at, limits in zip(rows_at[row], sides[row], strict=True):
            _add_shortfall(solver, market.links[row], at, limits, sum(farthest[row]), whole=whole)
    return solver


def _sides(market: Market, row: int) -> list[tuple[float, float]]:
    """Return least and most of a row; of a soft row each by itself, so that one can be missed without the other."""
    least, most = float(market.least[row]), float(market.most[row])
    if market.links[row].mode == "hard" or not (np.isfinite(least) and np.isfinite(most)):
        return [(least, most)]
    return [(least, np.inf), (-np.inf, most)]


def _add_shortfall(
    solver: highspy.Highs, link: Link, at: int, limits: tuple[float, float], farthest: int, *, whole: bool
) -> None:
    """Let one limit of a soft row be missed at its penalty, by whole units as it is counted.

    Parameters
    ----------
    farthest
        No choice loads the row by more, up or down.
    """
    limit, sign = (limits[0], 1.0) if np.isfinite(limits[0]) else (limits[1], -1.0)
    if link.mode == "hard" or not np.isfinite(limit):
        return
    # No deeper than needed: a solver takes a hair of a deep shortfall for none.
    step, most = (farthest + abs(limit), 1.0) if link.row.flat else (link.row.step, highs.INFINITE)
    highs.add_column(solver, -float(link.weight), most, [at], [sign * step], whole=whole)
