"""Routes of rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import FileResponse

from api.access.guard import Caller, allowed
from api.access.masking import masked
from api.http import etags
from api.http.cursors import Cursor, PageSize
from api.http.idempotency import Answer, IdempotencyKey, once
from api.http.languages import language_of
from api.http.limits import JSON
from api.http.openapi import document_of
from api.http.pages import Page
from api.problems import Refused
from api.rounds import reading as readings
from api.rounds import repository, schemas, service
from api.rounds.uploads import FORM, WORKBOOK, Upload, received
from api.state import service_of
from api.storage.canonical import canonical_json
from api.storage.session import reading, writing
from matcher.round import Round

if TYPE_CHECKING:
    import sqlalchemy as sa

router = APIRouter(tags=["rounds"], prefix="/rounds")

#: Paths below the API's own that take uploads.
UPLOADS = ("/rounds", "/rounds/validate")

#: Numbers beyond this no database holds.
_MOST = 2**31

_BINARY = {"type": "string", "format": "binary"}
_UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": {"$ref": "#/components/schemas/Round"}, "example": schemas.EXAMPLE_ROUND},
            WORKBOOK: {"schema": _BINARY},
            FORM: {
                "schema": {"type": "object", "required": ["file"], "properties": {"file": _BINARY}},
            },
        },
    }
}
_MARKED: dict[int | str, dict[str, Any]] = {200: {"content": {WORKBOOK: {"schema": _BINARY}}}}
RevisionNumber = Annotated[int | None, Query(ge=1, le=_MOST, description="The last one where not given.")]


@router.post("", status_code=201, response_model=schemas.RoundView, openapi_extra=_UPLOAD)
def create_round(
    request: Request,
    upload: Annotated[Upload, Depends(received("rounds.create"))],
    reason: Annotated[str, Query(max_length=500)] = "",
    _key: IdempotencyKey = None,
) -> Response:
    """Store a round from a ``round/1`` document or a workbook; nothing is stored where anything is wrong."""
    read = readings.read(service_of(request), upload.file).required()
    service.require_scope(upload.caller, read)

    def act(connection: sa.Connection) -> Answer:
        head = service.create(connection, upload.caller, read, reason)
        headers = {"Location": f"{request.url.path}/{head.id}", "ETag": service.tag_of(head)}
        return Answer(201, service.view(connection, head), headers)

    return once(request, upload.caller, [upload.digest, upload.file.suffix, reason], act)


@router.post("/validate", response_model=schemas.Validated, responses=_MARKED, openapi_extra=_UPLOAD)
def validate_round(
    request: Request,
    upload: Annotated[Upload, Depends(received("rounds.validate"))],
    annotated: Annotated[
        bool, Query(description="Answer with the workbook itself, every problem marked at its cell.")
    ] = False,
) -> Response:
    """Say all that is wrong or odd, each with its place; nothing is stored."""
    if annotated and not upload.is_workbook:
        raise Refused("not_acceptable", allowed=JSON)
    # No upload is called so: names that begin with a dot are not kept.
    copy = upload.file.with_name(".annotated.xlsx") if annotated else None
    result = readings.read(service_of(request), upload.file, annotated=copy, language=language_of(request))
    if copy is not None:
        if not result.is_annotated:
            result.required()
            # A round all the same: what marks its cells does not understand some part that no cell is read from.
            raise Refused("not_acceptable", allowed=JSON)
        return FileResponse(copy, media_type=WORKBOOK, filename="annotated.xlsx")
    found = result.round
    document = {
        "valid": found is not None,
        "digest": found.digest if found else None,
        "counties": found.counties if found else [],
        "problems": result.problems,
        "warnings": found.warnings if found else [],
    }
    return Answer(200, document).response()


@router.get("", response_model=schemas.Rounds)
def list_rounds(
    request: Request,
    caller: Annotated[Caller, allowed("rounds.read")],
    limit: PageSize = 50,
    cursor: Cursor = "",
) -> Response:
    """List the rounds within the caller's scope, newest first."""
    page = Page(request, caller, "rounds", limit, cursor)
    with reading(service_of(request).database) as connection:
        found = repository.page(connection, caller.scope, page.after, page.most)
        counties = repository.counties_of(connection, [head.id for head in found])
    return page.response(found, lambda head: service.head_document(head, counties[head.id]))


@router.get("/{round_id}", response_model=schemas.RoundView)
def get_round(
    request: Request,
    round_id: str,
    caller: Annotated[Caller, allowed("rounds.read")],
    _known: etags.IfNoneMatch = None,
) -> Response:
    """Show a round and its last revision, without its document."""
    with reading(service_of(request).database) as connection:
        head = service.require(connection, caller, round_id)
        headers = {"ETag": service.tag_of(head)}
        if etags.is_known(request, headers["ETag"]):
            return Answer(304, headers=headers).response()
        return Answer(200, service.view(connection, head), headers).response()


@router.get("/{round_id}/document")
def get_document(
    request: Request,
    round_id: str,
    caller: Annotated[Caller, allowed("rounds.read_document")],
    revision: RevisionNumber = None,
    _known: etags.IfNoneMatch = None,
) -> Response:
    """Give the document of a revision without its sensitive fields; the look is put on record."""
    return _document(request, caller, round_id, revision, is_masked=True)


@router.get("/{round_id}/document/full", responses=document_of(Round))
def get_full_document(
    request: Request,
    round_id: str,
    caller: Annotated[Caller, allowed("rounds.read_sensitive")],
    revision: RevisionNumber = None,
    _known: etags.IfNoneMatch = None,
) -> Response:
    """Give the whole ``round/1`` document of a revision; the look is put on record."""
    return _document(request, caller, round_id, revision, is_masked=False)


@router.get("/{round_id}/revisions", response_model=schemas.Revisions)
def list_revisions(
    request: Request,
    round_id: str,
    caller: Annotated[Caller, allowed("rounds.read")],
    limit: PageSize = 50,
    cursor: Cursor = "",
) -> Response:
    """List the revisions of a round, newest first."""
    page = Page(request, caller, "revisions", limit, cursor, round=round_id)
    with reading(service_of(request).database) as connection:
        head = service.require(connection, caller, round_id)
        found = repository.revisions_of(connection, head, page.after, page.most)
    return page.response(found, service.revision_head, lambda one: one.number)


@router.get("/{round_id}/revisions/{number}", response_model=schemas.RevisionView)
def get_revision(
    request: Request,
    round_id: str,
    number: Annotated[int, Path(ge=1, le=_MOST)],
    caller: Annotated[Caller, allowed("rounds.read")],
    _known: etags.IfNoneMatch = None,
) -> Response:
    """Show a revision: what it comes from, why, and the edits that made it."""
    with reading(service_of(request).database) as connection:
        head = service.require(connection, caller, round_id)
        found = service.require_revision(connection, head, number)
    headers = {"ETag": etags.tag(found.digest, "revision")}
    if etags.is_known(request, headers["ETag"]):
        return Answer(304, headers=headers).response()
    return Answer(200, service.revision_view(found), headers).response()


@router.patch("/{round_id}", response_model=schemas.RoundView)
def edit_round(
    request: Request,
    round_id: str,
    body: schemas.RoundEdits,
    caller: Annotated[Caller, allowed("rounds.edit")],
    _match: etags.IfMatch = None,
) -> Response:
    """Make a new revision by edits, with a reason; asks for ``If-Match``."""
    database = service_of(request).database
    with reading(database) as connection:
        seen = service.require(connection, caller, round_id)
        etags.require_match(request, service.tag_of(seen))
        document = repository.document(connection, seen.revision)
    edits = [edit.model_dump(mode="json") for edit in body.edits]
    read = readings.edit(service_of(request), document, edits).required()
    service.require_scope(caller, read)
    with writing(database) as connection:
        head = service.revise(connection, caller, seen, read, edits, body.reason)
        answer = Answer(200, service.view(connection, head), {"ETag": service.tag_of(head)})
    return answer.response()


@router.delete("/{round_id}", status_code=204)
def delete_round(
    request: Request,
    round_id: str,
    caller: Annotated[Caller, allowed("rounds.delete")],
    _match: etags.IfMatch = None,
) -> Response:
    """Take a round out of sight and cancel its runs; it is kept until its time is over. Asks for ``If-Match``."""
    with writing(service_of(request).database) as connection:
        head = service.require(connection, caller, round_id, lock=True)
        etags.require_match(request, service.tag_of(head))
        service.delete(connection, caller, head, service_of(request).settings.retain_days)
    return Response(status_code=204)


def _document(
    request: Request, caller: Caller, round_id: str, number: int | None, *, is_masked: bool
) -> Response:
    running = service_of(request)
    with reading(running.database) as connection:
        head = service.require(connection, caller, round_id)
        revision = service.require_revision(connection, head, number)
        headers = {"ETag": etags.tag(revision.digest, "masked" if is_masked else "full")}
        if etags.is_known(request, headers["ETag"]):
            return Answer(304, headers=headers).response()
        if is_masked:
            shown = running.views.get(
                revision.digest,
                "masked round",
                lambda: canonical_json(masked(repository.document(connection, revision))).encode(),
            )
        else:
            shown = repository.document_text(connection, revision).encode()
        look = service.look(connection, caller, head, revision)
    running.looks.record(look)
    return Response(shown, headers=headers, media_type=JSON)
