"""Supply against demand on the screen, before a solve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.cli.desk import Column
from matcher.codes import SPECIALTIES, VILLAGE_TYPES
from matcher.words import supply as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.cli.desk import Desk
    from matcher.exports import Names, Supply

_COUNTIES = (
    Column(words.COUNTY), Column(words.VILLAGES, right=True), Column(words.POSTS, right=True),
    Column(words.PEOPLE, right=True), Column(words.SENDABLE, right=True), Column(words.SECRETARIES, right=True),
    Column(words.LEADS, right=True), Column(words.TIGHT),
)  # fmt: skip
_SPECIALTIES = (
    Column(words.SPECIALTY), Column(words.NEEDED_IN, right=True), Column(words.URGENT_IN, right=True),
    Column(words.COMPETENT, right=True), Column(words.TIGHT),
)  # fmt: skip
_TYPES = (
    Column(words.VILLAGE_TYPE), Column(words.VILLAGES, right=True), Column(words.LEAST_POSTS, right=True),
    Column(words.PEOPLE, right=True), Column(words.ASKED_FOR), Column(words.COMPETENT, right=True), Column(words.TIGHT),
)  # fmt: skip
_UNITS = (
    Column(words.UNIT), Column(words.PEOPLE, right=True), Column(words.QUOTA, right=True),
    Column(words.SECRETARIES, right=True), Column(words.DECIDED, right=True), Column(words.MAY_LEAD, right=True),
    Column(words.TIGHT),
)  # fmt: skip


def show_supply(desk: Desk, supply: Supply, names: Names) -> None:
    """Print the counties, the specialties, the types of village, and the units that are tight."""
    desk.table(_COUNTIES, _counties(desk, supply, names), words.COUNTIES_TITLE)
    if supply.specialties:
        desk.table(_SPECIALTIES, _specialties(desk, supply), words.SPECIALTIES_TITLE)
    if supply.types:
        desk.table(_TYPES, _types(desk, supply), words.TYPES_TITLE)
    if supply.units:
        desk.table(_UNITS, _units(desk, supply, names), words.UNITS_TITLE)
    if supply.more_units:
        desk.say(words.MORE_UNITS, count=supply.more_units)


def _mark(desk: Desk, short: bool) -> str:
    return desk.words(words.MARK) if short else ""


def _counties(desk: Desk, supply: Supply, names: Names) -> Sequence[tuple[object, ...]]:
    alone = names.facts.round.region or desk.words(words.THIS_ROUND)
    unnamed = desk.words(words.WHOLE_ROUND) if len(supply.counties) > 1 else alone
    return [
        (
            row.county or unnamed, row.villages,
            row.least if row.least == row.most else f"{row.least}–{row.most}", row.people, row.sendable,
            row.secretaries, row.leads, _mark(desk, row.short),
        )
        for row in supply.counties
    ]  # fmt: skip


def _specialties(desk: Desk, supply: Supply) -> Sequence[tuple[object, ...]]:
    return [
        (
            SPECIALTIES[row.specialty].text.in_(desk.language),
            row.villages,
            row.urgent,
            row.people,
            _mark(desk, row.short),
        )
        for row in supply.specialties
    ]


def _types(desk: Desk, supply: Supply) -> Sequence[tuple[object, ...]]:
    comma = "、" if desk.language == "zh" else ", "
    return [
        (
            VILLAGE_TYPES[row.type].text.in_(desk.language), row.villages, row.least, row.people,
            comma.join(SPECIALTIES[one].text.in_(desk.language) for one in row.specialties),
            row.able if row.specialties else "", _mark(desk, row.short),
        )
        for row in supply.types
    ]  # fmt: skip


def _units(desk: Desk, supply: Supply, names: Names) -> Sequence[tuple[object, ...]]:
    return [
        (
            names.unit(row.unit), row.people, desk.words(words.NO_LIMIT) if row.quota is None else row.quota,
            row.secretaries, row.decided, row.max_villages, _mark(desk, row.short),
        )
        for row in supply.units
    ]  # fmt: skip
