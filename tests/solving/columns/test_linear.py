"""Linear programs: the best solution, or an error that says how the solver ended."""

import highspy
import pytest

from matcher.solving.columns.highs import add_column, add_row, program, run_linear


def test_the_best_solution_is_found() -> None:
    solver = program()
    add_row(solver, 0.0, 3.0)
    add_column(solver, 2.0, 2.0, [0], [1.0], whole=False)
    add_column(solver, 1.0, 2.0, [0], [1.0], whole=False)
    run_linear(solver)
    assert solver.getInfo().objective_function_value == pytest.approx(5.0)
    assert list(solver.getSolution().col_value) == pytest.approx([2.0, 1.0])


def test_a_solver_that_gives_up_tries_another_method() -> None:
    """Simplex may take no step here: the interior point method finds the solution."""
    solver = program()
    solver.setOptionValue("simplex_iteration_limit", 0)
    solver.setOptionValue("presolve", "off")
    add_row(solver, 0.0, 3.0)
    add_row(solver, 0.0, 5.0)
    add_column(solver, 2.0, 2.0, [0, 1], [1.0, 3.0], whole=False)
    add_column(solver, 1.0, 2.0, [0, 1], [1.0, 1.0], whole=False)
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kIterationLimit
    run_linear(solver)
    assert solver.getInfo().objective_function_value == pytest.approx(4.0)


def test_a_program_without_a_solution_is_said_so_after_every_method() -> None:
    solver = program()
    add_row(solver, 3.0, 4.0)
    add_column(solver, 1.0, 1.0, [0], [1.0], whole=False)
    with pytest.raises(RuntimeError, match=r"a linear program ended as .*kInfeasible"):
        run_linear(solver)
