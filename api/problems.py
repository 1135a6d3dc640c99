"""Errors as ``application/problem+json`` (RFC 9457): a stable code, its sentence and remedy, and located problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse

from api.words import REFUSALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matcher.codes import Language, Text

MEDIA_TYPE = "application/problem+json"


class Refused(Exception):
    """A request that is not done, and why.

    Attributes
    ----------
    code
        What it is, one of :data:`api.words.REFUSALS`.
    details
        What its sentences need; never personal data.
    problems
        What is wrong in detail, as ``Problem.document()`` gives it, with closed values left out.
    headers
        What else the answer says: ``Retry-After``, ``WWW-Authenticate`` …
    """

    def __init__(
        self,
        code: str,
        *,
        problems: Iterable[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
        **details: Any,
    ) -> None:
        self.code = code
        self.details = details
        self.problems = tuple(problems)
        self.headers = dict(headers or {})
        super().__init__(f"{self.title('en')} – {self.remedy('en')}")

    @property
    def status(self) -> int:
        """The HTTP status."""
        return REFUSALS[self.code].status

    def title(self, language: Language) -> str:
        """Return what is wrong."""
        return self._filled(REFUSALS[self.code].wording.sentence, language)

    def remedy(self, language: Language) -> str:
        """Return what to do about it."""
        return self._filled(REFUSALS[self.code].wording.remedy, language)

    def _filled(self, text: Text, language: Language) -> str:
        return text.in_(language).format_map(self.details)


def problem_document(refused: Refused, language: Language, instance: str, request_id: str) -> dict[str, Any]:
    """Return the document that is answered.

    Parameters
    ----------
    instance
        The path that was asked for.
    request_id
        What the log calls this request.
    """
    return {
        "type": f"urn:matcher:problem:{refused.code}",
        "code": refused.code,
        "title": refused.title(language),
        "detail": refused.remedy(language),
        "status": refused.status,
        "instance": instance,
        "request_id": request_id,
        "problems": list(refused.problems),
    }


def problem_response(refused: Refused, language: Language, instance: str, request_id: str) -> JSONResponse:
    """Return the answer to a request that is refused."""
    headers = {"Content-Language": language, "Vary": "Accept-Language", "Cache-Control": "no-store"}
    return JSONResponse(
        problem_document(refused, language, instance, request_id),
        refused.status,
        headers={**headers, **refused.headers},
        media_type=MEDIA_TYPE,
    )
