"""A gap asked for ends the solve early, and the gap stated is one that was proven."""

from matcher.check import check
from matcher.result import Result
from matcher.settings import Settings
from matcher.solving import solve

from .county import county


def with_gap(gap: float) -> Result:
    return solve(county(), Settings(effort=4, gap=gap))


def test_a_gap_ends_the_solve_early() -> None:
    early, late = with_gap(0.2), with_gap(0)
    assert early.provenance["work"] < late.provenance["work"]
    assert early.best is not None
    assert late.best is not None
    assert early.best.gap is not None
    assert 0 < early.best.gap <= 0.2
    assert (early.status, early.best.proof) == ("feasible", "gap")
    assert early.best.score <= late.best.score
    assert check(county(), early.best).ok
    bounds = [plan.bound for plan in (early.best, late.best) if plan.bound is not None]
    assert min(bounds) >= late.best.score  # whichever run proved it
