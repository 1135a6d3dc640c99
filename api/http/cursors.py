"""Pages of a list: a cursor says where the next begins, signed, and good only for the list that gave it."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

from fastapi import Query

from api.problems import Refused
from api.storage.canonical import canonical_json, digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from api.access.secrets import Secrets

_PURPOSE = "cursors"

PageSize = Annotated[int, Query(ge=1, le=200, description="How many items a page has at most.")]
Cursor = Annotated[
    str, Query(max_length=1000, description="Where the page begins; from the answer before, never made up.")
]


def cursor(secrets: Secrets, list_: Mapping[str, Any], position: Any) -> str:
    """Return the cursor after ``position`` in a list.

    Parameters
    ----------
    list_
        What makes the list what it is: its name, its filters, whose it is.
    """
    text = canonical_json([position, digest_of(canonical_json(list_))])
    signed = f"{text}{secrets.mac(_PURPOSE, text)}"
    return base64.urlsafe_b64encode(signed.encode()).decode().rstrip("=")


def position_of(secrets: Secrets, list_: Mapping[str, Any], given: str) -> Any:
    """Return the position of a cursor; None for a blank one, the beginning.

    Raises
    ------
    Refused
        With the code ``bad_cursor``, where it is damaged or of another list.
    """
    if not given:
        return None
    try:
        signed = base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode()
        text, mac = signed[:-64], signed[-64:]
        if not hmac.compare_digest(mac.encode(), secrets.mac(_PURPOSE, text).encode()):
            raise Refused("bad_cursor")
        position, digest = json.loads(text)
    except (binascii.Error, ValueError):
        raise Refused("bad_cursor") from None
    if digest != digest_of(canonical_json(list_)):
        raise Refused("bad_cursor")
    return position


def next_link(request: Request, following: str) -> dict[str, str]:
    """Return the header that leads to the next page (RFC 8288)."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return {"Link": f'<{request.url.path}?{urlencode([*kept, ("cursor", following)])}>; rel="next"'}
