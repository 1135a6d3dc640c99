"""The checker's own screening of a whole round, and one team or captaincy as a plan of its own."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from matcher.check.attainable_aspects import OneTeam
from matcher.check.attainable_ground import Ground
from matcher.check.view import HeldPost, PlanView, TeamView
from matcher.codes import TEAM_ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.check.attainable_aspects import Member
    from matcher.round.facts import Facts, Person, Place, Township
    from matcher.rulebook import RuleBook

#: The least and the most members of each role.
Seats = dict[str, tuple[int, int]]
Eligible = dict[str, tuple["Person", ...]]


class Bench(PlanView):
    """A plan without posts over the round that has looked up everybody's screening once."""

    def __init__(self, facts: Facts, book: RuleBook) -> None:
        super().__init__(facts, book, ())
        #: What each term counts of the plan as a whole where nobody is posted.
        self.nothing = {
            item.rule.id: item.rule.count_plan(self, item.params) for item in book.terms if item.on
        }

    @cached_property
    def places(self) -> dict[str, Place]:
        """The places that have a block: every village, and with captains every township."""
        places = dict(self.facts.places)
        if self.book.plan_rule("township_captain").on:
            places |= {place.id: place for place in self.facts.townships.values()}
        return places

    @cached_property
    def eligible(self) -> dict[str, Eligible]:
        """Who passes screening for each role, by place and role."""
        return {id_: self._eligible_at(place) for id_, place in self.places.items()}

    def _eligible_at(self, place: Place) -> Eligible:
        people = self.facts.people.values()
        if not place.is_village:
            rule = self.book.plan_rule("township_captain")
            seat = place.seat("captain")
            able = (p for p in people if rule.rule.permits(p, place.township, rule.params))  # type: ignore[attr-defined]
            return {"captain": tuple(p for p in able if not self.permits(p, seat))}
        found: Eligible = {}
        for role, (_, most) in self.seats_at(place).items():
            seat = place.seat(role)
            found[role] = tuple(p for p in people if not self.permits(p, seat)) if most else ()
        return found

    def seats_at(self, place: Place) -> Seats:
        """Return the least and the most members of each role at a village."""
        seats = Ground(self, place).seats
        return {role: seats[role] for role in TEAM_ROLES}

    @cached_property
    def passing(self) -> dict[str, frozenset[str]]:
        """Who passes screening for some seat, by place."""
        return {
            id_: frozenset(person.id for people in roles.values() for person in people)
            for id_, roles in self.eligible.items()
        }

    @cached_property
    def _somewhere(self) -> frozenset[str]:
        return frozenset().union(*self.passing.values())

    def passes_at(self, person: Person, place: Place) -> bool:
        """Return whether ``person`` passes screening for some seat at a village."""
        return person.id in self.passing[place.id]

    def passes_somewhere(self, person: Person) -> bool:
        """Return whether ``person`` passes screening for at least one seat of the round."""
        return person.id in self._somewhere

    def alone(self, place: Place, members: Sequence[Member]) -> PlanView:
        """Return the plan that holds one team, or one captain, and nothing else."""
        if not place.is_village:
            return OneCaptaincy(self, place.township, [person for person, _ in members])
        return OneTeam(self, TeamView(self.facts, place, tuple(members)), self.passing[place.id])


class OneCaptaincy(PlanView):
    """A plan that holds one township with its captain, or without, and nothing else."""

    def __init__(self, view: PlanView, township: Township, captains: Sequence[Person]) -> None:
        super().__init__(view.facts, view.book, ())
        self._township = township
        self.posts = [HeldPost(person.id, "captain", None, township) for person in captains]

    @cached_property
    def teams(self) -> dict[str, TeamView]:
        """None: the view holds a township."""
        return {}

    @property
    def townships(self) -> tuple[Township, ...]:
        """The one township."""
        return (self._township,)
