"""Plan rule ``team_age_mix``: old, middle and young in one team."""

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


class TeamAgeMixParams(Params):
    """``min_bands``: how many of the bands ≤35, 36–45, ≥46 a team has at least."""

    min_bands: Annotated[int, Field(ge=1, le=3, strict=True)] = 2


class TeamAgeMix(PlanRule[TeamAgeMixParams]):
    """A team has at least min(its size, ``min_bands``) of the three age bands."""

    id = "team_age_mix"
    name = Text("队内老中青搭配", "Age mix of a team")
    sentence = Text(
        "一个工作队至少覆盖规定数目的年龄段（35岁以下、36至45岁、46岁以上；人数不足按人数计）。",
        "A team has at least min(its size, `min_bands`) of the age bands ≤35, 36–45 and ≥46.",
    )
    why = Text("老中青搭配，以老带新。", "The old teach the young.")
    allowed = Text("三人中两个年龄段。", "Two bands among three people.")
    refused = Text("三人同一年龄段。", "Three people of one band.")
    words = Text(
        "{village}只有{bands}个年龄段，应有{needed}个", "{village} has {bands} age bands, {needed} needed"
    )
    default_mode = "off"
    team_level = True
    Params = TeamAgeMixParams

    def team(self, team: Team, params: TeamAgeMixParams) -> Iterator[Row]:
        """Return one row: bands against the bands asked of a team of this size."""
        size = team.size()
        missing = Linear()
        for band in range(3):
            missing.add(team.any(lambda person, band=band: person.band == band))  # type: ignore[misc]
        for least in range(1, params.min_bands + 1):
            missing.add(team.reaches(size, least), -1)
        yield Row(missing, at_least=0, subjects={"village": team.place.id})

    def breaches(self, view: PlanView, params: TeamAgeMixParams) -> Iterator[Breach]:
        """Count the age bands of each team."""
        for team in view.teams.values():
            ages = [person.age for person, _ in team.members]
            bands = len({(age > 35) + (age > 45) for age in ages})  # noqa: PLR2004 - the bands' limits
            needed = min(len(ages), params.min_bands)
            if bands < needed:
                data = {"village": team.place.village.name, "bands": bands, "needed": needed}
                yield Breach({"village": team.place.id}, needed - bands, data)

    def summary(self, facts: Facts, seat: Seat, person: Person, params: TeamAgeMixParams) -> frozenset[int]:
        """Return the age band."""
        return frozenset([(person.age > 35) + (person.age > 45)])  # noqa: PLR2004 - the bands' limits

    def kind(self, place: Place, person: Person, params: TeamAgeMixParams) -> int:
        """Return the age band."""
        return (person.age > 35) + (person.age > 45)  # noqa: PLR2004 - the bands' limits
