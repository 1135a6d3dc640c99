"""Plan rule ``lone_woman``: no woman alone in a team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Breach, NoParams, PlanRule, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.check.view import PlanView
    from matcher.round.facts import Facts, Person, Place, Seat
    from matcher.rulekit import Team


class LoneWoman(PlanRule[NoParams]):
    """No team of three or more has exactly one woman."""

    id = "lone_woman"
    name = Text("女干部不单独驻村", "No lone woman")
    sentence = Text("三人以上的工作队不得只有一名女干部。", "No team of three or more has exactly one woman.")
    why = Text("同吃同住，生活和安全要有照应。", "The team lives together; for safety and company.")
    allowed = Text("三人队两名女干部，或没有女干部。", "A team of three with two women, or none.")
    refused = Text("三人队一名女干部。", "A team of three with one woman.")
    words = Text("{village}只有一名女干部", "{village} has exactly one woman")
    default_mode = "off"
    team_level = True
    Params = NoParams

    def team(self, team: Team, params: NoParams) -> Iterator[Row]:
        """Return one row: of "three or more", "a woman" and "no second woman" at most two hold."""
        large = team.reaches(team.size(), 3)
        women = team.count(lambda person: person.record.sex == "female")
        lone = team.reaches(women, 1) - team.reaches(women, 2)
        yield Row(large + lone, at_most=1, subjects={"village": team.place.id})

    def breaches(self, view: PlanView, params: NoParams) -> Iterator[Breach]:
        """Count the women of each team."""
        for team in view.teams.values():
            sexes = [person.record.sex for person, _ in team.members]
            if len(sexes) > 2 and sexes.count("female") == 1:  # noqa: PLR2004 - three or more
                yield Breach({"village": team.place.id}, 1, {"village": team.place.village.name})

    def summary(self, facts: Facts, seat: Seat, person: Person, params: NoParams) -> int:
        """Return 1 for a woman."""
        return int(person.record.sex == "female")

    @staticmethod
    def combine(one: int, other: int) -> int:
        """Return the number of women; more than two are as good as two."""
        return min(2, one + other)

    def kind(self, place: Place, person: Person, params: NoParams) -> bool:
        """Return whether it is a woman."""
        return person.record.sex == "female"
