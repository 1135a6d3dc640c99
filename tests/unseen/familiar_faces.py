"""Score term ``familiar_faces``: somebody of the people who speak the village's languages."""
# ruff: noqa: ARG002 - a rule's methods take what the interface hands every rule

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Linear, Params, ScoreTerm

if TYPE_CHECKING:
    from matcher.check.view import TeamView
    from matcher.round.facts import Person
    from matcher.rulekit import Team


class FamiliarFacesParams(Params):
    """``peoples``: language to the ethnicity of those who speak it."""

    peoples: dict[str, str] = {"苗语": "苗族", "布依语": "布依族"}


class FamiliarFaces(ScoreTerm[FamiliarFacesParams]):
    """Per village: how many of its languages are those of some member's people."""

    id = "familiar_faces"
    name = Text("民族相近", "Familiar faces")
    sentence = Text(
        "每村：村内语言中，队伍里有本民族干部的有几种。",
        "Per village: how many of its languages are the language of some team member's people.",
    )
    why = Text("民族地区的工作要有本民族干部。", "A village trusts its own people.")
    allowed = Text("苗语村有一名苗族队员：1分。", "A Miao member where Miao is spoken: 1 point.")
    refused = Text("苗语村没有苗族队员：0分。", "No Miao member where Miao is spoken: 0 points.")
    words = Text("{languages}种语言有本民族干部", "{languages} languages with somebody of that people")
    default_weight = 5
    submodular = True
    Params = FamiliarFacesParams

    def points(self, team: Team, params: FamiliarFacesParams) -> Linear:
        """Return the sum over languages of "somebody of that people"."""
        points = Linear()
        for language in team.place.village.languages:
            people = params.peoples.get(language)
            points.add(team.any(lambda person, people=people: person.record.ethnicity == people))  # type: ignore[misc]
        return points

    def count(self, team: TeamView, params: FamiliarFacesParams) -> int:
        """Look for a member of each people."""
        present = {person.record.ethnicity for person, _ in team.members}
        return sum(1 for language in team.place.village.languages if params.peoples.get(language) in present)

    def kind(self, team: TeamView, person: Person, params: FamiliarFacesParams) -> str:
        """Return the ethnicity."""
        return person.record.ethnicity
