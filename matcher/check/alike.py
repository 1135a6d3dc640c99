"""Who is interchangeable with whom: what a committee would not call another choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.check.attainable_ground import KnowsPeople
from matcher.check.view import PlanView, TeamView
from matcher.plan import Post
from matcher.rulekit import PlanRule, Rule

if TYPE_CHECKING:
    from collections.abc import Hashable

    from matcher.round.facts import Facts, Person, Place, Seat
    from matcher.rulebook import InForce, RuleBook

#: Rules whose count names the person: they set nobody apart.
PERSONAL = frozenset({"one_post"})


class Alike:
    """Tells who is interchangeable.

    Two cadres are interchangeable when they come from the same unit, screening admits them to the same
    seats, and at every seat they count the same for every score term and every plan rule in force. To exchange
    one for the other then changes a name and nothing else.

    Parameters
    ----------
    facts, book
        The round and the rules in effect.
    """

    def __init__(self, facts: Facts, book: RuleBook) -> None:
        self.facts = facts
        self.book = book
        self._view = PlanView(facts, book, ())
        self._terms = [item for item in book.terms if item.on and not item.rule.of_plan]
        self._rules = [item for item in book.plan if item.on and item.rule.id not in PERSONAL]
        self._seen: dict[tuple[str, str], Hashable] = {}
        self._captains = book.plan_rule("township_captain")
        self._places = list(facts.places.values())
        if self._captains.on:
            self._places += facts.townships.values()
        self._by_id = {at.id: at for at in self._places}
        self._groups: dict[str, frozenset[str]] = {}
        self._tied: dict[str, set[str | tuple[str, str]]] = {}
        for cadre, where in facts.baseline:
            self._tied.setdefault(cadre, set()).add(where)
        self._by_unit: dict[str, list[Person]] = {}
        for person in facts.people.values():
            self._by_unit.setdefault(person.unit_id, []).append(person)

    def group(self, cadre: str, place: str | None = None) -> frozenset[str]:
        """Return everybody who is interchangeable with one cadre, the cadre included.

        Parameters
        ----------
        place
            The id of a place that tells people apart quickly: where the cadre is posted.
        """
        if cadre not in self._groups:
            person = self.facts.people[cadre]
            colleagues = self._by_unit[person.unit_id]
            self._groups[cadre] = frozenset(o.id for o in colleagues if self.same(person, o, place))
        return self._groups[cadre]

    def same(self, one: Person, other: Person, place: str | None = None) -> bool:
        """Return whether two cadres are interchangeable."""
        if one.id == other.id:
            return True
        if one.unit_id != other.unit_id or self._tied.get(one.id) != self._tied.get(other.id):
            return False
        here = self._by_id.get(place or "")
        if here is not None and self._at(one, here) != self._at(other, here):
            return False  # found out quickly, for most pairs
        return all(self._at(one, at) == self._at(other, at) for at in self._places)

    def _at(self, person: Person, place: Place) -> Hashable:
        """Return what somebody counts at a place, in every role."""
        key = (person.id, place.id)
        if key not in self._seen:
            roles = self._view.roles_at(place) if place.is_village else ["captain"]
            self._seen[key] = tuple(self._in_role(person, place, role) for role in roles)
        return self._seen[key]

    def _in_role(self, person: Person, place: Place, role: str) -> Hashable:
        seat = place.seat(role)
        if self._view.permits(person, seat):
            return None
        used = [self._used(item, seat, person) for item in self._rules]
        if not place.is_village:
            return self._as_captain(person, place), tuple(used)
        alone = TeamView(self.facts, place, ((person, role),))
        counted = [item.rule.count(alone, item.params) for item in self._terms]
        every: list[InForce[Any]] = [*self._terms, *self._rules]
        reads = [self._read(item, seat, person) for item in every]
        return tuple(used), tuple(counted), tuple(reads)

    def _used(self, item: InForce[Any], seat: Seat, person: Person) -> Hashable:
        """Return what a seat held by somebody uses of what a rule limits."""
        return frozenset(item.rule.uses(self.facts, seat, person, item.params).items())

    def _read(self, item: InForce[Any], seat: Seat, person: Person) -> Hashable:
        """Return what a rule or term reads of somebody as a member of a team."""
        rule = item.rule
        if type(rule).summary is not Rule.summary:
            return rule.summary(self.facts, seat, person, item.params)  # type: ignore[no-any-return]
        place = self.facts.places[seat.village or ""]
        if isinstance(rule, KnowsPeople):
            return person.id if person.id in rule.named(self.facts, place) else None
        if isinstance(rule, PlanRule):
            return rule.kind(place, person, item.params)
        return rule.kind(TeamView(self.facts, place, ()), person, item.params)  # type: ignore[no-any-return]

    def _as_captain(self, person: Person, place: Place) -> Hashable:
        """Return what somebody counts as the captain of a township."""
        county, township = place.township
        post = Post(cadre=person.id, role="captain", county=county or None, township=township)
        view = PlanView(self.facts, self.book, [post])
        counted = tuple(item.rule.count_plan(view, item.params) for item in self.book.terms if item.on)
        return self._captains.rule.permits(person, place.township, self._captains.params), counted  # type: ignore[attr-defined]
