"""How each operation may be refused, for the API's document: by what it takes, as the layers and the guard refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from api.access.roles import PUBLIC_PATHS
from api.problems import MEDIA_TYPE
from api.words import REFUSALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TEXT = {"type": "string"}
_ANYWHERE: Final = (400, 500, 503, 507)
_WITH_KEY: Final = (401, 403, 429)
_WITH_BODY: Final = (413, 415)
_WITH_MATCH: Final = (412, 428)
_CHANGING: Final = frozenset({"post", "put", "patch", "delete"})

#: The form of every refusal.
PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["type", "code", "title", "detail", "status", "instance", "request_id", "problems"],
    "properties": {
        **dict.fromkeys(("type", "title", "detail", "instance", "request_id"), _TEXT),
        "code": {"type": "string", "enum": sorted(REFUSALS)},
        "status": {"type": "integer"},
        "problems": {"type": "array", "items": {"type": "object"}},
    },
}


def answers() -> dict[str, Any]:
    """Return the answers of refused requests, one a status, to be referred to by :func:`reference`."""
    statuses = sorted({refusal.status for refusal in REFUSALS.values()})
    return {_name(status): _answer(status) for status in statuses}


def refusals_of(path: str, method: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers of an operation that is refused, by status."""
    return {
        str(status): {"$ref": f"#/components/responses/{_name(status)}"}
        for status in _statuses(path, method, operation)
    }


def _statuses(path: str, method: str, operation: Mapping[str, Any]) -> Iterator[int]:
    parameters = operation.get("parameters", [])
    is_open = path in PUBLIC_PATHS
    yield from _ANYWHERE
    if not is_open:
        yield from _WITH_KEY
    if "{" in path or "/oidc/" in path:  # or where single sign-on is not set up
        yield 404
    if parameters or "requestBody" in operation:
        yield 422
    if method in _CHANGING:
        yield from _WITH_BODY
    if not is_open:
        # What is there already, or is not yet what is asked for.
        yield 409
    if any(parameter["name"] == "If-Match" for parameter in parameters):
        yield from _WITH_MATCH
    if any(parameter["name"] == "annotated" for parameter in parameters):
        yield 406


def _name(status: int) -> str:
    return f"Refused{status}"


def _answer(status: int) -> dict[str, Any]:
    codes = [
        f"`{code}`: {refusal.wording.sentence.en}"
        for code, refusal in REFUSALS.items()
        if refusal.status == status
    ]
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": "The request is refused. " + "; ".join(codes) + ".", "content": content}
