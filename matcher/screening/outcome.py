"""The screening of a whole round: every refusal, and who may hold which post."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matcher.round.facts import Facts, Person, Place, Seat
    from matcher.rulebook import RuleBook
    from matcher.rulekit import Refusal


class Screening:
    """What the screening rules in force leave open.

    Parameters
    ----------
    facts
        The round's derived facts.
    book
        The rules in effect.
    """

    def __init__(self, facts: Facts, book: RuleBook) -> None:
        self.facts = facts
        self.book = book
        self._by_cadre: dict[str, list[Refusal]] = defaultdict(list)
        for item in book.screening:
            if item.on:
                for person in facts.people.values():
                    for refusal in item.rule.refusals(facts, person, item.params):
                        self._by_cadre[person.id].append(replace(refusal, rule=item.rule.id))
        self._structure = book.plan_rule("team_structure")
        self._captaincy = book.plan_rule("township_captain")

    @property
    def refusals(self) -> list[Refusal]:
        """Every refusal, by cadre in the order of the table."""
        return [refusal for id_ in self.facts.people for refusal in self._by_cadre.get(id_, ())]

    def refusals_of(self, cadre: str) -> list[Refusal]:
        """Return every refusal of one cadre."""
        return list(self._by_cadre.get(cadre, ()))

    @cached_property
    def places(self) -> dict[str, Place]:
        """The places that have seats: every village, and with captains every township."""
        places = dict(self.facts.places)
        if self._captaincy.on:
            places |= {place.id: place for place in self.facts.townships.values()}
        return places

    def roles_at(self, place: Place) -> tuple[str, ...]:
        """Return the roles that exist at ``place``."""
        if not place.is_village:
            return ("captain",)
        sizes = self._structure.rule.seats(place, self._structure.params)  # type: ignore[attr-defined]
        return tuple(role for role, (_, most) in sizes.items() if most)

    def admits(self, person: Person, seat: Seat) -> bool:
        """Return whether ``person`` may hold ``seat`` (which exists)."""
        if seat.role == "captain" and not self._captaincy.rule.admits(person, seat, self._captaincy.params):  # type: ignore[attr-defined]
            return False
        return not any(refusal.covers(seat) for refusal in self._by_cadre.get(person.id, ()))

    @cached_property
    def eligible(self) -> dict[str, dict[str, tuple[Person, ...]]]:
        """Who may hold each role, by place id and role, in the order of the cadres table."""
        places = [(place, self.roles_at(place)) for place in self.places.values()]
        by_county: dict[str, list[tuple[Place, tuple[str, ...]]]] = defaultdict(list)
        for place, roles in places:
            by_county[place.township[0]].append((place, roles))
        found: dict[str, dict[str, list[Person]]] = {
            place.id: {role: [] for role in roles} for place, roles in places
        }
        for person in self.facts.people.values():
            refusals = self._by_cadre.get(person.id, ())
            if any(refusal.everywhere for refusal in refusals):
                continue
            county = next((r.outside[0] for r in refusals if r.outside is not None), None)
            near = places if county is None else by_county[county]
            self._admit(person, near, refusals, found)
        return {id_: {role: tuple(who) for role, who in roles.items()} for id_, roles in found.items()}

    def _admit(
        self, person: Person, near: Iterable[tuple[Place, tuple[str, ...]]], refusals: Any, found: Any
    ) -> None:
        for place, roles in near:
            for role in roles:
                seat = place.seat(role)
                if not refusals or not any(refusal.covers(seat) for refusal in refusals):
                    if role == "captain" and not self.admits(person, seat):
                        continue
                    found[place.id][role].append(person)

    @cached_property
    def passing(self) -> frozenset[str]:
        """The cadres who pass screening for at least one seat."""
        return frozenset(
            person.id for roles in self.eligible.values() for people in roles.values() for person in people
        )

    def passes_at(self, cadre: str, place: str) -> bool:
        """Return whether ``cadre`` passes screening for some seat at ``place``."""
        return any(person.id == cadre for people in self.eligible[place].values() for person in people)


def screen(facts: Facts, book: RuleBook) -> Screening:
    """Screen every candidate of the round under the rules in effect."""
    return Screening(facts, book)
