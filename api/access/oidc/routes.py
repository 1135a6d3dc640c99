"""Routes of single sign-on: to the provider, back from it, and who is who."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.access import audit, cookies, login_schemas, sessions
from api.access.guard import Caller, allowed, opened
from api.access.identify import address_of
from api.access.oidc import flow
from api.access.session_routes import WITHOUT_KEY
from api.http.idempotency import Answer
from api.problems import Refused
from api.state import Service, service_of
from api.storage.session import writing

router = APIRouter(tags=["sessions"])

_COOKIE: Final = "matcher_oidc"
_PATH: Final = "/api/v1/session/oidc"
_SEE_OTHER: Final = 303
_SERVER_ERROR: Final = 500
Given = Annotated[str, Query(max_length=4000)]


@router.get(
    "/session/oidc/start",
    status_code=_SEE_OTHER,
    response_class=Response,
    dependencies=[opened("oidc.begin")],
    openapi_extra=WITHOUT_KEY,
)
def start(request: Request) -> Response:
    """Send the browser to the provider of single sign-on."""
    service = service_of(request)
    flow.required(service)
    service.rates.log_in(address_of(request))
    question = flow.ask(service)
    response = RedirectResponse(question.url, _SEE_OTHER)
    response.set_cookie(
        _COOKIE, question.browser, max_age=flow.PATIENCE, path=_PATH,
        secure=cookies.is_secure(service, request), httponly=True, samesite="lax",
    )  # fmt: skip
    return response


@router.get(
    "/session/oidc/callback",
    status_code=_SEE_OTHER,
    response_class=Response,
    dependencies=[opened("oidc.begin")],
    openapi_extra=WITHOUT_KEY,
)
def callback(
    request: Request, state: Given = "", code: Given = "", error: Given = "", iss: Given = ""
) -> Response:
    """Take the browser back, and log in whom the provider vouches for."""
    service = service_of(request)
    flow.required(service)
    service.rates.log_in(address_of(request))
    try:
        text = _logged_in(service, request, state, code, error, iss)
    except Refused as refused:
        if refused.status < _SERVER_ERROR:
            _deny(service, refused.code)
        raise
    response = RedirectResponse(f"{service.settings.public_url}{service.settings.landing_path}", _SEE_OTHER)
    cookies.set_session_cookie(service, request, response, text)
    response.delete_cookie(_COOKIE, path=_PATH)
    return response


@router.put("/principals/{principal_id}/identity", status_code=204)
def link(
    request: Request,
    principal_id: str,
    body: login_schemas.Identity,
    caller: Annotated[Caller, allowed("identities.write")],
) -> Response:
    """Let a subject of the provider of single sign-on be this principal, and nobody else."""
    service = service_of(request)
    with writing(service.database) as connection:
        flow.link(service, connection, caller.principal, principal_id, body.subject)
    return Answer(204).response()


def _logged_in(service: Service, request: Request, state: str, code: str, error: str, iss: str) -> str:
    """Return what the cookie of the new session says."""
    provider, browser = flow.required(service), request.cookies.get(_COOKIE, "")
    if error or not code:
        flow.take_state(service, browser, state)
        raise Refused("oidc_denied", error=error if error.replace("_", "").isalnum() else "error")
    # Of several providers one could answer in another's place (RFC 9207).
    if iss and iss.rstrip("/") != provider.issuer:
        raise Refused("oidc_token", reason="iss")
    person = flow.person(service, flow.answered(service, browser, state, code))
    request.state.principal = person.id  # for the log
    with writing(service.database) as connection:
        was = cookies.session_cookie(service, request) or ""
        return sessions.begin(service, connection, person.id, "oidc", was).text


def _deny(service: Service, code: str) -> None:
    with writing(service.database) as connection:
        audit.append(connection, "anonymous", "session.begin", outcome="denied", method="oidc", code=code)
