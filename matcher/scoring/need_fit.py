"""Score term ``need_fit``: how well each member's best specialty meets the village's needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Linear, NoParams, ScoreTerm

if TYPE_CHECKING:
    from matcher.check.view import TeamView
    from matcher.round.facts import Person
    from matcher.rulekit import Team

ROLE_FACTOR = {"first_secretary": 3, "resident": 2, "support": 1}


class NeedFit(ScoreTerm[NoParams]):
    """Per post: role factor × the most, over specialties, of need × level."""

    id = "need_fit"
    name = Text("需求契合", "Need fit")
    sentence = Text(
        "每岗：岗位系数（第一书记3、队员2、下沉干部1）×各专长“需求强度×专长等级”的最大值。",
        "Per post: role factor (first secretary 3, resident 2, support 1) × the most over specialties of need × level.",
    )
    why = Text(
        "专长越强、需求越急、岗位越重，越该对上。",
        "The stronger the skill and the need, the more it matters who holds the post.",
    )
    allowed = Text(
        "第一书记党建4级、需求党建5：3×20＝60。", "First secretary with party 4 for a need of 5: 60 points."
    )
    refused = Text("专长与需求不对应：0。", "No specialty that the village needs: 0.")
    words = Text("{specialty}契合{points}分", "{specialty} fits: {points} points")
    default_weight = 1
    additive = True
    Params = NoParams

    def points(self, team: Team, params: NoParams) -> Linear:
        """Return a sum over posts: each member's points depend on nobody else."""
        needs = team.place.needs

        def fit(person: Person, role: str) -> int:
            levels = person.levels
            return ROLE_FACTOR[role] * max((need * levels.get(k, 0) for k, need in needs.items()), default=0)

        return team.total(fit)

    def count(self, team: TeamView, params: NoParams) -> int:
        """Add up the posts."""
        total = 0
        for person, role in team.members:
            products = [team.place.needs.get(k, 0) * level for k, level in person.record.specialties.items()]
            total += {"first_secretary": 3, "resident": 2, "support": 1}[role] * max([0, *products])
        return total
