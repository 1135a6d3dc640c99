"""Plan rule ``two_seniors``: no team with two people above a certain age."""
# ruff: noqa: ARG002 - a rule's methods take what the interface hands every rule

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from matcher.codes import Text
from matcher.rulekit import Breach, Params, PlanRule, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.check.view import PlanView
    from matcher.round.facts import Person, Place
    from matcher.rulekit import Team


class TwoSeniorsParams(Params):
    """``above``: the age above which somebody is a senior."""

    above: Annotated[int, Field(ge=18, le=100, strict=True)] = 50


class TwoSeniors(PlanRule[TwoSeniorsParams]):
    """A rule over one team: at most one senior."""

    id = "two_seniors"
    name = Text("一队不超过一名年长干部", "No two seniors")
    sentence = Text(
        "一个工作队中超过规定年龄（默认50岁）的不超过一人。", "No team has two people above that age."
    )
    why = Text("驻村辛苦，年轻人要过半。", "Somebody has to climb the mountains.")
    allowed = Text("三人中一人51岁。", "One of three is 51.")
    refused = Text("三人中两人51岁。", "Two of three are 51.")
    words = Text("{village}有{seniors}名年长干部", "{village} has {seniors} seniors")
    default_mode = "off"
    team_level = True
    Params = TwoSeniorsParams

    def team(self, team: Team, params: TwoSeniorsParams) -> Iterator[Row]:
        """Return one row: seniors, one at most."""
        seniors = team.count(lambda person: person.age > params.above)
        yield Row(seniors, at_most=1, subjects={"village": team.place.id})

    def breaches(self, view: PlanView, params: TwoSeniorsParams) -> Iterator[Breach]:
        """Count the seniors of each team."""
        for team in view.teams.values():
            seniors = sum(1 for person, _ in team.members if not person.age <= params.above)
            if seniors > 1:
                data = {"village": team.place.village.name, "seniors": seniors}
                yield Breach({"village": team.place.id}, seniors - 1, data)

    def kind(self, place: Place, person: Person, params: TwoSeniorsParams) -> bool:
        """Return whether it is a senior."""
        return person.age > params.above
