"""In which language a request is answered: Chinese, unless it asks for English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

    from matcher.codes import Language


def language_of(connection: HTTPConnection) -> Language:
    """Return the language: of ``?lang=``, else the better liked one of ``Accept-Language`` (RFC 9110, 12.5.4)."""
    asked = connection.query_params.get("lang")
    if asked in ("zh", "en"):
        return "zh" if asked == "zh" else "en"
    liked = {"zh": 0.0, "en": 0.0}
    for item in connection.headers.get("accept-language", "").split(","):
        name, _, parameter = item.strip().partition(";")
        base = name.partition("-")[0].lower()
        if base in liked:
            liked[base] = max(liked[base], _quality(parameter))
    return "en" if liked["en"] > liked["zh"] else "zh"


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
