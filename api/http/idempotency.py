"""One transaction a request that changes something; repeated under the same key, it gets the same answer.

The key is taken, the work done, the audit entry appended and the answer kept in one transaction, committed before
the answer leaves. So a client that did not see its answer may ask again, and nothing is done twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Header, Request, Response

from api.access.keys import now
from api.http import repository
from api.problems import Refused
from api.state import service_of
from api.storage.canonical import canonical_json, digest_of
from api.storage.session import writing

if TYPE_CHECKING:
    import sqlalchemy as sa

    from api.access.guard import Caller

_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_KEPT_MS = 86_400_000
REPLAYED = "Idempotency-Replayed"

#: The header, for routes to show it in the API's document; it is read from the request.
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key", description="A name for this request; asked again, it is answered the same."
    ),
]


@dataclass(frozen=True)
class Answer:
    """What a request is answered.

    Attributes
    ----------
    hidden
        Fields of ``body`` that are shown once and not kept for a repeated request.
    """

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    def response(self) -> Response:
        """Return it as a response."""
        return _response(self.status, self.headers, _bytes(self.body))

    def kept(self) -> bytes:
        """Return the body that is kept."""
        if not self.hidden:
            return _bytes(self.body)
        return _bytes({name: None if name in self.hidden else value for name, value in self.body.items()})


def once(request: Request, caller: Caller, content: Any, act: Callable[[sa.Connection], Answer]) -> Response:
    """Do ``act`` in one transaction and answer; where the request has a key that was used, answer as then.

    Parameters
    ----------
    content
        What the request brought, as JSON data or its digest: under the same key it must be the same.

    Raises
    ------
    Refused
        With the code ``idempotency_key`` or ``idempotency_mismatch``, or as ``act`` refuses; then nothing is kept.
    """
    key = request.headers.get("idempotency-key")
    service = service_of(request)
    if key is None:
        with writing(service.database) as connection:
            answer = act(connection)
        return answer.response()
    if not _KEY.fullmatch(key):
        raise Refused("idempotency_key")
    route = f"{request.method} {request.url.path}"
    digest = digest_of(canonical_json(content))
    with writing(service.database) as connection:
        repository.forget(connection, caller.principal, now() - _KEPT_MS)
        if not repository.claim(connection, caller.principal, key, route, digest, now()):
            return _replayed(repository.kept(connection, caller.principal, key), route, digest)
        answer = act(connection)
        repository.keep(connection, caller.principal, key, answer.status, answer.headers, answer.kept())
    return answer.response()


def _replayed(kept: repository.Kept, route: str, digest: str) -> Response:
    if (kept.route, kept.body_digest) != (route, digest):
        raise Refused("idempotency_mismatch")
    return _response(kept.status, {**kept.headers, REPLAYED: "true"}, kept.body)


def _response(status: int, headers: dict[str, str], body: bytes) -> Response:
    media = "application/json" if body else None
    return Response(body, status, headers=headers, media_type=media)


def _bytes(body: Any) -> bytes:
    return b"" if body is None else canonical_json(body).encode()
