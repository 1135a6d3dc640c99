"""The kind ``solve``: what an attempt gets, and what is made of an answer."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from api.jobs.checkpoints import Saved
from api.jobs.kinds import KINDS
from api.jobs.kinds.solve import LEAST_SECONDS, LEAST_SHARE, settings_left, solved
from api.jobs.messages import Task
from matcher.round import Round
from matcher.settings import Settings
from matcher.solving import solve
from tests.api.jobs.rounds import small_county


def row(**changes: Any) -> dict[str, Any]:
    given = {"settings": {"effort": 8.0, "time_limit": 60.0}, "seed": 3, "cores": 2, "spent_ms": 0}
    return given | changes


def saved(rank: int, work: float) -> Saved:
    return Saved({"stage": {"rank": rank, "solve": 1, "name": "plan"}}, work)


def test_the_first_attempt_gets_what_was_asked_for() -> None:
    left = settings_left(row(), None)
    assert (left["effort"], left["time_limit"], left["seed"], left["workers"]) == (8.0, 60.0, 3, 2)


def test_a_further_attempt_gets_what_is_left_of_the_time() -> None:
    assert settings_left(row(spent_ms=20_000), None)["time_limit"] == 40.0
    assert settings_left(row(spent_ms=90_000), None)["time_limit"] == LEAST_SECONDS


@pytest.mark.parametrize(
    ("plans", "rank", "work", "effort"),
    [
        (1, 1, 3.0, 5.0),
        (1, 1, 7.9, 8.0 * LEAST_SHARE),
        (2, 2, 3.0, 5.0),
        (2, 1, 3.0, 8.0),  # rank 2 is to get all of it
    ],
)
def test_a_further_attempt_gets_what_is_left_of_the_last_ranks_effort(
    plans: int, rank: int, work: float, effort: float
) -> None:
    asked = row(settings={"effort": 8.0, "plans": plans})
    assert settings_left(asked, saved(rank, work))["effort"] == effort


@cache
def county() -> Round:
    return Round.from_document(small_county())


@cache
def answer() -> dict[str, Any]:
    return solve(county(), Settings(effort=1.0, workers=1)).document()


def test_an_answer_becomes_plans() -> None:
    task = Task(kind="solve", round=small_county(), settings={}, memory=1)
    outcome = KINDS["solve"].outcome(task, answer())
    assert outcome.state == "done"
    assert [(plan.rank, plan.score) for plan in outcome.plans] == [(1, answer()["plans"][0]["score"])]
    assert outcome.work == answer()["provenance"]["work"]


def test_a_plan_that_does_not_stand_the_check_is_not_released() -> None:
    plan = answer()["plans"][0]
    better = {**answer(), "plans": [{**plan, "score": plan["score"] + 1}]}
    outcome = solved(county(), better)
    assert (outcome.state, outcome.code, outcome.plans, outcome.result) == (
        "failed",
        "recount_differs",
        (),
        None,
    )


@pytest.mark.parametrize(
    ("status", "state", "code"),
    [
        ("unknown", "failed", "no_plan_found"),
        ("cancelled", "cancelled", "stopped_before_plan"),
        ("infeasible", "infeasible", None),
    ],
)
def test_an_answer_without_plans_says_why(status: str, state: str, code: str | None) -> None:
    outcome = solved(county(), {"schema": "result/1", "status": status})
    assert (outcome.state, outcome.code, outcome.plans) == (state, code, ())
    assert (outcome.result is not None) == (state == "infeasible")
