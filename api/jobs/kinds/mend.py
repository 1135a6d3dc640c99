"""The kind ``mend``: a plan in force made whole again around fixed edits, with the fewest changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from api.jobs.kinds.kind import Kind, Outcome
from api.jobs.kinds.solve import settings_left, solved
from matcher.edits import Edit, adjustment, edited
from matcher.plan import Plan
from matcher.round import Round

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.jobs.checkpoints import Saved
    from api.jobs.messages import Task


def edits_of(plan: Plan, question: Mapping[str, Any]) -> tuple[Edit, ...]:
    """Return the edits that make the round a mid-term adjustment of the plan."""
    edits = [Edit.model_validate(edit) for edit in question["edits"]]
    return adjustment(plan, edits, same_unit=question["same_unit"])


def _settings(row: Mapping[str, Any], saved: Saved | None) -> dict[str, Any]:
    return settings_left({**row, "settings": {**row["settings"], "plans": 1}}, saved)


def _outcome(task: Task, answer: Mapping[str, Any]) -> Outcome:
    """Return the plan of the changed round, if it stands the check; it is a plan of no revision until it is saved."""
    plan = Plan.from_document(task.plans[0])
    changed = edited(Round.from_document(task.round), edits_of(plan, task.asked))
    if answer["digest"] != changed.digest:
        return Outcome("failed", "recount_differs")
    outcome = solved(changed, answer["result"])
    result = None if outcome.result is None else answer
    return replace(outcome, result=result, plans=(), is_whole=not answer["interrupted"])


KIND: Final = Kind(_settings, _outcome)
