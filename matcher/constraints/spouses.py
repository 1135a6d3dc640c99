"""Plan rule ``spouses``: a couple is not posted at the same time."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Breach, Limit, LinkRow, Load, NoParams, PlanRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from matcher.check.view import PlanView
    from matcher.round.facts import Facts, Person, Place, Seat
    from matcher.rulekit import Team
    from matcher.screening.outcome import Screening


class Spouses(PlanRule[NoParams]):
    """Not both of a couple have a post, be it in one team or in two."""

    id = "spouses"
    name = Text("夫妻不同时驻村", "Spouses")
    sentence = Text("夫妻双方不同时选派。", "Not both of a couple have a post.")
    why = Text("家里总要有人照顾。", "Somebody has to be at home.")
    allowed = Text("丈夫驻村，妻子未选派。", "One of a couple posted, the other not.")
    refused = Text("夫妻分别派往两个村。", "Both posted, in two villages.")
    words = Text("夫妻{cadres}同时选派", "the couple {cadres} are both posted")
    captains = True
    team_level = True
    lasting = True
    Params = NoParams

    def rows(self, facts: Facts, screening: Screening, params: NoParams) -> Iterator[LinkRow]:
        """Return a row for each couple of whom both may be posted."""
        for one, other in facts.couples:
            if {one, other} <= screening.passing:
                yield LinkRow((one, other), at_most=1, subjects={"cadres": [one, other]}, alone=True)

    def load(self, team: Team, params: NoParams) -> Iterator[Load]:
        """Put both partners' roles here on the couple's row."""
        here = {person.id for person in team.people}
        for couple in team.facts.couples:
            if not here.isdisjoint(couple):
                yield Load(couple, team.held_by(couple[0]) + team.held_by(couple[1]))

    def named(self, facts: Facts, place: Place) -> frozenset[str]:
        """Return the people who are half of a couple; to the rule all others are alike."""
        return frozenset(cadre for couple in facts.couples for cadre in couple)

    def limits(self, view: PlanView, params: NoParams) -> Iterator[Limit]:
        """Return one post for each couple of whom both may have one."""
        people = view.facts.people
        for couple in view.facts.couples:
            if all(view.passes_somewhere(people[cadre]) for cadre in couple):
                yield Limit(couple, at_most=1)

    def uses(
        self, facts: Facts, seat: Seat, person: Person, params: NoParams
    ) -> Mapping[tuple[str, str], int]:
        """Return one of the post of each couple that the member is half of."""
        return {couple: 1 for couple in facts.couples if person.id in couple}

    def breaches(self, view: PlanView, params: NoParams) -> Iterator[Breach]:
        """Look for couples of whom both have a post."""
        posted = {post.cadre for post in view.posts}
        married = {frozenset((c.id, c.spouse)) for c in view.facts.round.cadres if c.spouse}
        for couple in sorted(sorted(pair) for pair in married if pair <= posted):
            names = [view.facts.people[cadre].record.name for cadre in couple]
            yield Breach({"cadres": couple}, 1, {"cadres": names})

    def breaches_alone(self, view: PlanView, params: NoParams) -> Iterator[Breach]:
        """Look for couples among the members; one side's naming the other is enough."""
        members = sorted(post.cadre for post in view.posts)
        couples = {(id_, view.facts.people[id_].record.spouse) for id_ in members}
        for one, other in combinations(members, 2):
            if (one, other) in couples or (other, one) in couples:
                yield Breach({"cadres": [one, other]}, 1, {"cadres": [one, other]})
