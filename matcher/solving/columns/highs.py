"""HiGHS: a linear or mixed-integer program that can be stopped."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import highspy
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.solving.stopping import Stop

#: How often a running solve looks whether it should stop, in seconds.
PATIENCE = 0.1
INFINITE = highspy.kHighsInf


def program() -> highspy.Highs:
    """Return an empty program to be maximized: one thread, no output."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    return solver


def add_row(solver: highspy.Highs, least: float, most: float) -> None:
    """Add a row without entries."""
    solver.addRow(least, most, 0, np.array([], np.int32), np.array([], np.float64))


def add_column(
    solver: highspy.Highs,
    worth: float,
    most: float,
    rows: Sequence[int],
    amounts: Sequence[float],
    *,
    whole: bool,
) -> None:
    """Add a variable between 0 and ``most``."""
    solver.addCol(worth, 0.0, most, len(rows), np.array(rows, np.int32), np.array(amounts, np.float64))
    if whole:
        solver.changeColIntegrality(solver.getNumCol() - 1, highspy.HighsVarType.kInteger)


def run_linear(solver: highspy.Highs) -> None:
    """Solve a linear program that has a best solution, from the last basis where there is one.

    Costs that are many powers of ten apart can mislead the simplex method on its way from an old basis: it then says
    that it does not know. The program is solved from nothing then, at last by another method.

    Raises
    ------
    RuntimeError
        Where none of that finds the best solution.
    """
    solver.run()
    for method in ("simplex", "ipm"):
        if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            return
        solver.clearSolver()
        solver.setOptionValue("solver", method)
        solver.run()
        solver.setOptionValue("solver", "choose")
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"a linear program ended as {solver.getModelStatus()}")


def run_whole(solver: highspy.Highs, stop: Stop) -> highspy.HighsModelStatus:
    """Solve an integer program, stopping when asked; return the status.

    It is solved in a thread of its own, so that this one can take signals and pass the stop on. (A linear program
    is not solved so: HiGHS would ask Python at every simplex iteration, which takes ten times the iteration.)

    Raises
    ------
    Aborted
        After a second request to stop.
    """
    failed: list[BaseException] = []

    def solve() -> None:
        try:
            solver.run()
        except BaseException as error:
            failed.append(error)

    solver.HandleUserInterrupt = True
    thread = threading.Thread(target=solve, name="highs", daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(PATIENCE)
            if thread.is_alive() and stop.now:
                solver.cancelSolve()
    except BaseException:
        solver.cancelSolve()
        thread.join()
        raise
    if failed:
        raise failed[0]
    return solver.getModelStatus()
