"""Doing ``solve``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.jobs.doing.going import Going
from matcher.round import Round
from matcher.settings import Settings
from matcher.solving import solve

if TYPE_CHECKING:
    from api.jobs.messages import Task
    from api.jobs.speaker import Speaker
    from matcher.solving import Stop


def do(task: Task, stop: Stop, speaker: Speaker) -> dict[str, Any]:
    """Solve a round, and return the result as data.

    Raises
    ------
    MatcherError
        As :func:`matcher.solve` does.
    """
    round_, settings = Round.from_document(task.round), Settings.model_validate(task.settings)
    return solve(round_, settings, stop=stop, **Going(task, speaker, round_, settings).on()).document()
