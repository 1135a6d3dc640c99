"""Routes of plans: shown, checked, imported and edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from api.access.guard import Caller, allowed
from api.http import etags
from api.http.cursors import Cursor, PageSize
from api.http.idempotency import Answer, IdempotencyKey, once
from api.http.limits import JSON
from api.http.openapi import document_of
from api.http.pages import Page
from api.plans import repository, schemas, service
from api.plans.masking import masked_plan
from api.rounds import service as rounds
from api.rounds.uploads import Upload, received
from api.state import service_of
from api.storage.canonical import canonical_json
from api.storage.session import reading
from matcher.plan import Plan

if TYPE_CHECKING:
    import sqlalchemy as sa

router = APIRouter(tags=["plans"])

RevisionNumber = Annotated[int | None, Query(ge=1, le=2**31, description="The last one where not given.")]
CadreId = Annotated[str | None, Query(max_length=100, description="Whose post.")]
VillageId = Annotated[str | None, Query(max_length=100, description="Whose team.")]
#: Paths below the API's own that take uploads.
UPLOADS = ("/rounds/{round_id}/plans",)

_PLAN: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {JSON: {"schema": {"$ref": "#/components/schemas/Plan"}, "example": schemas.EXAMPLE_PLAN}},
    }
}


@router.get("/rounds/{round_id}/plans", response_model=schemas.Plans)
def list_plans(
    request: Request,
    round_id: str,
    caller: Annotated[Caller, allowed("plans.list")],
    limit: PageSize = 50,
    cursor: Cursor = "",
) -> Response:
    """List the plans of a round, newest first, without their documents."""
    page = Page(request, caller, "plans", limit, cursor, round=round_id)
    with reading(service_of(request).database) as connection:
        head = rounds.require(connection, caller, round_id)
        found = repository.page(connection, head, page.after, page.most)
    return page.response(found, service.head_document)


@router.post(
    "/rounds/{round_id}/plans", status_code=201, response_model=schemas.PlanHead, openapi_extra=_PLAN
)
def import_plan(
    request: Request,
    round_id: str,
    upload: Annotated[Upload, Depends(received("plans.import", (JSON,)))],
    revision: RevisionNumber = None,
    _key: IdempotencyKey = None,
) -> Response:
    """Store a plan that was made elsewhere, once the checker has counted it and found nothing against it."""
    running, caller = service_of(request), upload.caller
    with reading(running.database) as connection:
        head = rounds.require(connection, caller, round_id)
        found = rounds.require_revision(connection, head, revision)
    question = {"do": "import", "round": found.digest, "path": str(upload.file)}
    read = service.asked(running, {**question, "depth": running.settings.json_depth})

    def act(connection: sa.Connection) -> Answer:
        plan = service.store(connection, caller, (head, found), read["document"])
        return _made(request, plan)

    return once(request, caller, [upload.digest, revision], act)


@router.get("/plans/{plan_id}")
def get_plan(
    request: Request,
    plan_id: str,
    caller: Annotated[Caller, allowed("plans.read")],
    _known: etags.IfNoneMatch = None,
) -> Response:
    """Give a plan without what is sensitive; the look is put on record."""
    return _document(request, caller, plan_id, is_masked=True)


@router.get("/plans/{plan_id}/full", responses=document_of(Plan))
def get_full_plan(
    request: Request,
    plan_id: str,
    caller: Annotated[Caller, allowed("plans.read_sensitive")],
    _known: etags.IfNoneMatch = None,
) -> Response:
    """Give a plan as its ``plan/1`` document, reasons and certificate included; the look is put on record."""
    return _document(request, caller, plan_id, is_masked=False)


@router.post("/plans/{plan_id}/check", response_model=schemas.CheckReport)
def check_plan(request: Request, plan_id: str, caller: Annotated[Caller, allowed("plans.check")]) -> Response:
    """Count a plan anew and say all that speaks against it; of rules about sensitive facts not who breaks them."""
    return Answer(200, service.checked(service_of(request), caller, plan_id, is_masked=True)).response()


@router.post("/plans/{plan_id}/check/full", response_model=schemas.CheckReport)
def check_plan_fully(
    request: Request, plan_id: str, caller: Annotated[Caller, allowed("plans.check_sensitive")]
) -> Response:
    """Count a plan anew and say all that speaks against it, in the rules' own sentences."""
    return Answer(200, service.checked(service_of(request), caller, plan_id, is_masked=False)).response()


@router.post("/plans/{plan_id}/edit", response_model=schemas.Edited)
def edit_plan(
    request: Request,
    plan_id: str,
    body: schemas.PlanEdit,
    caller: Annotated[Caller, allowed("plans.edit")],
    _key: IdempotencyKey = None,
) -> Response:
    """Say at once what changed posts do to the score and what they break; with ``save``, store the changed plan."""
    return _edited(request, plan_id, body, caller, is_masked=True)


@router.post("/plans/{plan_id}/edit/full", response_model=schemas.Edited)
def edit_plan_fully(
    request: Request,
    plan_id: str,
    body: schemas.PlanEdit,
    caller: Annotated[Caller, allowed("plans.edit_sensitive")],
    _key: IdempotencyKey = None,
) -> Response:
    """Do the same, and say what is broken in the rules' own sentences, with who breaks it."""
    return _edited(request, plan_id, body, caller, is_masked=False)


@router.get("/plans/{plan_id}/diff/{other_id}", response_model=schemas.Difference)
def compare_plans(
    request: Request, plan_id: str, other_id: str, caller: Annotated[Caller, allowed("plans.compare")]
) -> Response:
    """Say what changes from this plan to the other: by post, team, unit and term, and in one sentence."""
    return Answer(200, service.compared(service_of(request), caller, plan_id, other_id)).response()


@router.get("/plans/{plan_id}/why")
def explain(
    request: Request,
    plan_id: str,
    caller: Annotated[Caller, allowed("plans.explain")],
    cadre: CadreId = None,
    village: VillageId = None,
) -> Response:
    """Say why a cadre holds a post, or why a village has its team, without what is sensitive."""
    about = _about(cadre, village)
    return Answer(
        200, service.explained(service_of(request), caller, plan_id, about, is_masked=True)
    ).response()


@router.get("/plans/{plan_id}/why/full")
def explain_fully(
    request: Request,
    plan_id: str,
    caller: Annotated[Caller, allowed("plans.explain_sensitive")],
    cadre: CadreId = None,
    village: VillageId = None,
) -> Response:
    """Say the same with all reasons, those of sensitive facts too."""
    about = _about(cadre, village)
    return Answer(
        200, service.explained(service_of(request), caller, plan_id, about, is_masked=False)
    ).response()


def _about(cadre: str | None, village: str | None) -> dict[str, str]:
    given = {"cadre": cadre, "village": village}
    return {name: value for name, value in given.items() if value is not None}


def _edited(
    request: Request, plan_id: str, body: schemas.PlanEdit, caller: Caller, *, is_masked: bool
) -> Response:
    running = service_of(request)
    with reading(running.database) as connection:
        found = service.require(connection, caller, plan_id)
        revision = rounds.require_revision(connection, found.round, found.head.revision)
    given = body.model_dump(mode="json")
    question = {"do": "edit", "round": found.round_digest, "plan": found.head.digest, "masked": is_masked}
    counted = service.asked(running, {**question, "changes": given, "save": body.save})
    document = counted.pop("saved", None)
    if document is None:
        service.record_look(running, caller, found)
        return Answer(200, {**counted, "plan": None}).response()

    def act(connection: sa.Connection) -> Answer:
        plan = service.store(
            connection, caller, (found.round, revision), document, parent=plan_id, reason=body.reason or ""
        )
        return Answer(200, {**counted, "plan": service.head_document(plan)})

    return once(request, caller, given, act)


def _document(request: Request, caller: Caller, plan_id: str, *, is_masked: bool) -> Response:
    running = service_of(request)
    with reading(running.database) as connection:
        found = service.require(connection, caller, plan_id)
        headers = {"ETag": etags.tag(found.head.digest, "masked" if is_masked else "full")}
        if etags.is_known(request, headers["ETag"]):
            return Answer(304, headers=headers).response()
        if is_masked:
            shown = running.views.get(
                found.head.digest,
                "masked plan",
                lambda: canonical_json(masked_plan(repository.document(connection, found.head))).encode(),
            )
        else:
            shown = repository.document_text(connection, found.head).encode()
    service.record_look(running, caller, found)
    return Response(shown, headers=headers, media_type=JSON)


def _made(request: Request, plan: repository.PlanHead) -> Answer:
    prefix = request.url.path.partition("/rounds/")[0]
    return Answer(201, service.head_document(plan), {"Location": f"{prefix}/plans/{plan.id}"})
