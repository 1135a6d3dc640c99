"""From the options of a solve to its settings."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from matcher.cli.refusals import Refused, bad_value
from matcher.settings import EFFORT, Settings

#: The options whose names differ from the settings they give.
_OPTIONS = {"time_limit": "--limit", "min_distance": "--min-distance"}


def settings_of(*, effort: str, limit: float | None, plans: int, **given: Any) -> Settings:
    """Return the settings that the options ask for.

    Raises
    ------
    Refused
        With every option whose value can't be used.
    """
    values = {**given, "effort": _effort(effort), "time_limit": limit, "plans": plans}
    try:
        return Settings(**{key: value for key, value in values.items() if value is not None})
    except ValidationError as error:
        messages = {str(found["loc"][0]): found["msg"] for found in error.errors(include_url=False)}
        raise Refused(
            *(bad_value(_OPTIONS.get(name, f"--{name}"), message) for name, message in messages.items())
        ) from None


def _effort(text: str) -> str | float:
    """Return an effort by name or as a number; what is neither is left to be refused."""
    if text in EFFORT:
        return text
    try:
        return float(text)
    except ValueError:
        return text
