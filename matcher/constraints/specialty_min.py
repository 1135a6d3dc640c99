"""Plan rule ``specialty_min``: enough people of a specialty in the whole round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from matcher.codes import SPECIALTIES, Text
from matcher.edits import Edit, rule
from matcher.round.records import Specialty
from matcher.rulekit import Breach, Limit, LinkRow, Load, Params, PlanRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from matcher.check.view import PlanView
    from matcher.round.facts import Facts, Person, Seat
    from matcher.rulekit import Team
    from matcher.screening.outcome import Screening


class SpecialtyMinParams(Params):
    """``specialties``: specialty to the number of team posts that must have it."""

    specialties: dict[Specialty, Annotated[int, Field(ge=0, le=1_000_000, strict=True)]] = {}


class SpecialtyMin(PlanRule[SpecialtyMinParams]):
    """At least so many team posts have that specialty at level 3 or more."""

    id = "specialty_min"
    name = Text("专长人数", "Specialists in all")
    sentence = Text(
        "全轮岗位中具备某专长（3级以上）的人数不低于规定。",
        "At least n team posts in the round have that specialty at level 3 or more.",
    )
    why = Text(
        "文件常要求全县至少派出若干名农技、政法等专业干部。",
        "Documents ask for a number of specialists in the whole county.",
    )
    allowed = Text("要求农技6人，派出7人。", "Seven agronomists where six are asked for.")
    refused = Text("要求农技6人，派出5人。", "Five where six are asked for.")
    words = Text("{specialty}专长{held}人，应有{needed}人", "{held} with {specialty}, {needed} needed")
    default_mode = "off"
    Params = SpecialtyMinParams

    def rows(self, facts: Facts, screening: Screening, params: SpecialtyMinParams) -> Iterator[LinkRow]:
        """Return a row for each specialty."""
        for specialty, least in params.specialties.items():
            yield LinkRow(specialty, at_least=least, subjects={"specialty": specialty})

    def load(self, team: Team, params: SpecialtyMinParams) -> Iterator[Load]:
        """Put the team's specialists on their rows."""
        for specialty in params.specialties:
            yield Load(specialty, team.count(lambda person, k=specialty: k in person.competent))  # type: ignore[misc]

    def give(self, facts: Facts, breach: Breach, params: SpecialtyMinParams) -> Edit:
        """Return a number smaller by what is short."""
        specialty = breach.subjects["specialty"]
        asked = {**params.specialties, specialty: params.specialties[specialty] - breach.amount}
        return rule(self.id, specialties=asked)

    def limits(self, view: PlanView, params: SpecialtyMinParams) -> Iterator[Limit]:
        """Return the number asked for of each specialty."""
        for specialty, needed in params.specialties.items():
            yield Limit(specialty, at_least=needed)

    def uses(self, facts: Facts, seat: Seat, person: Person, params: SpecialtyMinParams) -> Mapping[str, int]:
        """Return one for each specialty asked for that the member has."""
        levels = person.record.specialties
        return {k: 1 for k in params.specialties if levels.get(k, 0) >= 3}  # noqa: PLR2004 - works in it on their own

    def breaches(self, view: PlanView, params: SpecialtyMinParams) -> Iterator[Breach]:
        """Count the specialists among all team posts."""
        members = [person for team in view.teams.values() for person, _ in team.members]
        for specialty, needed in params.specialties.items():
            held = sum(1 for person in members if person.record.specialties.get(specialty, 0) >= 3)  # noqa: PLR2004
            if held < needed:
                data = {"specialty": SPECIALTIES[specialty].text, "held": held, "needed": needed}
                yield Breach({"specialty": specialty}, needed - held, data)
