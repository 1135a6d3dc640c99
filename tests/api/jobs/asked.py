"""Questions about a small round and its plans, as they stand in a run's row, and what a child answers to them."""

from __future__ import annotations

import os
import tempfile
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, Any

from api.jobs.doing import doing
from api.jobs.messages import Task
from api.jobs.speaker import Speaker
from matcher.check.distances import held
from matcher.edits import drop, weight
from matcher.round import Round
from matcher.settings import Settings
from matcher.solving import Stop, solve
from tests.api.server import sample

if TYPE_CHECKING:
    from matcher.edits import Edit
    from matcher.plan import Plan

SETTINGS = {"effort": 2.0}


@cache
def county() -> Round:
    """Return a round that is small enough to be solved at once."""
    return Round.from_document(sample())


@cache
def plans() -> tuple[Plan, ...]:
    """Return the two best plans of the county, with the prices of their bounds."""
    found = solve(county(), Settings(effort=4.0, plans=2, method="columns", workers=1)).plans
    assert len(found) == 2
    assert found[0].certificate is not None
    return found


def somebody_elsewhere(role: str = "resident") -> tuple[str, str]:
    """Return a cadre of the best plan and a village where the other plan or nobody has them."""
    posts = sorted(held(county().facts, plans()[0]))
    first, last = (next(post for post in order if post[2] == role) for order in (posts, posts[::-1]))
    return first[0], last[1]


def asks(kind: str) -> dict[str, Any]:
    """Return a question of a kind."""
    cadre, village = somebody_elsewhere()
    questions: dict[str, dict[str, Any]] = {
        "why_not": {"cadre": cadre, "village": village, "role": "", "unit": "", "turning_points": True},
        "prices": {"weights": True, "terms": ["need_fit"], "posts": False},
        "core": {"within": 10, "rank": 1},
        "what_ifs": {
            "scenarios": [
                {"name": "少一人", "edits": [data(drop(cadre))]},
                {"name": "重适配", "edits": [data(weight("need_fit", 3))]},
            ]
        },
        "mend": {"edits": [data(drop(cadre))], "same_unit": 60},
    }
    return {"plans": [], **questions[kind]}


def data(edit: Edit) -> dict[str, Any]:
    return edit.model_dump(mode="json", exclude_defaults=True)


def task_of(kind: str, **question: Any) -> Task:
    return Task(
        kind=kind,
        round=sample(),
        settings={**SETTINGS, "seed": 1, "workers": 1},
        question={**asks(kind), **question},
        plans=[plan.document() for plan in plans()],
        memory=1 << 40,
    )


def answered(task: Task, stop: Stop | None = None) -> dict[str, Any]:
    """Return what a child answers; its lines go nowhere."""
    with tempfile.TemporaryFile() as file, closing(Speaker(os.dup(file.fileno()))) as speaker:
        return doing(task.kind)(task, stop or Stop(), speaker)


@cache
def answer(kind: str) -> dict[str, Any]:
    """Return the answer to a question of a kind."""
    return answered(task_of(kind))
