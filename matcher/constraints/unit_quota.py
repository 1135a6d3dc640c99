"""Plan rule ``unit_quota``: a unit sends at most as many as it can."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.edits import Edit, cell
from matcher.rulekit import Breach, Limit, LinkRow, Load, NoParams, PlanRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from matcher.check.view import PlanView
    from matcher.round.facts import Facts, Person, Place, Seat
    from matcher.rulekit import Team
    from matcher.screening.outcome import Screening


class UnitQuota(PlanRule[NoParams]):
    """At most ``quota`` posts from a unit, captains included; a blank quota is no limit."""

    id = "unit_quota"
    name = Text("单位派出名额", "Unit quota")
    sentence = Text(
        "一个单位派出的人数不超过其可派人数（含总队长）；空白不限。",
        "At most `quota` posts from a unit, captains included.",
    )
    why = Text("派出单位自己的工作也要有人做。", "The unit's own work has to go on.")
    allowed = Text("可派2人，派出2人。", "Two of a quota of two.")
    refused = Text("可派2人，派出3人。", "Three of a quota of two.")
    words = Text("单位{unit}派出{posts}人，名额{quota}人", "unit {unit} sends {posts}, its quota is {quota}")
    captains = True
    team_level = True
    lasting = True
    Params = NoParams

    def rows(self, facts: Facts, screening: Screening, params: NoParams) -> Iterator[LinkRow]:
        """Return a row for each unit with a quota."""
        for unit in facts.round.units:
            if unit.quota is not None:
                yield LinkRow(unit.id, at_most=unit.quota, subjects={"unit": unit.id}, alone=unit.quota == 0)

    def load(self, team: Team, params: NoParams) -> Iterator[Load]:
        """Put the members from each unit on its row."""
        for unit, members in team.count_by(lambda person: person.unit_id).items():
            if team.facts.units[unit].quota is not None:
                yield Load(unit, members)

    def give(self, facts: Facts, breach: Breach, params: NoParams) -> Edit:
        """Return a quota larger by what is over it."""
        unit = facts.units[breach.subjects["unit"]]
        return cell("units", unit.id, quota=(unit.quota or 0) + breach.amount)

    def limits(self, view: PlanView, params: NoParams) -> Iterator[Limit]:
        """Return the quota of each unit that has one."""
        for id_, unit in view.facts.units.items():
            if unit.quota is not None:
                yield Limit(id_, at_most=unit.quota)

    def uses(self, facts: Facts, seat: Seat, person: Person, params: NoParams) -> Mapping[str, int]:
        """Return one of the quota of the member's unit."""
        return {person.record.unit: 1} if person.unit.quota is not None else {}

    def breaches(self, view: PlanView, params: NoParams) -> Iterator[Breach]:
        """Count the posts of each unit's people."""
        for unit, posts in Counter(view.facts.people[post.cadre].record.unit for post in view.posts).items():
            quota = view.facts.units[unit].quota
            if quota is not None and posts > quota:
                data = {"unit": view.facts.units[unit].name, "posts": posts, "quota": quota}
                yield Breach({"unit": unit}, posts - quota, data)

    def breaches_alone(self, view: PlanView, params: NoParams) -> Iterator[Breach]:
        """Look for people of units that send nobody at all."""
        for breach in self.breaches(view, params):
            if view.facts.units[breach.subjects["unit"]].quota == 0:
                yield breach

    def summary(self, facts: Facts, seat: Seat, person: Person, params: NoParams) -> bool:
        """Return whether the unit sends nobody."""
        return person.unit.quota == 0

    def kind(self, place: Place, person: Person, params: NoParams) -> bool:
        """Return whether the unit sends nobody."""
        return person.unit.quota == 0
