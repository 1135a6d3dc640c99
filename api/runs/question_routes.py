"""Routes of questions that take a run: why not, prices, core, what-ifs, mend; and of keeping a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Request, Response

from api.access.guard import Caller, allowed
from api.http.idempotency import Answer, IdempotencyKey, once
from api.runs import asking, scenarios, schemas
from api.runs import question_schemas as questions
from api.runs.accepted import accepted
from api.state import service_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

    from api.runs.asking import About
    from api.runs.schemas import Effort

router = APIRouter(tags=["questions"])

#: Beside 202: what was answered before is answered again, and nothing is queued.
_KEPT: dict[int | str, dict[str, Any]] = {
    200: {"model": schemas.RunView, "description": "The run that has answered this question before."}
}


@router.post("/plans/{plan_id}/why-not", status_code=202, response_model=schemas.RunView, responses=_KEPT)
def why_not(
    request: Request,
    plan_id: str,
    body: questions.WhyNotAsked,
    caller: Annotated[Caller, allowed("runs.start")],
    _key: IdempotencyKey = None,
) -> Response:
    """Ask why a cadre is not at a village, or a unit does not lead it: refused, or possible at a proven cost."""
    question = body.model_dump(mode="json", include={"cadre", "unit", "village", "role", "turning_points"})
    return _about_plan(request, caller, plan_id, "why_not", body, question)


@router.post("/plans/{plan_id}/prices", status_code=202, response_model=schemas.RunView, responses=_KEPT)
def prices(
    request: Request,
    plan_id: str,
    body: questions.PricesAsked,
    caller: Annotated[Caller, allowed("runs.start")],
    _key: IdempotencyKey = None,
) -> Response:
    """Ask what one more of each scarce thing and of each seat is worth, how far weights can move, which posts stay."""
    question = body.model_dump(mode="json", include={"weights", "terms", "posts"})
    return _about_plan(request, caller, plan_id, "prices", body, question)


@router.post("/plans/{plan_id}/core", status_code=202, response_model=schemas.RunView, responses=_KEPT)
def core(
    request: Request,
    plan_id: str,
    body: questions.CoreAsked,
    caller: Annotated[Caller, allowed("runs.start")],
    _key: IdempotencyKey = None,
) -> Response:
    """Ask which posts of a plan are firm: every plan nearly as good as the best of its run has them."""
    return _about_plan(request, caller, plan_id, "core", body, {"within": body.within})


@router.post("/plans/{plan_id}/mend", status_code=202, response_model=schemas.RunView, responses=_KEPT)
def mend(
    request: Request,
    plan_id: str,
    body: questions.MendAsked,
    caller: Annotated[Caller, allowed("runs.start")],
    _key: IdempotencyKey = None,
) -> Response:
    """Make a plan in force whole again around fixed edits, with the fewest changes."""
    about, question = asking.about_mending(service_of(request), caller, plan_id, body)
    return _ask(request, caller, body, "mend", about, question)


@router.post("/rounds/{round_id}/what-ifs", status_code=202, response_model=schemas.RunView, responses=_KEPT)
def what_ifs(
    request: Request,
    round_id: str,
    body: questions.WhatIfsAsked,
    caller: Annotated[Caller, allowed("runs.start")],
    _key: IdempotencyKey = None,
) -> Response:
    """Solve a round and named scenarios of it in one batch, each kept as soon as it is finished."""
    about, question = asking.about_scenarios(service_of(request), caller, round_id, body)
    return _ask(request, caller, body, "what_ifs", about, question)


@router.post("/runs/{run_id}/save", status_code=201, response_model=questions.Kept)
def save_scenario(
    request: Request,
    run_id: str,
    body: questions.ScenarioSaved,
    caller: Annotated[Caller, allowed("runs.save_scenario")],
    _key: IdempotencyKey = None,
) -> Response:
    """Keep a scenario's round, as the next revision of the round or as one of its own, with its best plan."""
    running = service_of(request)
    found = scenarios.found(running, caller, run_id, body.scenario)

    def act(connection: sa.Connection) -> Answer:
        kept = scenarios.keep(
            connection, caller, found, is_revision=body.to == "revision", reason=body.reason
        )
        location = request.app.url_path_for("get_round", round_id=kept["round"]["id"])
        return Answer(201, kept, {"Location": location})

    return once(request, caller, body.model_dump(mode="json"), act)


def _about_plan(
    request: Request, caller: Caller, plan_id: str, kind: str, body: Effort, question: Mapping[str, Any]
) -> Response:
    about, whole = asking.about_plan(service_of(request), caller, plan_id, kind, question)
    return _ask(request, caller, body, kind, about, whole)


def _ask(
    request: Request, caller: Caller, body: Effort, kind: str, about: About, question: Mapping[str, Any]
) -> Response:
    running = service_of(request)

    def act(connection: sa.Connection) -> Answer:
        run, is_kept = asking.ask(connection, caller, running, body, kind, about, question)
        return accepted(request, connection, run, 200 if is_kept else 202)

    return once(request, caller, body.model_dump(mode="json"), act)
