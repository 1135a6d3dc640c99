"""Plan rule ``team_structure``: the 1+2+N team of every village."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator

from matcher.codes import ROLES, Text
from matcher.edits import Edit, cell
from matcher.round.records import VillageType
from matcher.rulekit import Breach, Params, PlanRule, Row
from matcher.rulekit.phrases import span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.check.view import PlanView, TeamView
    from matcher.round.facts import Facts, Person, Place, Seat
    from matcher.rulekit import Team

Seats = Annotated[int, Field(ge=0, le=50, strict=True)]


class Structure(Params):
    """The seats of a village beside the first secretary's; a blank one takes the general default."""

    residents: Seats | None = None
    support_min: Seats | None = None
    support_max: Seats | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if None not in (self.support_min, self.support_max) and self.support_min > self.support_max:  # type: ignore[operator]
            raise ValueError("support_min is above support_max")
        return self


class TeamStructureParams(Params):
    """``by_type``: the seats of the villages of a type, where the village itself says nothing."""

    by_type: dict[VillageType, Structure] = {}


class TeamStructure(PlanRule[TeamStructureParams]):
    """One first secretary, exactly ``residents`` residents, ``support_min`` to ``support_max`` support cadres."""

    id = "team_structure"
    name = Text("队伍结构", "Team structure")
    sentence = Text(
        "每村第一书记1名、工作队员按编制足额配备、下沉干部在上下限之间；超编一律不允许。",
        "Every village: 1 first secretary, exactly its residents, support cadres within its range; too many is "
        "never allowed.",
    )
    why = Text("“1+2+N”是驻村帮扶的基本编成。", "1+2+N is the basic make-up of a village team.")
    allowed = Text("第一书记1名、工作队员2名。", "One first secretary and two residents.")
    refused = Text(
        "没有第一书记；或工作队员3名而编制2名。", "No first secretary; three residents for two seats."
    )
    words = Text("{village}现有{seats}", "{village} has {seats}")
    team_level = True
    Params = TeamStructureParams

    def seats(self, place: Place, params: TeamStructureParams) -> dict[str, tuple[int, int]]:
        """Return the least and the most people of each role at a village."""
        village = place.village
        named = next(
            (params.by_type[type_] for type_ in village.types if type_ in params.by_type), Structure()
        )
        residents = _first(village.residents, named.residents, 2)
        least = _first(village.support_min, named.support_min, 0)
        most = _first(village.support_max, named.support_max, least)
        return {"first_secretary": (1, 1), "resident": (residents, residents), "support": (least, most)}

    def team(self, team: Team, params: TeamStructureParams) -> Iterator[Row]:
        """Return a row for each role's least; what is missing are the empty seats."""
        for role, (least, _) in self.seats(team.place, params).items():
            if least:
                held = team.size(role)
                vital = role == "first_secretary"
                yield Row(held, at_least=least, subjects={"village": team.place.id}, vital=vital)

    def always(self, team: Team, params: TeamStructureParams) -> Iterator[Row]:
        """Return a row for each role's most."""
        for role, (_, most) in self.seats(team.place, params).items():
            yield Row(team.size(role), at_most=most, subjects={"village": team.place.id})

    def breaches(self, view: PlanView, params: TeamStructureParams) -> Iterator[Breach]:
        """Count heads by role in every village."""
        for team in view.teams.values():
            village = team.place.village
            types = [params.by_type[t] for t in village.types if t in params.by_type][:1]
            asked: dict[str, int] = {}
            for field, default in (("residents", 2), ("support_min", 0), ("support_max", None)):
                own = getattr(village, field)
                value = own if own is not None else getattr(types[0], field) if types else None
                if value is None:
                    value = default if default is not None else asked["support_min"]
                asked[field] = value
            limits = {
                "first_secretary": (1, 1),
                "resident": (asked["residents"], asked["residents"]),
                "support": (asked["support_min"], asked["support_max"]),
            }
            yield from self._breaches_of(team, limits)

    def give(self, facts: Facts, breach: Breach, params: TeamStructureParams) -> Edit | None:
        """Return fewer seats for the village; a first secretary's is never given up."""
        held: dict[str, int] = breach.data["by_role"]
        if not held["first_secretary"]:
            return None
        village, asked = facts.places[breach.subjects["village"]], {}
        limits = self.seats(village, params)
        if held["resident"] < limits["resident"][0]:
            asked["residents"] = held["resident"]
        if held["support"] < limits["support"][0]:
            asked |= {"support_min": held["support"], "support_max": limits["support"][1]}
        return cell("villages", village.id, **asked)

    def summary(
        self, facts: Facts, seat: Seat, person: Person, params: TeamStructureParams
    ) -> frozenset[str]:
        """Return nothing: only heads and roles count."""
        return frozenset()

    def kind(self, place: Place, person: Person, params: TeamStructureParams) -> None:
        """Return nothing: only heads and roles count."""

    @staticmethod
    def _breaches_of(team: TeamView, limits: dict[str, tuple[int, int]]) -> Iterator[Breach]:
        village = team.place.village.name
        by_role = {role: sum(1 for _, held in team.members if held == role) for role in limits}
        empty, short = 0, []
        for role, (least, most) in limits.items():
            held = by_role[role]
            if held > most:
                words = {"village": village, "seats": [_seats(role, held, least, most)]}
                yield Breach({"village": team.place.id, "role": role}, held - most, words, always=True)
            if held < least:
                empty += least - held
                short.append(_seats(role, held, least, most))
        if empty:
            data = {"village": village, "seats": short, "by_role": by_role}
            yield Breach({"village": team.place.id}, empty, data)


def _seats(role: str, held: int, least: int, most: int) -> Text:
    """Return how many hold a role and how many should, in words."""
    name, asked = ROLES[role].text, span(least, most)
    return Text(f"{name.zh}{held}名（应为{asked.zh}名）", f"{held} {name.en} (should be {asked.en})")


def _first(*values: int | None) -> int:
    """Return the first value that is not blank."""
    return next(value for value in values if value is not None)
