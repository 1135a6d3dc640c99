"""Doing ``core``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from api.jobs.doing.provenance import provenance_of
from matcher.plan import Plan
from matcher.questions.core import firm_core, half_per_cent
from matcher.round import Round
from matcher.settings import Settings

if TYPE_CHECKING:
    from api.jobs.messages import Task
    from api.jobs.speaker import Speaker
    from matcher.solving import Stop


def do(task: Task, stop: Stop, speaker: Speaker) -> dict[str, Any]:
    """Say which posts of a plan every plan nearly as good as the best has.

    Raises
    ------
    MatcherError
        Where the best plan has no prices.
    """
    round_, settings = Round.from_document(task.round), Settings.model_validate(task.settings)
    plans = [Plan.from_document(document) for document in task.plans]
    asked = task.asked
    within = half_per_cent(plans[0]) if asked["within"] is None else asked["within"]
    posts = firm_core(round_, plans, within, rank=asked["rank"])
    return {
        "schema": "core/1",
        "score": plans[0].score,
        "bound": plans[0].bound,
        "rank": asked["rank"],
        "within": within,
        "posts": [asdict(post) for post in posts],
        "provenance": provenance_of(round_, settings, stop, speaker),
    }
