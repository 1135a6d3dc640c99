"""Score term ``min_change``: a mid-term adjustment moves as few people as it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Linear, NoParams, ScoreTerm

if TYPE_CHECKING:
    from matcher.check.view import PlanView
    from matcher.round.facts import Facts
    from matcher.rulekit import Team


class MinChange(ScoreTerm[NoParams]):
    """−1 for each pairing of the plan in force that is not kept; belongs to the plan, not to a village."""

    id = "min_change"
    name = Text("最少变动", "Fewest changes")
    sentence = Text(
        "有原方案时：每有一对（干部，村）未保留得−1；总队长按（干部，乡镇）。",
        "With a plan in force: −1 for each of its pairings (cadre, village; a captain's township) that is not kept.",
    )
    why = Text("中期调整只换必须换的人。", "A mid-term adjustment replaces whom it must.")
    allowed = Text("原三人留两人：−1。", "Two of three stay: −1.")
    refused = Text("无原方案：0。", "Without a plan in force: 0.")
    words = Text("{changed}对未保留", "{changed} pairings are not kept")
    default_weight = 15
    of_plan = True
    additive = True
    Params = NoParams

    def points(self, team: Team, params: NoParams) -> Linear:
        """Return how many baseline pairings the team keeps."""
        baseline, place = team.facts.baseline, team.place
        here = place.id if place.is_village else place.township
        return team.count(lambda person: (person.id, here) in baseline)

    captain_points = points

    def constant(self, facts: Facts, params: NoParams) -> int:
        """Return minus the number of baseline pairings; each kept one gives 1 back."""
        return -len(facts.baseline)

    def count_plan(self, view: PlanView, params: NoParams) -> int:
        """Look for each row of the plan in force among the posts."""
        held = {(post.cadre, post.village or post.township) for post in view.posts}
        lost = 0
        for row in view.facts.round.baseline:
            place = row.village or view.facts.township_of(row.county, row.township)
            lost += (row.cadre, place) not in held
        return -lost
