"""The kind ``core``: which posts every plan nearly as good as the best has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from api.jobs.kinds.kind import Kind, Outcome
from api.jobs.kinds.solve import time_left
from matcher.check.distances import held
from matcher.plan import Plan
from matcher.round import Round

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.jobs.messages import Task


def _outcome(task: Task, answer: Mapping[str, Any]) -> Outcome:
    """Return the answer, if its rows are the posts of the plan, and what can be counted anew is counted right."""
    facts = Round.from_document(task.round).facts
    plans = [Plan.from_document(document) for document in task.plans]
    everywhere = [{(cadre, place) for cadre, place, _ in held(facts, plan)} for plan in plans]
    rows = answer["posts"]
    is_true = {(row["cadre"], row["place"], row["role"]) for row in rows} == held(
        facts, plans[task.asked["rank"] - 1]
    ) and all(
        row["plans"] == sum((row["cadre"], row["place"]) in posts for posts in everywhere)
        and row["firm"] == (row["cost"] is None or row["cost"] > answer["within"])
        for row in rows
    )
    work = answer["provenance"]["work"]
    if not is_true or answer["score"] != plans[0].score:
        return Outcome("failed", "recount_differs", work=work)
    return Outcome("done", result=answer, work=work)


KIND: Final = Kind(time_left, _outcome)
