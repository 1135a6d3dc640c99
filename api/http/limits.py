"""How large a body may be, of what type, and whether it is JSON: looked at before a route sees anything of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.routing import compile_path

from api.http import strict_json
from api.http.headers import request_id_of
from api.http.languages import language_of
from api.problems import Refused, problem_response

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

JSON = "application/json"
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


class BodyLimits:
    """Reads bodies up to their limit; those of ``uploads`` are only counted, for their routes read them in pieces.

    Parameters
    ----------
    most
        Bytes of an ordinary body, which is JSON.
    depth
        How deep its lists and maps may be nested.
    uploads
        Paths, as routes write them, whose POST brings a round or a plan.
    """

    def __init__(self, app: ASGIApp, most: int, depth: int, uploads: Collection[str]) -> None:
        self._app = app
        self._most = most
        self._depth = depth
        self._uploads = [compile_path(path)[0] for path in uploads]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            _refuse_zero(scope)
            if scope["method"] in _WITH_BODY and not self._is_upload(scope):
                receive = _once(await self._read(Headers(scope=scope), receive), receive)
        except Refused as refused:
            asked = HTTPConnection(scope)
            response = problem_response(refused, language_of(asked), scope["path"], request_id_of(asked))
            await response(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_upload(self, scope: Scope) -> bool:
        return scope["method"] == "POST" and any(pattern.match(scope["path"]) for pattern in self._uploads)

    async def _read(self, headers: Headers, receive: Receive) -> bytes:
        refuse_declared(headers, self._most)
        chunks, size, more = [], 0, True
        while more:
            message = await receive()
            chunk = message.get("body", b"")
            size += len(chunk)
            if size > self._most:
                raise too_large(self._most)
            chunks.append(chunk)
            more = message["type"] == "http.request" and message.get("more_body", False)
        body = b"".join(chunks)
        if body and media_type(headers) != JSON:
            raise Refused("body_type", allowed=JSON)
        if body:
            strict_json.read(body, self._depth)
        return body


def _refuse_zero(scope: Scope) -> None:
    """Refuse an address with a zero character in it, which no PostgreSQL text may hold."""
    if "\x00" in scope["path"]:
        raise Refused("not_found")
    if b"%00" in scope["query_string"] or b"\x00" in scope["query_string"]:
        raise Refused("bad_text")


def refuse_declared(headers: Headers, most: int) -> None:
    """Refuse a body that says itself that it is too large, before it is read.

    Raises
    ------
    Refused
        With the code ``body_too_large``.
    """
    length = headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        raise too_large(most)


def too_large(most: int) -> Refused:
    """Return the refusal of a body over its limit; what is still to come of it is not read."""
    return Refused("body_too_large", headers={"Connection": "close"}, most=most)


def media_type(headers: Headers) -> str:
    """Return the body's type without its parameters."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _once(body: bytes, receive: Receive) -> Receive:
    """Return a receiver that gives ``body``, then whatever else comes (that the client is gone)."""
    given = False

    async def receiver() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiver
