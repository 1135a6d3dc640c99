"""Score term ``competence``: appraisals, grassroots years and rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Linear, NoParams, ScoreTerm

if TYPE_CHECKING:
    from matcher.check.view import PlanView, TeamView
    from matcher.round.facts import Person
    from matcher.rulekit import Team

ENOUGH_EXCELLENT = 2
ENOUGH_YEARS = 3


def _worth(person: Person) -> int:
    record = person.record
    excellent = record.appraisals[:3].count("优秀") >= ENOUGH_EXCELLENT
    return 2 * excellent + (record.grassroots_years >= ENOUGH_YEARS) + person.section_rank


class Competence(ScoreTerm[NoParams]):
    """Per post: 2 for excellent appraisals, 1 for grassroots years, 1 for rank; a first secretary counts double."""

    id = "competence"
    name = Text("个人能力", "Competence")
    sentence = Text(
        "每岗：近三次考核至少两次优秀得2，基层工作满3年得1，科级以上得1；第一书记加倍；总队长不加倍。",
        "Per post: 2 if at least two of the last three appraisals are excellent, 1 for three grassroots years, 1 for "
        "section rank or above; doubled for a first secretary. Captains score it undoubled.",
    )
    why = Text("个人能力与专业对口同样重要。", "Personal competence matters as much as professional match.")
    allowed = Text(
        "两次优秀、基层5年、科级的第一书记：8分。",
        "Two excellents, five years, section rank, first secretary: 8.",
    )
    refused = Text("一次优秀、基层2年、科员：0分。", "One excellent, two years, clerk: 0.")
    words = Text("个人能力{points}分", "competence: {points} points")
    default_weight = 2
    additive = True
    Params = NoParams

    def points(self, team: Team, params: NoParams) -> Linear:
        """Return a sum over posts."""
        return team.total(lambda person, role: _worth(person) * (2 if role == "first_secretary" else 1))

    def captain_points(self, team: Team, params: NoParams) -> Linear:
        """Return the captain's own points."""
        return team.total(lambda person, role: _worth(person))  # noqa: ARG005 - captains have one role

    def count(self, team: TeamView, params: NoParams) -> int:
        """Add up the members."""
        return sum(self._merits(person) * (1 + (role == "first_secretary")) for person, role in team.members)

    def count_plan(self, view: PlanView, params: NoParams) -> int:
        """Add up the captains."""
        return sum(self._merits(captain) for _, captain in view.captains)

    @staticmethod
    def _merits(person: Person) -> int:
        merits = 0
        if sum(1 for grade in person.record.appraisals[:3] if grade == "优秀") > 1:
            merits += 2
        if not person.record.grassroots_years < 3:  # noqa: PLR2004 - three years of grassroots work
            merits += 1
        if person.section_rank:
            merits += 1
        return merits
