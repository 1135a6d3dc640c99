"""The whole round as one mixed-integer program, solved by HiGHS from the constructed plan."""

from __future__ import annotations

import time
from math import floor
from typing import TYPE_CHECKING, Any

import highspy
import numpy as np

from benchmarks.methods.base import Ending, Method
from benchmarks.methods.mip_rows import Program, program_of, start_of, teams_of
from benchmarks.methods.start import constructed
from matcher.solving.state import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.methods.base import Task
    from matcher.model.instance import Instance

#: A bound of this size or more is none.
INFINITE = 1e15
#: What HiGHS may be off by in a bound.
TOLERANCE = 1e-4


def run(task: Task) -> Ending:
    """Build the program, hand it over with the start, and record what is found."""
    instance, start = constructed(task)
    program = program_of(instance)
    solver = highspy.Highs()
    for option, value in _options(task).items():
        solver.setOptionValue(option, value)
    solver.passModel(_handed(program))
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = start_of(program, instance, start)
        solver.setSolution(solution)
    solver.cbMipImprovingSolution.subscribe(
        lambda event: _take(task, instance, program, event.data_out.mip_solution)
    )
    for event in (solver.cbMipImprovingSolution, solver.cbMipLogging):
        event.subscribe(lambda event: _prove(task, event.data_out.mip_dual_bound))
    solver.setOptionValue("time_limit", task.left)
    solver.run()
    status = solver.getModelStatus()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return Ending("infeasible")
    if solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        _take(task, instance, program, solver.getSolution().col_value)
    _prove(task, solver.getInfo().mip_dual_bound)
    return Ending("plan" if task.record.score is not None else "no plan", solver.modelStatusToString(status))


def _options(task: Task) -> dict[str, Any]:
    return {
        "output_flag": False,
        "threads": task.cores,
        "parallel": "on",
        "random_seed": task.seed,
        "mip_rel_gap": task.gap,
        "mip_abs_gap": 0.999,  # scores are whole numbers
    }


def _take(task: Task, instance: Instance, program: Program, values: Sequence[float]) -> None:
    """Record a plan, unless it came too late."""
    state = State(instance, teams_of(program, instance, np.asarray(values)))
    broken, score = state.measure()
    if not broken and time.monotonic() < task.ends:
        task.record.found(score, state.posts())


def _prove(task: Task, bound: float) -> None:
    if abs(bound) < INFINITE:
        task.record.proved(floor(bound + TOLERANCE))


def _handed(program: Program) -> Any:
    """Return the program as HiGHS takes it: maximized, rows one after the other."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.cost), len(program.rows)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.offset_ = program.constant
    lp.col_cost_ = np.array(program.cost)
    lp.col_lower_ = np.zeros(len(program.cost))
    lp.col_upper_ = np.array(program.upper)
    lp.row_lower_ = np.array([least for _, least, _ in program.rows])
    lp.row_upper_ = np.array([most for _, _, most in program.rows])
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[whole] for whole in program.integer]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(terms) for terms, _, _ in program.rows)])
    lp.a_matrix_.index_ = np.array([v for terms, _, _ in program.rows for v in terms], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([c for terms, _, _ in program.rows for c in terms.values()])
    return lp


HIGHS = Method("highs", "HiGHS, one MIP", "HiGHS", run)
