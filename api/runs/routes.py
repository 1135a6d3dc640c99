"""Routes of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request, Response

from api.access.guard import Caller, allowed
from api.http import etags
from api.http.cursors import Cursor, PageSize
from api.http.idempotency import Answer, IdempotencyKey, once
from api.http.pages import Page
from api.jobs.states import State
from api.runs import repository, schemas, service, starting
from api.runs.accepted import accepted
from api.state import service_of
from api.storage.session import reading

if TYPE_CHECKING:
    import sqlalchemy as sa

    from api.jobs.states import Asked

router = APIRouter(tags=["runs"])


@router.post("/rounds/{round_id}/runs", status_code=202, response_model=schemas.RunView)
def start_run(
    request: Request,
    round_id: str,
    body: schemas.NewRun,
    caller: Annotated[Caller, allowed("runs.start")],
    _key: IdempotencyKey = None,
) -> Response:
    """Queue a run of a round; it is followed at the address that ``Location`` names."""
    limits = service_of(request).settings

    def act(connection: sa.Connection) -> Answer:
        return accepted(request, connection, starting.start(connection, caller, limits, round_id, body))

    return once(request, caller, body.model_dump(mode="json"), act)


@router.post("/runs/{run_id}/rerun", status_code=202, response_model=schemas.RunView)
def rerun(
    request: Request,
    run_id: str,
    caller: Annotated[Caller, allowed("runs.start")],
    _key: IdempotencyKey = None,
) -> Response:
    """Queue a new run with the round and the settings of this one, from zero."""
    return _again(request, caller, run_id, is_repeat=False)


@router.post("/runs/{run_id}/repeat", status_code=202, response_model=schemas.RunView)
def repeat(
    request: Request,
    run_id: str,
    caller: Annotated[Caller, allowed("runs.start")],
    _key: IdempotencyKey = None,
) -> Response:
    """Queue a new run that repeats this one; its ``repeat`` tells whether the posts are equal, or why they need not be."""
    return _again(request, caller, run_id, is_repeat=True)


@router.post("/runs/{run_id}/stop", status_code=202, response_model=schemas.RunView)
def stop_run(
    request: Request,
    run_id: str,
    caller: Annotated[Caller, allowed("runs.stop")],
    _key: IdempotencyKey = None,
) -> Response:
    """Ask a run to end soon with the best plan that it has; one that still waits is cancelled."""
    return _asked(request, caller, run_id, "stop")


@router.post("/runs/{run_id}/cancel", status_code=202, response_model=schemas.RunView)
def cancel_run(
    request: Request,
    run_id: str,
    caller: Annotated[Caller, allowed("runs.cancel")],
    _key: IdempotencyKey = None,
) -> Response:
    """Ask a run to be dropped with what it has; one that still waits is cancelled at once."""
    return _asked(request, caller, run_id, "cancel")


@router.get("/runs", response_model=schemas.Runs)
def list_runs(
    request: Request,
    caller: Annotated[Caller, allowed("runs.read")],
    limit: PageSize = 50,
    cursor: Cursor = "",
    round_id: Annotated[str | None, Query(max_length=200)] = None,
    state: State | None = None,
) -> Response:
    """List the runs within the caller's scope, newest first; of one round and in one state where these are given."""
    given = {"round_id": round_id, "state": state}
    filters = {name: value for name, value in given.items() if value is not None}
    page = Page(request, caller, "runs", limit, cursor, filters=filters)
    with reading(service_of(request).database) as connection:
        found = repository.page(connection, caller.scope, page.after, page.most, filters)
    return page.response(found, service.head_document)


@router.get("/runs/{run_id}", response_model=schemas.RunView)
def get_run(
    request: Request,
    run_id: str,
    caller: Annotated[Caller, allowed("runs.read")],
    _known: etags.IfNoneMatch = None,
) -> Response:
    """Show a run as it stands."""
    running = service_of(request)
    with reading(running.database) as connection:
        run = service.require(connection, caller, run_id)
        position = service.position(connection, run)
        headers = {"ETag": service.tag_of(connection, run, position)}
        if etags.is_known(request, headers["ETag"]):
            return Answer(304, headers=headers).response()
        return Answer(200, service.view(connection, running.views, run, position), headers).response()


def _again(request: Request, caller: Caller, run_id: str, *, is_repeat: bool) -> Response:
    limits = service_of(request).settings

    def act(connection: sa.Connection) -> Answer:
        made = starting.again(connection, caller, limits, run_id, is_repeat=is_repeat)
        return accepted(request, connection, made)

    return once(request, caller, None, act)


def _asked(request: Request, caller: Caller, run_id: str, asked: Asked) -> Response:
    def act(connection: sa.Connection) -> Answer:
        return accepted(request, connection, service.ask(connection, caller, run_id, asked))

    return once(request, caller, None, act)
