"""Doing ``why_not``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.jobs.doing.provenance import provenance_of
from matcher.plan import Plan
from matcher.questions import turning_points, why_not
from matcher.round import Round
from matcher.settings import Settings
from matcher.solving.memory import memory_of

if TYPE_CHECKING:
    from api.jobs.messages import Task
    from api.jobs.speaker import Speaker
    from matcher.solving import Stop


def do(task: Task, stop: Stop, speaker: Speaker) -> dict[str, Any]:
    """Say why a pairing is not in a plan, and on request which single changes would put it into the best one.

    Raises
    ------
    MatcherError
        As :func:`matcher.why_not` does.
    """
    round_, settings = Round.from_document(task.round), Settings.model_validate(task.settings)
    plan, asked = Plan.from_document(task.plans[0]), task.asked
    answer = why_not(
        round_,
        plan,
        asked["cadre"],
        asked["village"],
        asked["role"],
        unit=asked["unit"],
        settings=settings,
        memory=memory_of(round_.facts, plan),
        stop=stop,
    )
    is_to_turn = asked["turning_points"] and answer.answer == "cost" and not stop.now
    turns = turning_points(round_, plan, answer, settings, stop=stop) if is_to_turn else []
    return {
        "schema": "why_not/1",
        **answer.document(),
        "turns": [turn.document() for turn in turns],
        "interrupted": stop.requested,
        "provenance": provenance_of(round_, settings, stop, speaker),
    }
