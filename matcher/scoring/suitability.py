"""Score term ``suitability``: the interview panel's own score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Linear, NoParams, ScoreTerm

if TYPE_CHECKING:
    from matcher.check.view import TeamView
    from matcher.rulekit import Team


class SuitabilityTerm(ScoreTerm[NoParams]):
    """Per post: the panel's score for the pairing, or the mean that stands in for it."""

    id = "suitability"
    name = Text("面谈评分", "Suitability")
    sentence = Text(
        "每岗：面谈小组对该配对的评分；没有的取该干部各评分的平均，再没有的取全表平均（向下取整）；无评分表为0。",
        "Per post: the panel's score for the pairing; without a row, the mean of the cadre's rows, else of the table, "
        "rounded down; 0 with an empty table.",
    )
    why = Text("组织部门面谈掌握的情况，表格里看不出来。", "What the panel heard is in no other table.")
    allowed = Text("该配对评80分：80分。", "The pairing was scored 80: 80 points.")
    refused = Text("全表无评分：0分。", "An empty table: 0 points.")
    words = Text("面谈评分{points}分", "suitability: {points} points")
    default_weight = 1
    additive = True
    Params = NoParams

    def points(self, team: Team, params: NoParams) -> Linear:
        """Return a sum over posts."""
        scores, usual, here = team.facts.suitability, team.facts.usual_suitability, team.place.id
        return team.total(lambda person, role: scores.get((person.id, here), usual[person.id]))  # noqa: ARG005

    def count(self, team: TeamView, params: NoParams) -> int:
        """Look each pairing up in the table."""
        rows = team.facts.suitability_rows
        total = 0
        for person, _ in team.members:
            own = rows.get(person.id, {})
            if team.place.id in own:
                total += own[team.place.id]
            elif own:
                total += sum(own.values()) // len(own)
            elif rows:
                every = [score for scores in rows.values() for score in scores.values()]
                total += sum(every) // len(every)
        return total
