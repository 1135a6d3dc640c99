"""Server-sent events (HTML standard, 9.2): answers that go on, each piece an event, a comment or when to come again."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING, Any

import anyio
from fastapi.sse import format_sse_event
from starlette.responses import StreamingResponse

from api.storage.canonical import canonical_json

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.types import Message, Receive, Scope, Send

MEDIA_TYPE = "text/event-stream"
#: Seconds that a reader may leave a full pipe alone.
_PATIENCE = 30.0
#: Milliseconds after which a reader that was sent away comes again.
_AGAIN_MS = 2000

HEARTBEAT = format_sse_event(comment="alive")
COME_AGAIN = format_sse_event(retry=_AGAIN_MS)


def event(number: int, kind: str, data: Any) -> bytes:
    """Return an event; ``number`` is what its reader comes back with."""
    return format_sse_event(id=str(number), event=kind, data_str=canonical_json(data))


class EventStream(StreamingResponse):
    """An answer of events; its pieces are closed with it, and a reader that takes nothing is cut off."""

    media_type = MEDIA_TYPE

    def __init__(self, pieces: AsyncGenerator[bytes, None]) -> None:
        # Proxies that gather answers before they pass them on are told not to.
        super().__init__(pieces, headers={"X-Accel-Buffering": "no"})
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""

        async def send_in_time(message: Message) -> None:
            try:
                with anyio.fail_after(_PATIENCE):
                    await send(message)
            except TimeoutError:
                raise OSError("the reader takes nothing") from None  # as if it were gone

        async with aclosing(self._pieces):
            await super().__call__(scope, receive, send_in_time)
