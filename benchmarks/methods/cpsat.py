"""The whole round as one CP-SAT model, the constructed plan as its start: with 1, 2 and 8 workers.

One worker finds its way by the linear relaxation alone; 8 workers are the least with which CP-SAT has all
its subsolvers, even where there are fewer cores. Which is best depends on the round, so all three run.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from benchmarks.methods.base import Ending, Method
from benchmarks.methods.start import constructed
from matcher.solving.one_piece import encode, whole
from matcher.solving.state import State

if TYPE_CHECKING:
    from benchmarks.methods.base import Task
    from matcher.model.encode import ModelEncoder
    from matcher.model.instance import Instance

#: A bound of this size or more is none.
INFINITE = 1e15


def run(task: Task, workers: int) -> Ending:
    """Solve with a number of workers."""
    instance, start = constructed(task)
    encoder = encode(instance)
    if start is not None:
        encoder.hint(start)
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = workers
    parameters.random_seed = task.seed
    parameters.linearization_level = 2
    parameters.relative_gap_limit = task.gap
    parameters.max_time_in_seconds = task.left

    def prove(bound: float) -> None:
        if abs(bound) < INFINITE:
            task.record.proved(whole(bound))

    solver.best_bound_callback = prove
    status = solver.solve(encoder.model, _Watcher(task, instance, encoder))
    if status == cp_model.INFEASIBLE:
        return Ending("infeasible")
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        prove(solver.best_objective_bound)
    return Ending("plan" if task.record.score is not None else "no plan", solver.status_name(status))


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Records every plan."""

    def __init__(self, task: Task, instance: Instance, encoder: ModelEncoder) -> None:
        super().__init__()
        self.task = task
        self.instance = instance
        self.encoder = encoder

    def on_solution_callback(self) -> None:
        """Take the plan, unless the time is over already."""
        if time.monotonic() < self.task.ends:
            state = State(self.instance, self.encoder.teams(self.value))
            self.task.record.found(state.measure()[1], state.posts())


def method(workers: int) -> Method:
    """Return the method with a number of workers."""
    title = f"CP-SAT, {workers} worker{'s' * (workers > 1)}"
    return Method(f"cpsat_{workers}", title, "CP-SAT", partial(run, workers=workers))


CPSAT_1 = method(1)
CPSAT_2 = method(2)
CPSAT_8 = method(8)
