"""Score term ``unit_fit``: what the lead unit itself can bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Linear, NoParams, ScoreTerm

if TYPE_CHECKING:
    from matcher.check.view import TeamView
    from matcher.round.facts import Person
    from matcher.rulekit import Team


class UnitFit(ScoreTerm[NoParams]):
    """Per village: the most, over specialties, of need × the lead unit's resources."""

    id = "unit_fit"
    name = Text("单位资源契合", "Unit fit")
    sentence = Text(
        "每村：各专长“需求强度×包村单位资源等级”的最大值。",
        "Per village: the most over specialties of need × the lead unit's resources.",
    )
    why = Text(
        "项目、专家、销路来自后盾单位。", "Projects, experts and buyers come from the unit behind the team."
    )
    allowed = Text(
        "需求产业5、单位产业资源4：20分。", "Industry needed 5, the unit's industry resources 4: 20 points."
    )
    refused = Text("单位没有对口资源：0分。", "No resource that the village needs: 0 points.")
    words = Text("{unit}的{specialty}资源契合{points}分", "{unit}'s {specialty} resources: {points} points")
    default_weight = 1
    additive = True
    Params = NoParams

    def points(self, team: Team, params: NoParams) -> Linear:
        """Return a sum over first secretaries: who it is decides the lead unit."""
        needs = team.place.needs

        def fit(person: Person, role: str) -> int:  # noqa: ARG001 - the same in every role
            resources = person.unit.resources
            return max((need * resources.get(k, 0) for k, need in needs.items()), default=0)

        return team.total(fit, "first_secretary")

    def count(self, team: TeamView, params: NoParams) -> int:
        """Look up the lead unit's resources."""
        if team.lead_unit is None:
            return 0
        resources = team.facts.units[team.lead_unit].resources
        return max([0, *(level * team.place.needs.get(k, 0) for k, level in resources.items())])
