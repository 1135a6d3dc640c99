"""The cookie of a session, and what tells a page of ours from another site's: the origin, and a token of the session."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Final

from api.problems import Refused

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection, Request
    from starlette.responses import Response

    from api.access.secrets import Secrets
    from api.state import Service

#: A browser takes ``__Host-`` only from https, for all paths and for this host alone.
PLAIN: Final = "matcher_session"
SECURE: Final = "__Host-matcher_session"
TOKEN_HEADER: Final = "X-CSRF-Token"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_PURPOSE: Final = "csrf tokens"


def is_secure(service: Service, request: HTTPConnection) -> bool:
    """Return whether browsers come by https: to the address that is set, else to the one that was asked."""
    public = service.settings.public_url
    return public.startswith("https://") if public else request.url.scheme == "https"


def session_cookie(service: Service, request: HTTPConnection) -> str | None:
    """Return what the cookie of a session says; over https only the name counts that another host can't set."""
    return request.cookies.get(SECURE if is_secure(service, request) else PLAIN)


def set_session_cookie(service: Service, request: Request, response: Response, text: str) -> None:
    """Let the browser keep a session: out of scripts' reach, and not sent along by other sites' forms."""
    secure = is_secure(service, request)
    seconds = service.settings.session_hours * 3600
    response.set_cookie(
        SECURE if secure else PLAIN,
        text,
        max_age=seconds,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def clear_session_cookie(service: Service, request: Request, response: Response) -> None:
    """Let the browser forget its session."""
    secure = is_secure(service, request)
    response.delete_cookie(
        SECURE if secure else PLAIN, path="/", secure=secure, httponly=True, samesite="lax"
    )


def csrf_token(secrets: Secrets, cookie: str) -> str:
    """Return the token of a session: only who sees our answers knows it, and it is good for this session alone."""
    return secrets.mac(_PURPOSE, cookie)


def require_own_page(service: Service, request: Request, cookie: str) -> None:
    """Refuse a change that another site may have let the browser ask for.

    Raises
    ------
    Refused
        With the code ``origin_foreign`` or ``csrf_token``.
    """
    if request.method in _SAFE:
        return
    require_own_origin(service, request, is_needed=True)
    given = request.headers.get(TOKEN_HEADER, "")
    if not hmac.compare_digest(given.encode(), csrf_token(service.secrets, cookie).encode()):
        raise Refused("csrf_token")


def require_own_origin(service: Service, request: Request, *, is_needed: bool) -> None:
    """Refuse a request from a page of another site.

    Parameters
    ----------
    is_needed
        False where a program, which names no origin, may ask as well.

    Raises
    ------
    Refused
        With the code ``origin_foreign``.
    """
    given = request.headers.get("origin")
    if given is None and not is_needed:
        return
    own = service.settings.public_url or f"{request.url.scheme}://{request.headers.get('host', '')}"
    if given != own:
        raise Refused("origin_foreign", origin=own)
