"""Routes of publications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Request, Response

from api.access.guard import Caller, allowed
from api.http import etags
from api.http.cursors import Cursor, PageSize
from api.http.idempotency import Answer, IdempotencyKey, once
from api.http.languages import language_of
from api.http.pages import Page
from api.problems import Refused
from api.publishing import repository, schemas, service
from api.rounds import service as rounds
from api.state import service_of
from api.storage.session import reading

if TYPE_CHECKING:
    import sqlalchemy as sa

router = APIRouter(tags=["publications"])


@router.get("/rounds/{round_id}/publications", response_model=schemas.Publications)
def list_publications(
    request: Request,
    round_id: str,
    caller: Annotated[Caller, allowed("publications.read")],
    limit: PageSize = 50,
    cursor: Cursor = "",
) -> Response:
    """List what was proposed and published of a round, newest first."""
    page = Page(request, caller, "publications", limit, cursor, round=round_id)
    with reading(service_of(request).database) as connection:
        head = rounds.require(connection, caller, round_id)
        found = repository.page(connection, head, page.after, page.most)
    return page.response(found, service.document)


@router.post("/plans/{plan_id}/publications", status_code=201, response_model=schemas.PublicationView)
def propose(
    request: Request,
    plan_id: str,
    caller: Annotated[Caller, allowed("publications.propose")],
    _key: IdempotencyKey = None,
) -> Response:
    """Propose a plan to be published; one that the checker does not pass can't be, and a partial one never."""
    found, _ = service.noticed(service_of(request), caller, plan_id)

    def act(connection: sa.Connection) -> Answer:
        made = service.propose(connection, caller, found)
        prefix = request.url.path.partition("/plans/")[0]
        headers = {"Location": f"{prefix}/publications/{made.id}", "ETag": service.tag_of(made)}
        return Answer(201, service.document(made), headers)

    return once(request, caller, {}, act)


@router.get("/publications/{publication_id}", response_model=schemas.PublicationView)
def get_publication(
    request: Request,
    publication_id: str,
    caller: Annotated[Caller, allowed("publications.read")],
    _known: etags.IfNoneMatch = None,
) -> Response:
    """Show a publication."""
    with reading(service_of(request).database) as connection:
        made, _ = service.require(connection, caller, publication_id)
    headers = {"ETag": service.tag_of(made)}
    if etags.is_known(request, headers["ETag"]):
        return Answer(304, headers=headers).response()
    return Answer(200, service.document(made), headers).response()


@router.get("/publications/{publication_id}/notice", response_model=schemas.NoticeView)
def get_notice(
    request: Request, publication_id: str, caller: Annotated[Caller, allowed("publications.read")]
) -> Response:
    """Give the public notice as it was when the plan was published."""
    with reading(service_of(request).database) as connection:
        made, _ = service.require(connection, caller, publication_id)
        if made.notice_digest is None:
            raise Refused("not_found")
        notice = repository.notice(connection, made.notice_digest)
    return Answer(200, notice[language_of(request)]).response()


@router.post("/publications/{publication_id}/approve", response_model=schemas.PublicationView)
def approve(
    request: Request,
    publication_id: str,
    caller: Annotated[Caller, allowed("publications.approve")],
    _key: IdempotencyKey = None,
    _match: etags.IfMatch = None,
) -> Response:
    """Publish what somebody else proposed, in the place of what was published before. Asks for ``If-Match``."""
    running = service_of(request)
    with reading(running.database) as connection:
        seen, _ = service.require(connection, caller, publication_id)
    _, notice = service.noticed(running, caller, seen.plan_id)

    def act(connection: sa.Connection) -> Answer:
        made, head = service.require(connection, caller, publication_id, lock=True)
        etags.require_match(request, service.tag_of(made))
        published = service.approve(connection, caller, made, head, notice)
        return Answer(200, service.document(published), {"ETag": service.tag_of(published)})

    return once(request, caller, {}, act)


@router.post("/publications/{publication_id}/rollback", response_model=schemas.PublicationView)
def roll_back(
    request: Request,
    publication_id: str,
    body: schemas.RollBack,
    caller: Annotated[Caller, allowed("publications.roll_back")],
    _key: IdempotencyKey = None,
    _match: etags.IfMatch = None,
) -> Response:
    """Take back a proposal or a publication; what it took the place of is published again. Asks for ``If-Match``."""

    def act(connection: sa.Connection) -> Answer:
        made, head = service.require(connection, caller, publication_id, lock=True)
        etags.require_match(request, service.tag_of(made))
        taken_back = service.roll_back(connection, caller, made, head, body.reason)
        return Answer(200, service.document(taken_back), {"ETag": service.tag_of(taken_back)})

    return once(request, caller, body.model_dump(mode="json"), act)
