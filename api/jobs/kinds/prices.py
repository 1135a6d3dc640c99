"""The kind ``prices``: what one more of each scarce thing is worth, how far weights can move, which posts stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from api.jobs.kinds.kind import Kind, Outcome
from api.jobs.kinds.solve import time_left
from matcher.check.distances import held
from matcher.plan import Plan
from matcher.round import Round
from matcher.rulebook import RuleBook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.jobs.messages import Task


def _outcome(task: Task, answer: Mapping[str, Any]) -> Outcome:
    """Return the answer, each worth with what it is about, if it speaks of this round and this plan."""
    round_, plan = Round.from_document(task.round), Plan.from_document(task.plans[0])
    work = answer["provenance"]["work"]
    if not _fits(round_, plan, answer):
        return Outcome("failed", "recount_differs", work=work)
    worths = [{**row, "about": _about(round_, row["what"])} for row in answer["worths"]]
    return Outcome("done", result={**answer, "worths": worths}, work=work, is_whole=not answer["interrupted"])


def _fits(round_: Round, plan: Plan, answer: Mapping[str, Any]) -> bool:
    weights = {item.rule.id: item.weight for item in RuleBook.of(round_.rules).terms}
    posts = {(row["cadre"], row["village"], row["role"]) for row in answer["posts"] or ()}
    return (
        answer["score"] == plan.score
        and all(row["village"] in round_.facts.places for row in answer["seats"])
        and all(
            row["weight"] == weights.get(row["term"]) and row["lowest"] <= row["weight"] <= row["highest"]
            for row in answer["weights"] or ()
        )
        and (answer["posts"] is None or posts == held(round_.facts, plan))
    )


def _about(round_: Round, what: str) -> str:
    """Return what a worth is about: what is not known to be of no person counts as a person's."""
    if what in round_.facts.units:
        return "unit"
    if what in round_.facts.places:
        return "village"
    is_open = not any(part in round_.facts.people for part in what.split("/"))
    return "rule" if is_open else "cadre"


KIND: Final = Kind(time_left, _outcome)
