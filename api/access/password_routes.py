"""Routes of passwords: changed by their owners, reset by administrators, set with a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Request, Response

from api.access import cookies, login_schemas, passwords
from api.access.guard import Caller, allowed, opened
from api.access.identify import address_of
from api.access.repository.principals import Principal
from api.access.session_routes import WITHOUT_KEY
from api.http.idempotency import Answer, IdempotencyKey, once
from api.state import service_of

if TYPE_CHECKING:
    import sqlalchemy as sa

router = APIRouter(tags=["passwords"])


@router.put("/me/password", status_code=204)
def change_password(
    request: Request,
    body: login_schemas.PasswordChange,
    caller: Annotated[Caller, allowed("password.change")],
) -> Response:
    """Change one's own password; all other sessions of one's own end."""
    person = Principal(caller.principal, caller.kind, caller.name, False)
    passwords.change(
        service_of(request),
        person,
        body.current,
        body.new,
        address=address_of(request),
        session=caller.session,
    )
    return Answer(204).response()


@router.post(
    "/principals/{principal_id}/password", status_code=201, response_model=login_schemas.MadePasswordCode
)
def reset_password(
    request: Request,
    principal_id: str,
    body: login_schemas.PasswordReset,
    caller: Annotated[Caller, allowed("passwords.reset")],
    _key: IdempotencyKey = None,
) -> Response:
    """Take a person's password and sessions away, and make a code to set a new one with; it is shown this once."""
    service = service_of(request)

    def act(connection: sa.Connection) -> Answer:
        hours = body.hours or service.settings.code_hours
        made = passwords.reset(connection, service.secrets, caller.principal, principal_id, hours)
        shown = {"principal_id": principal_id, "expires_at": made.code.expires_at, "code": made.text}
        return Answer(201, shown, hidden=frozenset({"code"}))

    return once(request, caller, body.model_dump(mode="json"), act)


@router.post(
    "/password", status_code=204, dependencies=[opened("password.redeem")], openapi_extra=WITHOUT_KEY
)
def set_password(request: Request, body: login_schemas.PasswordSetting) -> Response:
    """Set a password with the code that an administrator gave out; it is good once."""
    service = service_of(request)
    cookies.require_own_origin(service, request, is_needed=False)
    passwords.redeem(service, body.name, body.code, body.password, address_of(request))
    return Answer(204).response()
