"""How large a body may be, of what type, and how deep its JSON: looked at before anything is parsed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.routing import compile_path

from api.http.headers import request_id_of
from api.http.languages import language_of
from api.problems import Refused, problem_response

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

JSON = "application/json"
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_OPENING, _CLOSING = b"[{", b"]}"


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
        is_plain = scope["type"] != "http" or scope["method"] not in _WITH_BODY
        if is_plain or (scope["method"] == "POST" and self._is_upload(scope["path"])):
            await self._app(scope, receive, send)
            return
        try:
            body = await self._read(Headers(scope=scope), receive)
        except Refused as refused:
            asked = HTTPConnection(scope)
            response = problem_response(refused, language_of(asked), scope["path"], request_id_of(asked))
            await response(scope, receive, send)
            return
        await self._app(scope, _once(body, receive), send)

    def _is_upload(self, path: str) -> bool:
        return any(pattern.match(path) for pattern in self._uploads)

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
        refuse_deep(body, self._depth)
        return body


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


def refuse_deep(body: bytes, most: int) -> None:
    """Refuse JSON that is nested deeper than ``most``, without parsing it.

    Raises
    ------
    Refused
        With the code ``json_too_deep``.
    """
    depth = 0
    for byte in _STRING.sub(b"", body):
        depth += (byte in _OPENING) - (byte in _CLOSING)
        if depth > most:
            raise Refused("json_too_deep", most=most)


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
