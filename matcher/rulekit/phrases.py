"""Phrases that the sentences of several rules have in common."""

from __future__ import annotations

from typing import Final

from matcher.codes import Text

#: What stands in the place of a datum that the round does not have.
NOT_RECORDED: Final = Text("未填写", "not recorded")


def span(least: int | None, most: int | None) -> Text:
    """Return a range of numbers in words, one number where both ends are the same; None is an end that is open."""
    if least == most:
        return Text(f"{least}", f"{least}")
    if least is None:
        return Text(f"至多{most}", f"at most {most}")
    if most is None:
        return Text(f"至少{least}", f"at least {least}")
    return Text(f"{least}至{most}", f"{least} to {most}")
