"""Doing ``mend``: a solve of the changed round that keeps the most of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.jobs.doing.going import Going
from api.jobs.doing.rows import rows_of
from api.jobs.kinds.mend import edits_of
from matcher.edits import Edit, edited
from matcher.plan import Plan
from matcher.round import Round
from matcher.settings import Settings
from matcher.study import changes, mend, mending

if TYPE_CHECKING:
    from api.jobs.messages import Task
    from api.jobs.speaker import Speaker
    from matcher.solving import Stop


def do(task: Task, stop: Stop, speaker: Speaker) -> dict[str, Any]:
    """Mend a plan, and return the result of the changed round, with whose post changes.

    Raises
    ------
    MatcherError
        As :func:`matcher.solve` does.
    """
    round_, settings = Round.from_document(task.round), Settings.model_validate(task.settings)
    plan = Plan.from_document(task.plans[0])
    changed = edited(round_, edits_of(plan, task.asked))
    going = Going(task, speaker, changed, mending(settings))
    edits = [Edit.model_validate(edit) for edit in task.asked["edits"]]
    result = mend(round_, plan, edits, settings, same_unit=task.asked["same_unit"], stop=stop, **going.on())
    moved = [] if result.best is None else rows_of(changes.by_post(round_, plan, result.best))
    return {
        "schema": "mend/1",
        "edits": task.asked["edits"],
        "same_unit": task.asked["same_unit"],
        "digest": changed.digest,
        "result": result.document(),
        "moved": moved,
        "interrupted": stop.requested,
        "provenance": result.provenance,
    }
