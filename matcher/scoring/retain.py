"""Score term ``retain``: incumbents who stay in their village."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Linear, NoParams, ScoreTerm

if TYPE_CHECKING:
    from matcher.check.view import TeamView
    from matcher.rulekit import Team


class Retain(ScoreTerm[NoParams]):
    """Per incumbent posted to the same village again, in whatever role."""

    id = "retain"
    name = Text("留任", "Retain")
    sentence = Text("每名留任原村的在岗人员得1。", "1 per incumbent posted to the same village again.")
    why = Text("熟悉村情的人值得留。", "Whoever knows the village is worth keeping.")
    allowed = Text("在岗队员留任原村第一书记：1分。", "A resident stays as first secretary: 1 point.")
    refused = Text("调往邻村：0分。", "Moved to the next village: 0 points.")
    words = Text("{people}人留任", "{people} stay")
    default_weight = 10
    additive = True
    Params = NoParams

    def points(self, team: Team, params: NoParams) -> Linear:
        """Return how many members are in office here."""
        here = team.place.id
        return team.count(lambda person: person.incumbent is not None and person.incumbent.village == here)

    def count(self, team: TeamView, params: NoParams) -> int:
        """Count the members whom the incumbents table names for this village."""
        here = {row.cadre for row in team.place.incumbents}
        return sum(1 for person, _ in team.members if person.id in here)
