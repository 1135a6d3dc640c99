"""Routes of access: who am I, principals, grants, keys, the audit trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request, Response

from api.access import principals, schemas
from api.access.guard import Caller, allowed, scope_for
from api.access.repository import audit as audit_rows
from api.access.repository import principals as principal_rows
from api.access.repository.principals import Grant
from api.access.roles import ACTIONS
from api.http import etags
from api.http.cursors import Cursor, PageSize
from api.http.idempotency import Answer, IdempotencyKey, once
from api.http.pages import Page
from api.state import service_of
from api.storage.session import reading, writing

if TYPE_CHECKING:
    import sqlalchemy as sa

router = APIRouter(tags=["access"])

_VIEW = "principal"


@router.get("/me", response_model=schemas.Me)
def me(request: Request, caller: Annotated[Caller, allowed("me.read")]) -> Response:
    """Say who the caller is and what it may do."""
    service = service_of(request)
    actions = [a for a in ACTIONS if scope_for(service, list(caller.grants), a) is not None]
    grants = [grant._asdict() for grant in caller.grants]
    who = {"id": caller.principal, "kind": caller.kind, "name": caller.name}
    return Answer(200, {**who, "grants": grants, "actions": actions}).response()


@router.get("/principals", response_model=schemas.Principals)
def list_principals(
    request: Request,
    caller: Annotated[Caller, allowed("principals.read")],
    limit: PageSize = 50,
    cursor: Cursor = "",
) -> Response:
    """List the principals, oldest first."""
    service = service_of(request)
    page = Page(request, caller, "principals", limit, cursor)
    with reading(service.database) as connection:
        found = principal_rows.page(connection, page.after or "", page.most)
    return page.response(found, lambda principal: principal._asdict())


@router.post("/principals", status_code=201, response_model=schemas.PrincipalView)
def create_principal(
    request: Request,
    body: schemas.NewPrincipal,
    caller: Annotated[Caller, allowed("principals.write")],
    _key: IdempotencyKey = None,
) -> Response:
    """Make a principal, with its grants."""

    def act(connection: sa.Connection) -> Answer:
        grants = _grants(body.grants)
        principal = principals.create(connection, caller.principal, body.kind, body.name, grants)
        return _shown(connection, principal.id, 201, {"Location": f"{request.url.path}/{principal.id}"})

    return once(request, caller, body.model_dump(mode="json"), act)


@router.get("/principals/{principal_id}", response_model=schemas.PrincipalView)
def get_principal(
    request: Request,
    principal_id: str,
    _caller: Annotated[Caller, allowed("principals.read")],
    _known: etags.IfNoneMatch = None,
) -> Response:
    """Show a principal with its grants and keys."""
    with reading(service_of(request).database) as connection:
        answer = _shown(connection, principal_id, 200)
    if etags.is_known(request, answer.headers["ETag"]):
        return Answer(304, headers=answer.headers).response()
    return answer.response()


@router.patch("/principals/{principal_id}", response_model=schemas.PrincipalView)
def change_principal(
    request: Request,
    principal_id: str,
    body: schemas.PrincipalChange,
    caller: Annotated[Caller, allowed("principals.write")],
    _match: etags.IfMatch = None,
) -> Response:
    """Shut a principal out, or let it in again; asks for ``If-Match``."""
    with writing(service_of(request).database) as connection:
        _require_match(request, connection, principal_id)
        principals.set_disabled(connection, caller.principal, principal_id, disabled=body.disabled)
        answer = _shown(connection, principal_id, 200)
    return answer.response()


@router.put("/principals/{principal_id}/grants", response_model=schemas.PrincipalView)
def put_grants(
    request: Request,
    principal_id: str,
    body: schemas.Grants,
    caller: Annotated[Caller, allowed("grants.write")],
    _match: etags.IfMatch = None,
) -> Response:
    """Give a principal these grants and no other; asks for ``If-Match``."""
    with writing(service_of(request).database) as connection:
        _require_match(request, connection, principal_id)
        principals.set_grants(connection, caller.principal, principal_id, _grants(body.grants))
        answer = _shown(connection, principal_id, 200)
    return answer.response()


@router.post("/principals/{principal_id}/keys", status_code=201, response_model=schemas.MadeKeyView)
def make_key(
    request: Request,
    principal_id: str,
    body: schemas.NewKey,
    caller: Annotated[Caller, allowed("keys.write")],
    _key: IdempotencyKey = None,
) -> Response:
    """Make a key; it is shown this once, and a repeated request does not show it again."""
    service = service_of(request)

    def act(connection: sa.Connection) -> Answer:
        principals.require(connection, principal_id, lock=True)
        days = body.days or service.settings.key_days
        made = principals.make_key(connection, service.secrets, caller.principal, principal_id, days)
        shown = {**principals.key_head(made.key), "key": made.text}
        return Answer(201, shown, hidden=frozenset({"key"}))

    return once(request, caller, body.model_dump(mode="json"), act)


@router.post("/keys/{key_id}/revoke", response_model=schemas.KeyHead)
def revoke_key(
    request: Request,
    key_id: str,
    caller: Annotated[Caller, allowed("keys.write")],
    _key: IdempotencyKey = None,
) -> Response:
    """Revoke a key at once, whatever else was changed meanwhile; doing it twice changes nothing."""

    def act(connection: sa.Connection) -> Answer:
        return Answer(200, principals.key_head(principals.revoke_key(connection, caller.principal, key_id)))

    return once(request, caller, None, act)


@router.get("/audit", response_model=schemas.AuditPage)
def list_audit(
    request: Request,
    caller: Annotated[Caller, allowed("audit.read")],
    limit: PageSize = 50,
    cursor: Cursor = "",
    actor: Annotated[str | None, Query(max_length=200)] = None,
    action: Annotated[str | None, Query(max_length=200)] = None,
    subject: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """List what was done, newest first; by actor, action and subject where these are given."""
    service = service_of(request)
    given = {"actor": actor, "action": action, "subject": subject}
    filters = {name: value for name, value in given.items() if value is not None}
    page = Page(request, caller, "audit", limit, cursor, filters=filters)
    with reading(service.database) as connection:
        found = audit_rows.page(connection, page.after, page.most, filters)
    return page.response(found, lambda entry: entry._asdict(), lambda entry: entry.seq)


def _grants(bodies: tuple[schemas.GrantBody, ...]) -> list[Grant]:
    return [Grant(body.role, body.scope_kind, body.scope) for body in bodies]


def _shown(
    connection: sa.Connection, principal_id: str, status: int, headers: dict[str, str] | None = None
) -> Answer:
    seen = principals.view(connection, principals.require(connection, principal_id))
    return Answer(status, seen, {"ETag": etags.tag(principals.version(seen), _VIEW), **(headers or {})})


def _require_match(request: Request, connection: sa.Connection, principal_id: str) -> None:
    """Refuse to change what was not read as it is; the principal is locked to the transaction's end."""
    principal = principals.require(connection, principal_id, lock=True)
    current = etags.tag(principals.version(principals.view(connection, principal)), _VIEW)
    etags.require_match(request, current)
