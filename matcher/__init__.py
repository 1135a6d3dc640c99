"""Matches cadres to villages: reads a selection round, screens it, and finds checked plans with their proof.

The usual way in::

    from matcher import Settings, check, read_round, solve

    round_ = read_round("round.xlsx")
    result = solve(round_, Settings(effort="normal"))
    plan = result.best
    assert check(round_, plan).ok
"""

from typing import TYPE_CHECKING, Any

from matcher.check import check
from matcher.checkpoint import Checkpoint
from matcher.plan import Plan
from matcher.problems import InvalidInput, MatcherError, Problem
from matcher.result import Result
from matcher.round import Round
from matcher.rulebook import RuleBook
from matcher.settings import Settings

if TYPE_CHECKING:
    from matcher.questions import explain_post, explain_team, firm_core, why_not
    from matcher.solving import Memory, Stop, solve
    from matcher.study import Study
    from matcher.tables import read_round

__all__ = [
    "Checkpoint",
    "InvalidInput",
    "MatcherError",
    "Memory",
    "Plan",
    "Problem",
    "Result",
    "Round",
    "RuleBook",
    "Settings",
    "Stop",
    "Study",
    "check",
    "explain_post",
    "explain_team",
    "firm_core",
    "read_round",
    "solve",
    "why_not",
]


def __getattr__(name: str) -> Any:
    """Load the solver and the tables only when they are asked for."""
    if name in ("solve", "Stop", "Memory"):
        from matcher import solving  # noqa: PLC0415

        return getattr(solving, name)
    if name in ("why_not", "firm_core", "explain_post", "explain_team"):
        from matcher import questions  # noqa: PLC0415

        return getattr(questions, name)
    if name == "Study":
        from matcher import study  # noqa: PLC0415

        return study.Study
    if name == "read_round":
        from matcher import tables  # noqa: PLC0415

        return tables.read_round
    raise AttributeError(f"module 'matcher' has no attribute {name!r}")
