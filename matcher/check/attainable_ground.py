"""One village as the search for its attainable points sees it: seats, people, and what each brings alone."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from matcher.check.attainable_aspects import SEATS, Aspect, rule_judge, term_judge
from matcher.check.view import TeamView
from matcher.codes import TEAM_ROLES

if TYPE_CHECKING:
    from collections.abc import Hashable

    from matcher.check.attainable_aspects import Member
    from matcher.check.view import PlanView
    from matcher.round.facts import Facts, Person, Place

#: Rules that, once a team breaks them, no further member repairs. Only a shortcut: unlisted rules are looked at
#: when the team is complete.
LASTING: Final = frozenset({"team_units", "unit_quota"})


@runtime_checkable
class KnowsPeople(Protocol):
    """A rule that knows some people by name; to it all others are alike."""

    def named(self, facts: Facts, place: Place) -> frozenset[str]:
        """Return whom the rule knows by name at ``place``."""


class Ground:
    """What stays the same whoever is first secretary.

    Parameters
    ----------
    view
        A plan without posts over the round, to ask for screening.
    place
        The village.
    """

    def __init__(self, view: PlanView, place: Place) -> None:
        self.view = view
        self.place = place
        terms = [item for item in view.book.terms if item.on and not item.rule.of_plan]
        self.additive = [item for item in terms if item.rule.additive]
        self.joint = [item for item in terms if not item.rule.additive]
        self.rules = [item for item in view.book.plan if item.mode == "hard" and item.rule.team_level]
        #: Whether every term in force lets a team's points be bounded before the team is complete.
        self.bounded = all(item.rule.submodular for item in self.joint)
        #: The rules, by number, that stay broken once they are.
        self.lasting = tuple(i for i, item in enumerate(self.rules) if item.rule.id in LASTING)

    @cached_property
    def seats(self) -> dict[str, tuple[int, int]]:
        """The least and the most members in each role."""
        structure = self.view.book.plan_rule("team_structure")
        village = self.place.village
        named: Any = next(
            (structure.params.by_type[t] for t in village.types if t in structure.params.by_type), None
        )
        asked = {}
        for field in ("residents", "support_min", "support_max"):
            own = getattr(village, field)
            asked[field] = getattr(named, field, None) if own is None else own
        residents = 2 if asked["residents"] is None else asked["residents"]
        least = asked["support_min"] or 0
        most = least if asked["support_max"] is None else asked["support_max"]
        ranges = {"first_secretary": (1, 1), "resident": (residents, residents), "support": (least, most)}
        hard = structure.mode == "hard"
        return {role: (low if hard else 0, high) for role, (low, high) in ranges.items()}

    @cached_property
    def eligible(self) -> dict[str, list[tuple[int, Person]]]:
        """Who passes screening for each role, with their points alone, the most first."""
        found: dict[str, list[tuple[int, Person]]] = {}
        for role in TEAM_ROLES:
            people = self.view.facts.people.values() if self.seats[role][1] else ()
            seat = self.place.seat(role)
            able = [(self._own(p, role), p) for p in people if not self.view.permits(p, seat)]
            found[role] = sorted(able, key=lambda row: -row[0])
        return found

    def _own(self, person: Person, role: str) -> int:
        """Return the weighted additive points of one member alone."""
        team = TeamView(self.view.facts, self.place, ((person, role),))
        return sum(item.weight * item.rule.count(team, item.params) for item in self.additive)

    @cached_property
    def passing(self) -> frozenset[str]:
        """Who passes screening for some seat."""
        return frozenset(person.id for able in self.eligible.values() for _, person in able)

    @cached_property
    def helpers(self) -> dict[str, Person]:
        """Who passes screening for a further seat, by id."""
        return {person.id: person for role in SEATS for _, person in self.eligible[role]}

    @cached_property
    def rule_kinds(self) -> dict[str, tuple[Hashable, ...]]:
        """What each rule reads of each person as a further member."""
        named = [
            item.rule.named(self.view.facts, self.place) if isinstance(item.rule, KnowsPeople) else None
            for item in self.rules
        ]
        kinds: dict[str, tuple[Hashable, ...]] = {}
        for id_, person in self.helpers.items():
            known = [None if ids is None else (id_ if id_ in ids else "") for ids in named]
            read = zip(self.rules, known, strict=True)
            kinds[id_] = tuple(
                item.rule.kind(self.place, person, item.params) if own is None else own for item, own in read
            )
        return kinds

    def aspects(self, lead: tuple[Member, ...]) -> list[Aspect]:
        """Return the terms that are not additive, then the rules, under one first secretary."""
        judges = [term_judge(self.view, self.place, item) for item in self.joint]
        judges += [rule_judge(self.view, self.place, item, self.passing) for item in self.rules]
        return [Aspect(judge, lead) for judge in judges]
