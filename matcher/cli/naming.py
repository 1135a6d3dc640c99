"""Whom and what an option names: an id, or a name that only one row has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.cli.refusals import refuse
from matcher.codes import ROLES
from matcher.rulebook import RuleBook
from matcher.screening.outcome import screen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matcher.round import Cadre, Round, Unit, Village


def cadre_id(round_: Round, text: str, option: str) -> str:
    """Return the id of the cadre that ``text`` names.

    Raises
    ------
    Refused
        When it names nobody, or several.
    """
    return _id_of("cadre", round_.cadres, text, option)


def village_id(round_: Round, text: str, option: str) -> str:
    """Return the id of the village that ``text`` names.

    Raises
    ------
    Refused
        When it names none, or several.
    """
    return _id_of("village", round_.villages, text, option)


def captains_place(round_: Round, text: str, option: str) -> str:
    """Return the place of the captain of the township that ``text`` names: its name, or ``county/township``.

    Raises
    ------
    Refused
        When no such township has a captain, or several have that name.
    """
    places = screen(round_.facts, RuleBook.of(round_.rules)).places.values()
    named = [place.id for place in places if not place.is_village and text in (place.id, place.township[1])]
    if len(named) == 1:
        return named[0]
    if named:
        raise refuse("ask_township_names", option, value=text, count=len(named))
    raise refuse("ask_township", option, value=text)


def unit_id(round_: Round, text: str, option: str) -> str:
    """Return the id of the unit that ``text`` names.

    Raises
    ------
    Refused
        When it names none, or several.
    """
    return _id_of("unit", round_.units, text, option)


def role_of(text: str, option: str) -> str:
    """Return the role that ``text`` means: its code or its name in either language.

    Raises
    ------
    Refused
        When it is no role.
    """
    role = ROLES.find(text)
    if role is None:
        raise refuse("lock_role", option, value=text)
    return role


def _id_of(kind: str, rows: Iterable[Cadre | Village | Unit], text: str, option: str) -> str:
    named: list[str] = []
    for row in rows:
        if row.id == text:
            return text
        if row.name == text:
            named.append(row.id)
    if len(named) == 1:
        return named[0]
    if named:
        raise refuse(f"lock_{kind}_names", option, value=text, count=len(named))
    raise refuse(f"lock_{kind}", option, value=text)
