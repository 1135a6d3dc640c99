"""Running CP-SAT: repeatable, stoppable, with every better solution handed out as it is found."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from matcher.model.encode import ModelEncoder, Team
    from matcher.solving.stopping import Stop

#: How often a running search looks whether it should stop, in seconds.
PATIENCE = 0.1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of CP-SAT ended with.

    Attributes
    ----------
    status
        ``optimal``, ``feasible``, ``infeasible`` or ``unknown``.
    teams
        Each block's team of the best solution; None without one.
    bound
        The proven upper bound on the model's objective; None where nothing was proven.
    work
        Deterministic work spent.
    """

    status: str
    teams: dict[str, Team] | None
    bound: float | None
    work: float


_STATUS = {
    cp_model.OPTIMAL: "optimal",
    cp_model.FEASIBLE: "feasible",
    cp_model.INFEASIBLE: "infeasible",
    cp_model.UNKNOWN: "unknown",
}


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Hands out every solution; an exception in the handler is kept for the caller."""

    def __init__(self, encoder: ModelEncoder, handler: Callable[[dict[str, Team], float], None]) -> None:
        super().__init__()
        self.encoder = encoder
        self.handler = handler
        self.error: BaseException | None = None

    def on_solution_callback(self) -> None:
        """Decode the solution and pass it on with the bound so far."""
        try:
            self.handler(self.encoder.teams(self.value), self.best_objective_bound)
        except BaseException as error:
            self.error = error
            self.stop_search()


def run(
    encoder: ModelEncoder,
    stop: Stop,
    *,
    work: float | None = None,
    seed: int = 1,
    gap: float = 0.0,
    on_solution: Callable[[dict[str, Team], float], None] | None = None,
) -> Outcome:
    """Solve a model with one worker, so that the result depends on nothing but the model and ``work``.

    Parameters
    ----------
    encoder
        The model.
    stop
        Asked every tenth of a second.
    work
        Deterministic work after which to end; None: only when done.
    gap
        Relative gap at which to end.
    on_solution
        Called with each better solution and the bound at that time.
    """
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = 1
    parameters.random_seed = seed
    parameters.linearization_level = 2
    parameters.catch_sigint_signal = False
    if work is not None:
        parameters.max_deterministic_time = max(work, 1e-3)
    if gap:
        parameters.relative_gap_limit = gap
    watcher = _Watcher(encoder, on_solution) if on_solution is not None else None
    proven: list[float] = []
    solver.best_bound_callback = proven.append
    status = _solve_in_thread(solver, encoder.model, watcher, stop)
    if watcher is not None and watcher.error is not None:
        raise watcher.error
    name = _STATUS.get(status)
    if name is None:
        raise RuntimeError(f"CP-SAT refused the model: {encoder.model.validate()}")
    solved = name in ("optimal", "feasible")
    # A search that ended before it had proven anything reports a bound of 0 all the same.
    bound = solver.best_objective_bound if solved else min(proven, default=None)
    return Outcome(name, encoder.teams(solver.value) if solved else None, bound, solver.deterministic_time)


def _solve_in_thread(
    solver: cp_model.CpSolver, model: cp_model.CpModel, watcher: _Watcher | None, stop: Stop
) -> Any:
    """Solve in a thread of its own, so that this one can take signals and pass the stop on."""
    ended: list[Any] = []

    def solve() -> None:
        try:
            ended.append(solver.solve(model, watcher))
        except BaseException as error:
            ended.append(error)

    thread = threading.Thread(target=solve, name="cp-sat", daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(PATIENCE)
            if thread.is_alive() and stop.now:
                solver.stop_search()
    except BaseException:
        solver.stop_search()
        thread.join()
        raise
    if isinstance(ended[0], BaseException):
        raise ended[0]
    return ended[0]
