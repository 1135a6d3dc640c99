"""Score term ``keep_unit``: whoever leaves a village in mid-term is replaced from the same unit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Linear, NoParams, ScoreTerm

if TYPE_CHECKING:
    from matcher.check.view import PlanView
    from matcher.round.facts import Facts, Person, Seat
    from matcher.rulekit import Team


class KeepUnit(ScoreTerm[NoParams]):
    """−1 for each post in a village that a unit held in the plan in force and gives up; belongs to the plan."""

    id = "keep_unit"
    name = Text("原单位接替", "Replaced by the same unit")
    sentence = Text(
        "有原方案时：某单位在某村的人数比原方案每少1人得−1；总队长不计。",
        "With a plan in force: −1 for each person fewer that a unit has in a village than in that plan; captains are "
        "left out.",
    )
    why = Text(
        "谁派出，谁接替：换人不换单位。", "Who sent somebody sends the next: another person, the same unit."
    )
    allowed = Text(
        "县水务局两人之一被召回，另派一人接替：0。",
        "One of two is recalled and their bureau sends another: 0.",
    )
    refused = Text("由别的单位接替：−1。", "Another unit sends the next: −1.")
    words = Text("{posts}个岗位未由原单位接替", "{posts} posts are not filled by the unit that held them")
    default_weight = 0
    of_plan = True
    Params = NoParams

    def points(self, team: Team, params: NoParams) -> Linear:
        """Return, over the units of the plan in force, how many they have here, at most what they had."""
        before = team.facts.units_in_force.get(team.place.id, Counter())
        held = team.count_by(lambda person: person.unit_id)
        points = Linear()
        for unit, had in before.items():
            for least in range(1, had + 1) if unit in held else ():
                points.add(team.reaches(held[unit], least))
        return points

    def constant(self, facts: Facts, params: NoParams) -> int:
        """Return minus the number of posts of the plan in force; each that its unit keeps gives 1 back."""
        return -sum(sum(units.values()) for units in facts.units_in_force.values())

    def count_plan(self, view: PlanView, params: NoParams) -> int:
        """Compare how many people each unit has in each village with the plan in force."""
        had: Counter[tuple[str, str]] = Counter()
        for row in view.facts.round.baseline:
            if row.village is not None:
                had[row.village, view.facts.people[row.cadre].record.unit] += 1
        for village, team in view.teams.items():
            had.subtract((village, person.record.unit) for person, _ in team.members)
        return -sum(fewer for fewer in had.values() if fewer > 0)

    def summary(
        self, facts: Facts, seat: Seat, person: Person, params: NoParams
    ) -> tuple[tuple[str, int], ...]:
        """Return the unit, where it is one that had somebody in the village."""
        had = person.unit_id in facts.units_in_force.get(seat.village or "", Counter())
        return ((person.unit_id, 1),) if had else ()

    @staticmethod
    def combine(
        one: tuple[tuple[str, int], ...], other: tuple[tuple[str, int], ...]
    ) -> tuple[tuple[str, int], ...]:
        """Return how many there are of each unit."""
        together = Counter(dict(one)) + Counter(dict(other))
        return tuple(sorted(together.items()))
