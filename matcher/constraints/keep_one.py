"""Plan rule ``keep_one``: a village keeps one of its people through a rotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Breach, NoParams, PlanRule, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.check.view import PlanView
    from matcher.round.facts import Facts, Person, Place, Seat
    from matcher.rulekit import Team


class KeepOne(PlanRule[NoParams]):
    """A village with incumbents who pass screening for one of its seats keeps at least one of them."""

    id = "keep_one"
    name = Text("压茬留人", "Keep one")
    sentence = Text(
        "有在岗人员（总队长除外）通过本村岗位审查的村，至少留任其中一人。",
        "A village with incumbents (not captains) who pass screening for one of its seats keeps at least one of them.",
    )
    why = Text("压茬交接，情况有人熟悉。", "An overlapping handover: somebody must know the village.")
    allowed = Text("三名在岗人员留任一名。", "One of three incumbents stays.")
    refused = Text("两名在岗人员均可留任而全部换人。", "Two incumbents may stay and both are replaced.")
    words = Text("{village}没有留任在岗人员", "{village} keeps none of its incumbents")
    default_mode = "soft"
    default_weight = 20
    team_level = True
    Params = NoParams

    def team(self, team: Team, params: NoParams) -> Iterator[Row]:
        """Return a row where somebody in office here may stay."""

        def stays(person: Person) -> bool:
            row = person.incumbent
            return row is not None and row.role != "captain" and row.village == team.place.id

        if any(stays(person) for person in team.people):
            yield Row(team.count(stays), at_least=1, subjects={"village": team.place.id})

    def breaches(self, view: PlanView, params: NoParams) -> Iterator[Breach]:
        """Look for an incumbent in each village that could keep one."""
        for team in view.teams.values():
            members = {person.id for person, _ in team.members}
            here = [row.cadre for row in team.place.incumbents if row.role != "captain"]
            able = [cadre for cadre in here if view.passes_at(view.facts.people[cadre], team.place)]
            if able and members.isdisjoint(able):
                yield Breach({"village": team.place.id}, 1, {"village": team.place.village.name})

    def summary(self, facts: Facts, seat: Seat, person: Person, params: NoParams) -> bool:
        """Return whether the member is in office here; somebody in the team who is will do."""
        return any(
            row.cadre == person.id and row.role != "captain"
            for row in facts.places[seat.village or ""].incumbents
        )

    def kind(self, place: Place, person: Person, params: NoParams) -> bool:
        """Return whether the person is in office here."""
        return any(row.cadre == person.id and row.role != "captain" for row in place.incumbents)
