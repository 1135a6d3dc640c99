"""Plan rule ``team_units``: a team comes from a few units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from matcher.codes import Text
from matcher.rulekit import Breach, Linear, Params, PlanRule, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.check.view import PlanView
    from matcher.round.facts import Facts, Person, Place, Seat
    from matcher.rulekit import Team


class TeamUnitsParams(Params):
    """``max_units``: how many units may send people to one team."""

    max_units: Annotated[int, Field(ge=1, le=50, strict=True)] = 3


class TeamUnits(PlanRule[TeamUnitsParams]):
    """A team comes from at most ``max_units`` units."""

    id = "team_units"
    name = Text("组队单位数", "Units of a team")
    sentence = Text(
        "一个工作队的成员来自不超过规定数目的单位（默认3个）。", "A team comes from at most that many units."
    )
    why = Text(
        "单位太多，责任不清、经费不捆绑。", "With too many units nobody answers and nothing is bundled."
    )
    allowed = Text("四人来自三个单位。", "Four people from three units.")
    refused = Text("四人来自四个单位。", "Four people from four units.")
    words = Text(
        "{village}的成员来自{units}个单位，最多{most}个",
        "{village} has people of {units} units, at most {most}",
    )
    default_mode = "soft"
    default_weight = 10
    team_level = True
    lasting = True
    counts_distinct = True
    Params = TeamUnitsParams

    def team(self, team: Team, params: TeamUnitsParams) -> Iterator[Row]:
        """Return one row, unless the team is too small to break it."""
        size = team.largest()
        if size <= params.max_units:
            return
        units = Linear()
        for here in team.any_by(lambda person: person.unit_id).values():
            units.add(here)
        yield Row(units, at_most=params.max_units, subjects={"village": team.place.id})

    def breaches(self, view: PlanView, params: TeamUnitsParams) -> Iterator[Breach]:
        """Count the units of each team."""
        for team in view.teams.values():
            units = len({person.record.unit for person, _ in team.members})
            if units > params.max_units:
                data = {"village": team.place.village.name, "units": units, "most": params.max_units}
                yield Breach({"village": team.place.id}, units - params.max_units, data)

    def summary(self, facts: Facts, seat: Seat, person: Person, params: TeamUnitsParams) -> frozenset[str]:
        """Return the member's unit; it only matters how many there are in all."""
        return frozenset([person.record.unit])

    def kind(self, place: Place, person: Person, params: TeamUnitsParams) -> str:
        """Return the person's unit."""
        return person.record.unit
