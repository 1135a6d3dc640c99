"""Score term ``strong_unit``: strong units to hard villages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Linear, NoParams, ScoreTerm

if TYPE_CHECKING:
    from matcher.check.view import TeamView
    from matcher.rulekit import Team


class StrongUnit(ScoreTerm[NoParams]):
    """Per village: strength of the lead unit × hardship of the village."""

    id = "strong_unit"
    name = Text("强单位帮难村", "Strong unit to hard village")
    sentence = Text("每村：包村单位实力×帮扶难度。", "Per village: strength of the lead unit × hardship.")
    why = Text("强单位应到最难的村去。", "The strong bureaus belong in the hardest villages.")
    allowed = Text(
        "实力5的单位包难度5的村：25分。", "A unit of strength 5 leads a village of hardship 5: 25 points."
    )
    refused = Text("没有第一书记即没有包村单位：0分。", "No first secretary, no lead unit: 0 points.")
    words = Text("{unit}实力{strength}×难度{hardship}", "{unit}: strength {strength} × hardship {hardship}")
    default_weight = 1
    additive = True
    Params = NoParams

    def points(self, team: Team, params: NoParams) -> Linear:
        """Return a sum over first secretaries: who it is decides the lead unit."""
        strength = team.facts.strength
        hardship = team.place.village.hardship
        return team.total(lambda person, role: strength[person.unit_id] * hardship, "first_secretary")  # noqa: ARG005

    def count(self, team: TeamView, params: NoParams) -> int:
        """Multiply the lead unit's strength with the village's hardship."""
        if team.lead_unit is None:
            return 0
        return team.facts.strength[team.lead_unit] * team.place.village.hardship
