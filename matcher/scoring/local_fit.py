"""Score term ``local_fit``: the village's language, and the will to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Linear, NoParams, ScoreTerm

if TYPE_CHECKING:
    from matcher.check.view import TeamView
    from matcher.round.facts import Person
    from matcher.rulekit import Team


class LocalFit(ScoreTerm[NoParams]):
    """Per post: 1 for one of the village's languages, 1 for being willing."""

    id = "local_fit"
    name = Text("适应度", "Local fit")
    sentence = Text(
        "每岗：会说该村任一语言得1，本人愿意得1。",
        "Per post: 1 if the cadre speaks one of the village's languages, 1 if willing.",
    )
    why = Text("听得懂、愿意去，才待得住。", "Who understands and wants to go will stay.")
    allowed = Text("会苗语且愿意：2分。", "Speaks Miao and is willing: 2 points.")
    refused = Text("意愿空白、不会当地语言：0分。", "Blank willingness, no local language: 0 points.")
    words = Text("适应度{points}分", "local fit: {points} points")
    default_weight = 2
    additive = True
    Params = NoParams

    def points(self, team: Team, params: NoParams) -> Linear:
        """Return a sum over posts."""
        spoken = frozenset(team.place.village.languages)

        def fit(person: Person, role: str) -> int:  # noqa: ARG001 - the same in every role
            return (not spoken.isdisjoint(person.record.languages)) + (person.record.willing is True)

        return team.total(fit)

    def count(self, team: TeamView, params: NoParams) -> int:
        """Add up languages and willingness."""
        total = 0
        for person, _ in team.members:
            total += any(language in team.place.village.languages for language in person.record.languages)
            total += 1 if person.record.willing else 0
        return total
