"""Score term ``keep_bundle``: the unit that leads a village now leads it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Linear, NoParams, ScoreTerm

if TYPE_CHECKING:
    from matcher.check.view import TeamView
    from matcher.rulekit import Team


class KeepBundle(ScoreTerm[NoParams]):
    """Per village: 1 if its lead unit is the one that leads it now."""

    id = "keep_bundle"
    name = Text("包村关系延续", "Keep the bundle")
    sentence = Text(
        "每村：包村单位与现包村单位相同得1。", "Per village: 1 if its lead unit is its `current_lead_unit`."
    )
    why = Text("项目周期长于任期，单位轻易不换。", "Projects run longer than a term.")
    allowed = Text("县水务局继续包村：1分。", "The water bureau goes on leading: 1 point.")
    refused = Text("换单位，或原无包村单位：0分。", "Another unit, or none before: 0 points.")
    words = Text("{unit}继续包村", "{unit} goes on leading")
    default_weight = 12
    additive = True
    Params = NoParams

    def points(self, team: Team, params: NoParams) -> Linear:
        """Return whether the present unit leads."""
        current = team.place.village.current_lead_unit
        return team.leads(current) if current is not None else Linear()

    def count(self, team: TeamView, params: NoParams) -> int:
        """Compare the lead unit with the present one."""
        return (
            1 if team.lead_unit is not None and team.lead_unit == team.place.village.current_lead_unit else 0
        )
