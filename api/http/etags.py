"""Entity tags: strong ones, of what is shown and how; and what a request makes of them (RFC 9110, 13)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from fastapi import Header

from api.problems import Refused

if TYPE_CHECKING:
    from starlette.requests import Request

#: The headers, for routes to show them in the API's document; they are read from the request.
IfNoneMatch = Annotated[
    str | None, Header(alias="If-None-Match", description="The ETag of what the caller has already.")
]
IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="Needed: the ETag of what is to be changed, as it was read last; or ``*``, whatever it is now.",
        examples=["*"],
    ),
]

_TAG = re.compile(r'(W/)?"([^"]*)"')


def tag(content: str | int, view: str) -> str:
    """Return the tag of a view of some content: its digest, or the number of its last change."""
    return f'"{content}-{view}"'


def is_known(request: Request, current: str) -> bool:
    """Return whether the client has it already (``If-None-Match``); then it is told so with 304."""
    given = request.headers.get("if-none-match", "")
    return given.strip() == "*" or current.strip('"') in (name for _, name in _TAG.findall(given))


def require_match(request: Request, current: str) -> None:
    """Refuse to change what the client has not read as it is now.

    Raises
    ------
    Refused
        With the code ``precondition_required`` or ``precondition_failed``.
    """
    given = request.headers.get("if-match", "").strip()
    if not given:
        raise Refused("precondition_required")
    # A weak tag says only that it is much the same, which is too little here.
    strong = {name for weak, name in _TAG.findall(given) if not weak}
    if given != "*" and current.strip('"') not in strong:
        raise Refused("precondition_failed")
