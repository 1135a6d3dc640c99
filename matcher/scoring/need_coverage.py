"""Score term ``need_coverage``: the needs that a team covers at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Linear, NoParams, ScoreTerm

if TYPE_CHECKING:
    from matcher.check.view import TeamView
    from matcher.round.facts import Facts, Person, Seat
    from matcher.rulekit import Team


class NeedCoverage(ScoreTerm[NoParams]):
    """Per village: the sum of the needs for which some member has level 3 or more."""

    id = "need_coverage"
    name = Text("需求覆盖", "Need coverage")
    sentence = Text(
        "每村：队伍中有人具备（3级以上）的各项需求强度之和。",
        "Per village: the sum of its needs over the specialties in which some team member has level 3 or more.",
    )
    why = Text("缺什么补什么：先求每项需求有人能做。", "First of all, somebody able for every need.")
    allowed = Text(
        "需求党建5、政法2，队中有党建4级、无政法：得5。",
        "Needs party 5, law 2; a member with party 4: 5 points.",
    )
    refused = Text("队中党建最高2级：不计。", "Party building 2 at best counts nothing.")
    words = Text("覆盖{covered}，未覆盖{uncovered}", "covers {covered}, leaves {uncovered}")
    default_weight = 6
    submodular = True
    Params = NoParams

    def points(self, team: Team, params: NoParams) -> Linear:
        """Return the sum over needs of need × "somebody is able"."""
        points = Linear()
        for specialty, need in team.place.needs.items():
            points.add(team.any(lambda person, k=specialty: k in person.competent), need)  # type: ignore[misc]
        return points

    def count(self, team: TeamView, params: NoParams) -> int:
        """Add up the needs of the specialties that the members have."""
        able = {
            specialty
            for person, _ in team.members
            for specialty, level in person.record.specialties.items()
            if level >= 3  # noqa: PLR2004 - level 3: works in it on their own
        }
        return sum(need for specialty, need in team.place.needs.items() if specialty in able)

    def summary(self, facts: Facts, seat: Seat, person: Person, params: NoParams) -> frozenset[str]:
        """Return which of the village's needs the member covers."""
        needs, levels = facts.places[seat.village or ""].needs, person.record.specialties
        return frozenset(k for k, need in needs.items() if need > 0 and levels.get(k, 0) >= 3)  # noqa: PLR2004

    def kind(self, team: TeamView, person: Person, params: NoParams) -> frozenset[str]:
        """Return which of the village's needs the person covers."""
        able = {k for k, level in person.levels.items() if level >= 3}  # noqa: PLR2004
        return frozenset(k for k in able if team.place.needs.get(k, 0) > 0)
