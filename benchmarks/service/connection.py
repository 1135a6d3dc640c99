"""A lean HTTP client: one connection that is kept, one request at a time; what it costs itself must not matter.

It understands what this service sends: answers with a length, and streams in chunks.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_END = b"\r\n\r\n"
_LENGTH, _TAG = b"\r\ncontent-length: ", b"\r\netag: "


class Answer(NamedTuple):
    """What came back: its status, its entity tag (blank without one), and how many bytes."""

    status: int
    tag: bytes
    size: int


class Connection:
    """A connection of somebody with a key; it is opened when it is first needed, and again after a failure.

    Parameters
    ----------
    host, port
        Where the service listens.
    key
        What opens it.
    """

    def __init__(self, host: str, port: int, key: str) -> None:
        self._address = (host, port)
        self._headers = f" HTTP/1.1\r\nHost: {host}:{port}\r\nAuthorization: Bearer {key}\r\n".encode()
        self._pipes: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, known: bytes = b"") -> Answer:
        """Ask for something, and read all of the answer; ``known`` is the entity tag of what is here already."""
        reader = await self._ask(path, b"If-None-Match: " + known + b"\r\n" if known else b"")
        head = await reader.readuntil(_END)
        size = int(_field(head, _LENGTH) or 0)
        if size:
            await reader.readexactly(size)
        return Answer(_status(head), _field(head, _TAG), size)

    async def follow(self, path: str) -> AsyncIterator[int]:
        """Yield the numbers of the events of a stream, to its end; comments are passed over.

        Raises
        ------
        ConnectionError
            Where the answer is no stream.
        """
        reader = await self._ask(path, b"Accept: text/event-stream\r\n")
        head = await reader.readuntil(_END)
        if _status(head) != 200:
            raise ConnectionError(f"status {_status(head)}")
        while size := int(await reader.readline(), 16):
            piece = (await reader.readexactly(size + 2))[:-2]
            for line in piece.split(b"\n"):
                if line.startswith(b"id:"):
                    yield int(line[3:])
        await reader.readexactly(2)

    async def close(self) -> None:
        """Close it; the next request opens it again."""
        if self._pipes is not None:
            writer, self._pipes = self._pipes[1], None
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def _ask(self, path: str, more: bytes) -> asyncio.StreamReader:
        if self._pipes is None:
            self._pipes = await asyncio.open_connection(*self._address)
        reader, writer = self._pipes
        writer.write(b"GET " + path.encode() + self._headers + more + b"\r\n")
        return reader


def _status(head: bytes) -> int:
    return int(head[9:12])


def _field(head: bytes, name: bytes) -> bytes:
    """Return a header's value; the server writes names in lower case."""
    begin = head.find(name)
    if begin < 0:
        return b""
    begin += len(name)
    return head[begin : head.index(b"\r\n", begin)]
