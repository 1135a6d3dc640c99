"""The outermost layer: a name for each request, headers of every answer, one line in the log, and no error let out."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, HTTPConnection

from api.http.languages import language_of
from api.problems import Refused, problem_response
from api.storage.identifiers import new_identifier
from api.watch import metrics, traces
from api.watch.logging import where

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_ID = "X-Request-ID"
_TAKEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
_SERVER_ERROR = 500
#: For the log alone: nobody is there to be answered.
_CLIENT_GONE = 499

#: No page is ever shown from here, so a browser is told to do nothing with what it gets.
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
#: Where browsers come by https, they are to come by nothing else.
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}

_log = structlog.get_logger()


class Edge:
    """The layer itself; answers carry no CORS header, so no other site's page can read them.

    Parameters
    ----------
    is_https
        Whether browsers come by https, as is set.
    """

    def __init__(self, app: ASGIApp, *, is_https: bool = False) -> None:
        self._app = app
        self._security = {**SECURITY, **(HTTPS_ONLY if is_https else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope))
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        begun, began_at, status = time.monotonic(), traces.now(), 0

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers[REQUEST_ID] = request_id
                for name, value in self._security.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except ClientDisconnect:
            status = _CLIENT_GONE
        except Exception as error:
            _log.error("unexpected error", **where(error))
            if status:
                # Half an answer is out: only cutting it off tells the client.
                raise ConnectionError("an answer broke off") from None
            await self._unexpected(scope, receive, sent, request_id)
        finally:
            _record(scope, status, time.monotonic() - begun, began_at)

    async def _unexpected(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        response = problem_response(
            Refused("unexpected"), language_of(HTTPConnection(scope)), scope["path"], request_id
        )
        await response(scope, receive, send)


def request_id_of(connection: HTTPConnection) -> str:
    """Return what the log calls this request."""
    name: str = connection.state.request_id
    return name


def _request_id(headers: Headers) -> str:
    """Return the caller's name for the request where it is a decent one, else a new one."""
    given = headers.get(REQUEST_ID, "")
    return given if _TAKEN.fullmatch(given) else new_identifier()


def _record(scope: Scope, status: int, seconds: float, began_at: int) -> None:
    """Count it, trace it, and log one line: the route's pattern rather than the path, and no query, where anything might stand."""
    route = getattr(scope.get("route"), "path", "")
    metrics.observe(scope["method"], route, status, seconds)
    method = metrics.shown_method(scope["method"])
    traces.request(method, route, status, began_at, Headers(scope=scope), scope["state"]["request_id"])
    facts: dict[str, Any] = {
        "method": scope["method"],
        "route": route,
        "status": status,
        "milliseconds": round(seconds * 1000),
        "principal": scope["state"].get("principal", ""),
    }
    log = _log.warning if status >= _SERVER_ERROR or status == 0 else _log.info
    log("request", **facts)
