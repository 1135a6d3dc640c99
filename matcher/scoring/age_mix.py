"""Score term ``age_mix``: how many age bands a team has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Linear, NoParams, ScoreTerm

if TYPE_CHECKING:
    from matcher.check.view import TeamView
    from matcher.round.facts import Facts, Person, Seat
    from matcher.rulekit import Team


class AgeMix(ScoreTerm[NoParams]):
    """Per team: how many of the bands ≤35, 36–45, ≥46 it has."""

    id = "age_mix"
    name = Text("老中青搭配", "Age mix")
    sentence = Text(
        "每队：覆盖35岁以下、36至45岁、46岁以上三个年龄段中的几个。",
        "Per team: how many of the bands ≤35, 36–45 and ≥46 it has.",
    )
    why = Text("经验、精力和传帮带。", "Experience, energy, and the old teaching the young.")
    allowed = Text("32岁、40岁、50岁：3分。", "Aged 32, 40 and 50: 3 points.")
    refused = Text("36岁、40岁、45岁：1分。", "Aged 36, 40 and 45: 1 point.")
    words = Text("{bands}个年龄段", "{bands} age bands")
    default_weight = 8
    submodular = True
    Params = NoParams

    def points(self, team: Team, params: NoParams) -> Linear:
        """Return the number of bands with somebody in them."""
        points = Linear()
        for band in range(3):
            points.add(team.any(lambda person, band=band: person.band == band))  # type: ignore[misc]
        return points

    def count(self, team: TeamView, params: NoParams) -> int:
        """Count the distinct bands."""
        return len({"young" if p.age <= 35 else "middle" if p.age <= 45 else "old" for p, _ in team.members})  # noqa: PLR2004

    def summary(self, facts: Facts, seat: Seat, person: Person, params: NoParams) -> frozenset[int]:
        """Return the age band."""
        return frozenset([(person.age > 35) + (person.age > 45)])  # noqa: PLR2004

    def kind(self, team: TeamView, person: Person, params: NoParams) -> int:
        """Return the age band."""
        return (person.age > 35) + (person.age > 45)  # noqa: PLR2004
