"""``--lock CADRE=VILLAGE[:ROLE]``: a row of the decisions table, by ids or by names that are unique."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.cli.naming import cadre_id, village_id
from matcher.cli.refusals import refuse
from matcher.codes import ROLES

if TYPE_CHECKING:
    from matcher.round import Round


def lock_row(round_: Round, text: str) -> dict[str, Any]:
    """Return the decision that ``text`` means.

    Raises
    ------
    Refused
        When it is not written as it should be, or names nobody, or several.
    """
    who, separator, where = (part.strip() for part in text.partition("="))
    if not (separator and who and where):
        raise refuse("lock_syntax", "--lock", value=text)
    row = {"kind": "lock", "cadre": cadre_id(round_, who, "--lock")}
    place, role = _place_and_role(round_, where)
    if role == "captain":
        return {**row, "role": role, **_township(round_, place)}
    row["village"] = village_id(round_, place, "--lock")
    return {**row, "role": role} if role else row


def _place_and_role(round_: Round, where: str) -> tuple[str, str | None]:
    """Part the place from the role behind its last colon; an id may hold colons too."""
    text = where.replace("：", ":")
    place, colon, word = text.rpartition(":")
    if not colon or any(where in (village.id, village.name) for village in round_.villages):
        return where, None
    role = ROLES.find(word)
    if role is None:
        raise refuse("lock_role", "--lock", value=word)
    return place.strip(), role


def _township(round_: Round, text: str) -> dict[str, str]:
    """Return the township that ``text`` means, as fields of a decision."""
    township = round_.facts.township_named(text)
    if township not in round_.facts.townships:
        raise refuse("lock_township", "--lock", value=text)
    return {"county": township[0], "township": township[1]}
