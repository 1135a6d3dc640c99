"""Plan rule ``type_specialty``: some village types need a specialist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from matcher.codes import SPECIALTIES, VILLAGE_TYPES, Text
from matcher.round.records import Specialty, VillageType
from matcher.rulekit import Breach, Params, PlanRule, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.check.view import PlanView
    from matcher.round.facts import Facts, Person, Place, Seat
    from matcher.rulekit import Team


class TypeSpecialtyParams(Params):
    """``map``: village type to the specialties of which one is needed."""

    map: dict[VillageType, Annotated[tuple[Specialty, ...], Field(min_length=1)]] = {
        "weak_org": ("party",),
        "conflict": ("law",),
    }


class TypeSpecialty(PlanRule[TypeSpecialtyParams]):
    """A village of a mapped type has a first secretary or resident with such a specialty at level 3 or more."""

    id = "type_specialty"
    name = Text("类型专长", "Specialty by village type")
    sentence = Text(
        "软弱涣散村须有党建专长、矛盾突出村须有政法专长（3级以上）的第一书记或工作队员；对应关系可设。",
        "A village of that type has a first secretary or resident with one of those specialties at level 3 or more.",
    )
    why = Text("因村派人：什么村派什么人。", "The right people for the kind of village.")
    allowed = Text(
        "软弱涣散村的工作队员党建4级。", "A weak-organization village with a resident of party building 4."
    )
    refused = Text("软弱涣散村全队党建均不足3级。", "Nobody in the team has party building 3.")
    words = Text("{village}（{type}）无{specialties}专长的第一书记或队员",
                 "{village} ({type}) has nobody with {specialties}")  # fmt: skip
    team_level = True
    Params = TypeSpecialtyParams

    def team(self, team: Team, params: TypeSpecialtyParams) -> Iterator[Row]:
        """Return a row for each mapped type of the village."""
        for type_ in team.place.village.types:
            if type_ in params.map:
                wanted = frozenset(params.map[type_])
                able = team.any(
                    lambda person, wanted=wanted: not wanted.isdisjoint(person.competent),  # type: ignore[misc]
                    "first_secretary",
                    "resident",
                )
                subjects = {"village": team.place.id, "type": type_, "specialties": sorted(wanted)}
                yield Row(able, at_least=1, subjects=subjects)

    def breaches(self, view: PlanView, params: TypeSpecialtyParams) -> Iterator[Breach]:
        """Look for a specialist in every village of a mapped type."""
        for team in view.teams.values():
            for type_, specialties in params.map.items():
                if type_ not in team.place.village.types:
                    continue
                levels = [
                    person.record.specialties.get(specialty, 0)
                    for person, role in team.members
                    for specialty in specialties
                    if role != "support"
                ]
                if max(levels, default=0) < 3:  # noqa: PLR2004 - level 3: works in it on their own
                    yield Breach(
                        {"village": team.place.id, "type": type_, "specialties": sorted(specialties)},
                        data={
                            "village": team.place.village.name,
                            "type": VILLAGE_TYPES[type_].text,
                            "specialties": [SPECIALTIES[s].text for s in specialties],
                        },
                    )

    def summary(
        self, facts: Facts, seat: Seat, person: Person, params: TypeSpecialtyParams
    ) -> frozenset[str]:
        """Return for which of the village's types the member will do."""
        levels = person.record.specialties
        types = () if seat.role == "support" else facts.places[seat.village or ""].village.types
        return frozenset(t for t in types if any(levels.get(k, 0) >= 3 for k in params.map.get(t, ())))  # noqa: PLR2004

    def kind(self, place: Place, person: Person, params: TypeSpecialtyParams) -> frozenset[str]:
        """Return which of the specialties asked for here the person has."""
        asked = {k for type_ in place.village.types for k in params.map.get(type_, ())}
        return frozenset(k for k in asked if person.levels.get(k, 0) >= 3)  # noqa: PLR2004
