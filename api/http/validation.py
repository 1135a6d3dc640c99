"""What is wrong with a request's parameters and body, as located problems; what was sent is not repeated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from api.words import FIELDS
from matcher.round.intake import problem_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi.exceptions import RequestValidationError

_HIDDEN = "…"


def request_problems(error: RequestValidationError) -> list[dict[str, Any]]:
    """Return the problems of a request; ``table`` is the part that they are in: body, query, path or header."""
    return [_document(found) for found in error.errors()]


def _document(found: Mapping[str, Any]) -> dict[str, Any]:
    part, *path = found["loc"]
    # The library's own sentence may quote what was sent, so only its rule is kept.
    problem = problem_of({**found, "loc": path}, str(part), None)
    problem = replace(problem, value=_HIDDEN if problem.value else "")
    document = problem.document()
    document["details"].pop("error", None)
    own = FIELDS.get(problem.code)
    if own is not None:
        document["message"] = {"zh": own.sentence.zh, "en": own.sentence.en}
        document["remedy"] = {"zh": own.remedy.zh, "en": own.remedy.en}
    return document
