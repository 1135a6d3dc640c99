"""Routes of sessions: log in with a password, see, log out, here or everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Request, Response

from api.access import cookies, login_schemas, passwords, principals, sessions
from api.access.guard import Caller, allowed, opened
from api.access.identify import address_of
from api.http.idempotency import Answer
from api.problems import Refused
from api.state import Service, service_of
from api.storage.session import reading, writing

if TYPE_CHECKING:
    from api.access.repository.sessions import Session

router = APIRouter(tags=["sessions"])

#: In the API's document: asked for without a key.
WITHOUT_KEY: dict[str, Any] = {"security": []}


@router.post(
    "/session",
    status_code=201,
    response_model=login_schemas.SessionView,
    dependencies=[opened("session.begin")],
    openapi_extra=WITHOUT_KEY,
)
def log_in(request: Request, body: login_schemas.LogIn) -> Response:
    """Log in with name and password; the session is in a cookie, its token for changes in the answer."""
    service = service_of(request)
    cookies.require_own_origin(service, request, is_needed=False)
    person = passwords.checked(service, body.name, body.password, address_of(request))
    request.state.principal = person.id  # for the log
    with writing(service.database) as connection:
        was = cookies.session_cookie(service, request) or ""
        made = sessions.begin(service, connection, person.id, "password", was)
    principal = {"id": person.id, "kind": person.kind, "name": person.name}
    response = _shown(service, 201, made.session, made.text, principal).response()
    cookies.set_session_cookie(service, request, response, made.text)
    return response


@router.get("/session", response_model=login_schemas.SessionView)
def get_session(request: Request, caller: Annotated[Caller, allowed("session.read")]) -> Response:
    """Show the session of this cookie, and the token that its changes are sent with."""
    service = service_of(request)
    with reading(service.database) as connection:
        session = sessions.required(connection, caller.session)
    cookie = cookies.session_cookie(service, request) or ""
    principal = {"id": caller.principal, "kind": caller.kind, "name": caller.name}
    return _shown(service, 200, session, cookie, principal).response()


@router.delete("/session", status_code=204)
def log_out(request: Request, caller: Annotated[Caller, allowed("session.end")]) -> Response:
    """Log out: the session of this cookie is over at once."""
    if not caller.session:
        raise Refused("session_needed")
    return _end(request, caller, caller.session)


@router.get("/sessions", response_model=login_schemas.Sessions)
def list_sessions(request: Request, caller: Annotated[Caller, allowed("sessions.list")]) -> Response:
    """List one's own sessions, oldest first."""
    service = service_of(request)
    with reading(service.database) as connection:
        found = sessions.live(connection, service.settings, caller.principal)
    items = [sessions.view(service.settings, one, caller.session) for one in found]
    return Answer(200, {"items": items}).response()


@router.delete("/sessions", status_code=204)
def log_out_everywhere(request: Request, caller: Annotated[Caller, allowed("sessions.end")]) -> Response:
    """Log out everywhere: all of one's own sessions are over at once."""
    service = service_of(request)
    with writing(service.database) as connection:
        sessions.end_all(connection, caller.principal, "sessions.end", caller.principal)
    return _gone(request, is_here=True)


@router.delete("/sessions/{session_id}", status_code=204)
def end_session(
    request: Request, session_id: str, caller: Annotated[Caller, allowed("session.end")]
) -> Response:
    """End one of one's own sessions."""
    return _end(request, caller, session_id)


@router.delete("/principals/{principal_id}/sessions", status_code=204)
def end_sessions_of(
    request: Request, principal_id: str, caller: Annotated[Caller, allowed("sessions.end_of_others")]
) -> Response:
    """End all sessions of a principal."""
    with writing(service_of(request).database) as connection:
        principals.require(connection, principal_id, lock=True)
        sessions.end_all(connection, caller.principal, "sessions.end_of_others", principal_id)
    return _gone(request, is_here=caller.principal == principal_id)


def _end(request: Request, caller: Caller, session: str) -> Response:
    with writing(service_of(request).database) as connection:
        sessions.end(connection, caller.principal, session)
    return _gone(request, is_here=session == caller.session)


def _gone(request: Request, *, is_here: bool) -> Response:
    """Return the empty answer; where the session that asked is over, its cookie is taken away."""
    response = Answer(204).response()
    if is_here:
        cookies.clear_session_cookie(service_of(request), request, response)
    return response


def _shown(service: Service, status: int, session: Session, cookie: str, principal: dict[str, str]) -> Answer:
    seen = sessions.view(service.settings, session, session.id)
    token = cookies.csrf_token(service.secrets, cookie)
    return Answer(status, {**seen, "principal": principal, "csrf_token": token})
