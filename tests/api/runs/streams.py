"""Reading streams of events as a browser does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx


class Told(NamedTuple):
    """A piece of a stream; a comment or a time to come again has no event."""

    number: int
    kind: str
    data: dict[str, Any]
    comment: str = ""
    retry: int | None = None


def told(response: httpx.Response) -> Iterator[Told]:
    """Yield the pieces of a stream as they come."""
    fields: dict[str, str] = {}
    for line in response.iter_lines():
        if line:
            name, _, value = line.partition(":")
            fields[name] = value.removeprefix(" ")
            continue
        data = json.loads(fields["data"]) if "data" in fields else {}
        retry = int(fields["retry"]) if "retry" in fields else None
        yield Told(int(fields.get("id", 0)), fields.get("event", ""), data, fields.get("", ""), retry)
        fields = {}


def stream(client: httpx.Client, run: str, last: int | None = None) -> Any:
    """Return the context of a stream, gone on with after an event."""
    headers = {"Accept": "text/event-stream"}
    if last is not None:
        headers["Last-Event-ID"] = str(last)
    return client.stream("GET", f"/runs/{run}/events", headers=headers)
