"""Routes of what runs say and what came of them: events, answers, plans."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response

from api.access.guard import Caller, allowed
from api.http import etags
from api.http.cursors import Cursor, PageSize
from api.http.events import MEDIA_TYPE
from api.http.idempotency import Answer
from api.http.limits import JSON
from api.http.openapi import document_of
from api.http.pages import Page
from api.jobs.states import ENDED
from api.problems import Refused
from api.runs import repository, schemas, service
from api.runs.following import Following
from api.runs.masking import masked_answer
from api.state import service_of
from api.storage.canonical import canonical_json
from api.storage.session import reading
from matcher.result import Result

router = APIRouter(tags=["runs"], prefix="/runs")

_STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}},
    204: {"description": "There is no event after the last one that the reader had; it need not come again."},
}


@router.get("/{run_id}/events", response_model=schemas.RunEvents, responses=_STREAM)
def get_events(
    request: Request,
    run_id: str,
    caller: Annotated[Caller, allowed("runs.read")],
    limit: PageSize = 50,
    cursor: Cursor = "",
    after: Annotated[
        str, Query(max_length=20, description="The number of the event that came last; 0 to begin.")
    ] = "",
    last_event_id: Annotated[
        str, Header(max_length=20, description="As ``after``, sent by browsers that come back.")
    ] = "",
) -> Response:
    """Tell what happens to a run: as ``text/event-stream`` to its end where ``Accept`` asks for it, else as a page."""
    shared = service_of(request)
    page = Page(request, caller, "events", limit, cursor, run=run_id)
    with reading(shared.database) as connection:
        run = service.require(connection, caller, run_id)
        begin = page.after
        if begin is None:
            begin = _number(last_event_id or after or "0", run.event_seq)
        if MEDIA_TYPE in request.headers.get("accept", ""):
            if run.state in ENDED and begin == run.event_seq and last_event_id:
                # A browser that comes back after the end is told so, and does not come again.
                return Response(status_code=204)
            return Following(request, run, begin).response()
        found = repository.events(connection, run.id, begin, page.most)
    return page.response(found, service.event_document, lambda event: event.seq)


@router.get("/{run_id}/result")
def get_result(
    request: Request,
    run_id: str,
    caller: Annotated[Caller, allowed("runs.read_result")],
    _known: etags.IfNoneMatch = None,
) -> Response:
    """Give the answer of a run without what is sensitive and without sentences; the look is put on record."""
    return _result(request, caller, run_id, is_masked=True)


@router.get("/{run_id}/result/full", responses=document_of(Result))
def get_full_result(
    request: Request,
    run_id: str,
    caller: Annotated[Caller, allowed("runs.read_sensitive")],
    _known: etags.IfNoneMatch = None,
) -> Response:
    """Give the whole document that a run answered, a ``result/1`` for a solve; the look is put on record."""
    return _result(request, caller, run_id, is_masked=False)


@router.get("/{run_id}/plans", response_model=schemas.RunPlans)
def list_plans(request: Request, run_id: str, caller: Annotated[Caller, allowed("runs.read")]) -> Response:
    """List the plans that a run found, best first, without their documents."""
    with reading(service_of(request).database) as connection:
        run = service.require(connection, caller, run_id)
        found = repository.plan_heads(connection, run.id)
    return Answer(200, {"items": [service.plan_head(plan) for plan in found]}).response()


def _result(request: Request, caller: Caller, run_id: str, *, is_masked: bool) -> Response:
    running = service_of(request)
    with reading(running.database) as connection:
        run = service.require(connection, caller, run_id)
        digest = service.require_result(run)
        headers = {"ETag": etags.tag(digest, "masked" if is_masked else "full")}
        if etags.is_known(request, headers["ETag"]):
            return Answer(304, headers=headers).response()
        if is_masked:
            shown = running.views.get(
                digest,
                "masked result",
                lambda: canonical_json(masked_answer(repository.document(connection, digest))).encode(),
            )
        else:
            shown = repository.document_text(connection, digest).encode()
        look = service.act(connection, caller, run)
    running.looks.record(look)
    return Response(shown, headers=headers, media_type=JSON)


def _number(given: str, last: int) -> int:
    """Return the number of an event.

    Raises
    ------
    Refused
        With the code ``bad_event_number``.
    """
    if not (given.isascii() and given.isdigit() and int(given) <= last):
        raise Refused("bad_event_number", last=last)
    return int(given)
