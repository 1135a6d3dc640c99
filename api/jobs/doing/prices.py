"""Doing ``prices``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from api.jobs.doing.provenance import provenance_of
from api.jobs.doing.rows import rows_of
from matcher.plan import Plan
from matcher.questions.sensitivity import robustness, seat_worths, worths
from matcher.questions.weights import weight_ranges
from matcher.round import Round
from matcher.settings import Settings

if TYPE_CHECKING:
    from api.jobs.messages import Task
    from api.jobs.speaker import Speaker
    from matcher.solving import Stop


def do(task: Task, stop: Stop, speaker: Speaker) -> dict[str, Any]:
    """Say what one more of each scarce thing is worth; on request how far weights can move, and which posts stay.

    Raises
    ------
    MatcherError
        Where the plan has no prices.
    """
    round_, settings = Round.from_document(task.round), Settings.model_validate(task.settings)
    plan, asked = Plan.from_document(task.plans[0]), task.asked
    answer: dict[str, Any] = {
        "schema": "prices/1",
        "score": plan.score,
        "bound": plan.bound,
        "worths": rows_of(worths(round_, plan)),
        "seats": rows_of(seat_worths(round_, plan)),
        "weights": None,
        "posts": None,
    }
    if asked["weights"] and not stop.now:
        found = weight_ranges(round_, plan, settings, terms=asked["terms"], stop=stop)
        answer["weights"] = [asdict(one) for one in found]
    if asked["posts"] and not stop.now:
        kept = robustness(round_, plan, settings, stop=stop)
        answer["posts"] = rows_of(kept) if kept.attrs["solves"] else None
    interrupted = stop.requested
    return {
        **answer,
        "interrupted": interrupted,
        "provenance": provenance_of(round_, settings, stop, speaker),
    }
