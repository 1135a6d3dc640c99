"""Why screening closes a pairing, each rule with the person's own data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import RANKS, UNIT_LEVELS
from matcher.questions.answer import Refused
from matcher.words.answers import NO_CANDIDATES, NO_CAPTAIN, NO_SEAT, UNKNOWN

if TYPE_CHECKING:
    from matcher.codes import Text
    from matcher.rulekit import Refusal
    from matcher.screening.outcome import Screening


def passes(screening: Screening, cadre: str, village: str, role: str) -> bool:
    """Return whether a cadre passes screening for a seat of a place; for any where no role is given."""
    eligible = screening.eligible[village]
    roles = [role] if role else list(eligible)
    return any(person.id == cadre for r in roles for person in eligible.get(r, ()))


def may_lead(screening: Screening, unit: str, village: str) -> bool:
    """Return whether somebody of a unit passes screening as the village's first secretary."""
    able = screening.eligible[village].get("first_secretary", ())
    return any(person.unit_id == unit for person in able)


def refusals_of_unit(screening: Screening, unit: str, village: str) -> tuple[Refused, ...]:
    """Return which screening rules keep each of a unit's people from being first secretary, each rule once."""
    people = [person.id for person in screening.facts.people.values() if person.unit_id == unit]
    found = [one for cadre in people for one in refusals_of(screening, cadre, village, "first_secretary")]
    return tuple({one.rule: one for one in found}.values()) or (_said("lead_unit", NO_CANDIDATES),)


def _said(rule: str, text: Text) -> Refused:
    return Refused(rule, {"zh": text.zh, "en": text.en})


def without_seat(screening: Screening, cadre: str, place: str) -> Refused:
    """Return why somebody whom no screening rule refuses may hold none of a place's seats."""
    if screening.places[place].is_village or not cadre:
        return _said("team_structure", NO_SEAT)
    person = screening.facts.people[cadre]
    rank = UNKNOWN if person.record.rank is None else RANKS[person.record.rank].text
    level = UNIT_LEVELS[person.unit.level].text
    return Refused(
        "township_captain",
        {
            "zh": NO_CAPTAIN.zh.format(rank=rank.zh, level=level.zh),
            "en": NO_CAPTAIN.en.format(rank=rank.en, level=level.en),
        },
    )


def refusals_of(screening: Screening, cadre: str, village: str, role: str) -> tuple[Refused, ...]:
    """Return what screening says of the seat, each rule with the person's own data."""
    place = screening.places[village]
    roles = [role] if role else list(screening.eligible[village])
    rules = {item.rule.id: item.rule for item in screening.book.screening}

    def covers(refusal: Refusal) -> bool:
        return any(refusal.covers(place.seat(r)) for r in roles)

    return tuple(
        Refused(r.rule, {"zh": rules[r.rule].say(r.data, "zh"), "en": rules[r.rule].say(r.data, "en")})
        for r in screening.refusals_of(cadre)
        if covers(r)
    )
