"""HEAD, answered as GET would be but without the body (RFC 9110, 9.3.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio
from starlette.datastructures import Headers

from api.http.events import MEDIA_TYPE as EVENTS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_END: Message = {"type": "http.response.body", "body": b"", "more_body": False}


class Head:
    """Lets the routes see a GET, and keeps what they say back; a stream of events is over once it has begun."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        as_get = {**scope, "method": "GET"}
        with anyio.CancelScope() as stream:

            async def sent(message: Message) -> None:
                if message["type"] == "http.response.start":
                    await send(message)
                    if Headers(raw=message["headers"]).get("content-type", "").startswith(EVENTS):
                        await send(_END)
                        stream.cancel()
                elif not message.get("more_body", False):
                    await send(_END)

            try:
                await self._app(as_get, receive, sent)
            finally:
                # The layers around it count by route, which is found only now.
                scope["route"] = as_get.get("route")
