"""One village at a certificate's prices: who may be in the team, what each brings alone, and what is read jointly."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from matcher.check.attainable_ground import KnowsPeople
from matcher.check.bounding.aspects import (
    MOST_WORTH,
    Aspect,
    DistinctCount,
    Level,
    TooManyStates,
    WorthTooLarge,
    fitting,
)
from matcher.check.bounding.board import FURTHER, LEAD, Board
from matcher.check.view import TeamView

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from matcher.check.attainable_aspects import Member
    from matcher.check.bounding.account import Account
    from matcher.check.bounding.aspects import Numbers
    from matcher.check.bounding.bench import Eligible
    from matcher.rulebook import InForce


class Village:
    """Everything about one village that does not depend on which bound is to be shown.

    Parameters
    ----------
    account
        How a team of the village is counted.
    eligible
        Who may hold each role.
    by_kind
        Read terms and rules that don't say what they read by the kinds of further members; then there may be
        one first secretary only in ``eligible``.

    Attributes
    ----------
    members
        Everybody in each role that they may hold; a *member* is a number in this list elsewhere.
    person
        The number of each member's person, the same in all roles.
    things
        The number of what each member brings of which a rule counts the different ones; the unit, where none does.
    own
        What each member brings alone, a first secretary also what follows from the lead unit alone.
    unsaid_rules
        Rules that the tables leave out; a team found has to be looked at again.
    unsaid_terms
        Terms that the tables can't hold; every team has to be tried.
    """

    def __init__(self, account: Account, eligible: Eligible, *, by_kind: bool = False) -> None:
        self.account = account
        self._by_kind = by_kind
        self.seats = account.bench.seats_at(account.place)
        self.largest = sum(most for _, most in self.seats.values())
        roles = [role for role in Level._fields if self.seats[role][1]]
        self.members: list[Member] = [(person, role) for role in roles for person in eligible[role]]
        self.where = {
            role: np.array([i for i, m in enumerate(self.members) if m[1] == role], dtype=np.int64)
            for role in Level._fields
        }
        self.person = _numbered([person.id for person, _ in self.members])
        self._levels = list(self._sizes())
        self.unsaid_rules: list[InForce[Any]] = []
        self.unsaid_terms: list[InForce[Any]] = []
        self.distinct: DistinctCount | None = None
        self._aspects: list[Aspect] = []
        self._points: list[Aspect | None] = []
        self._alone = [term for term in account.terms if term.rule.additive]
        self._with_lead = [t for t in account.terms if t.rule.additive_with_lead and not t.rule.additive]
        for term in account.terms:
            if not (term.rule.additive or term.rule.additive_with_lead):
                self._add_term(term)
        for rule in account.rules:
            if rule.rule.team_level:
                self._add_rule(rule)
        self.things = _numbered(self._things())
        self.board = Board(self._aspects, self.members, self.seats)
        self.own = self._own()

    # ------------------------------------------------------------ what is read jointly

    def _sizes(self) -> Iterator[Level]:
        """Yield every team size up to the largest, each after those of one member fewer."""
        most = [self.seats[role][1] for role in Level._fields]
        for first in range(most[0] + 1):
            for residents in range(most[1] + 1):
                for support in range(most[2] + 1):
                    yield Level(first, residents, support)

    def _summaries(self, item: InForce[Any]) -> list[Hashable] | None:
        """Return what the rule reads of everybody in each role; None where it doesn't say."""
        facts, place = self.account.bench.facts, self.account.place
        seats = {role: place.seat(role) for role in Level._fields}
        found: list[Hashable] = []
        for person, role in self.members:
            summary = item.rule.summary(facts, seats[role], person, item.params)
            if summary is None:
                return None
            found.append(summary)
        return found

    def _add_term(self, item: InForce[Any]) -> None:
        scale, account = self.account.prices.scale, self.account
        try:
            aspect = self._table(item, lambda team: scale * account.term(item, team))
        except TooManyStates:
            self.unsaid_terms.append(item)
            return
        self._aspects.append(aspect)
        asks = self.asks_points
        self._points.append(self._table(item, lambda team: account.points(item, team)) if asks else None)

    def _add_rule(self, item: InForce[Any]) -> None:
        scale = self.account.prices.scale

        def judge(team: Sequence[Member]) -> int | None:
            value = self.account.rule(item, team)
            return None if value is None else scale * value

        summaries = self._summaries(item)
        if item.rule.counts_distinct and self.distinct is None and self._one_thing_each(summaries):
            self.distinct = DistinctCount(judge, self.members, summaries or [], self.largest)
            return
        try:
            self._aspects.append(self._table(item, judge))
        except TooManyStates:
            self.unsaid_rules.append(item)
        else:
            self._points.append(None)

    def _things(self) -> Sequence[Hashable]:
        if self.distinct is not None:
            return self.distinct.things
        return [person.record.unit for person, _ in self.members]

    def _one_thing_each(self, summaries: Sequence[Hashable] | None) -> bool:
        """Return whether everybody brings one thing, the same in every role."""
        things: dict[str, Hashable] = {}
        return summaries is not None and all(
            isinstance(s, frozenset) and len(s) == 1 and things.setdefault(person.id, s) == s
            for (person, _), s in zip(self.members, summaries, strict=True)
        )

    def _table(self, item: InForce[Any], judge: Callable[[Sequence[Member]], int | None]) -> Aspect:
        summaries = self._summaries(item)
        combine = item.rule.combine
        if summaries is None:
            if not self._by_kind:
                raise TooManyStates
            summaries, combine = self._kinds(item), _together
        return Aspect(judge, self.members, summaries, combine, self._levels)

    def _kinds(self, item: InForce[Any]) -> list[Hashable]:
        """Return role and kind of everybody, in numbers; whole teams of kinds are then what is told apart."""
        bench, place = self.account.bench, self.account.place
        team = TeamView(bench.facts, place, tuple(self.members[i] for i in self.where[LEAD]))
        named = item.rule.named(bench.facts, place) if isinstance(item.rule, KnowsPeople) else None
        numbers: dict[Hashable, int] = {}
        found: list[Hashable] = []
        for person, role in self.members:
            kind: Hashable
            if role == LEAD:
                kind = None
            elif any(item is term for term in self.account.terms):
                kind = person.id if item.rule.of_plan else item.rule.kind(team, person, item.params)
            elif named is not None:
                kind = person.id if person.id in named else None
            else:
                kind = item.rule.kind(place, person, item.params)
            found.append(((role, numbers.setdefault(kind, len(numbers))),))
        return found

    # ------------------------------------------------------------ what each brings alone

    @property
    def asks_points(self) -> bool:
        """Whether some team may stay below points that are asked for, or wished."""
        return self.account.least_points is not None or self.account.wished_points is not None

    def _own(self) -> Numbers:
        account, scale = self.account, self.account.prices.scale
        own = [
            scale * sum(account.term(item, [member]) for item in self._items(member))
            - account.charge(*member)
            for member in self.members
        ]
        if max(map(abs, own), default=0) * (self.largest + 1) >= MOST_WORTH // 4:
            raise WorthTooLarge
        return np.array(own, dtype=np.int64)

    @cached_property
    def own_points(self) -> Numbers:
        """What each member brings alone towards the village's index."""
        points = [sum(self.account.points(t, [m]) for t in self._items(m)) for m in self.members]
        return np.array(points, dtype=np.int64)

    def _items(self, member: Member) -> list[InForce[Any]]:
        return [*self._alone, *(self._with_lead if member[1] == LEAD else ())]

    def added(self, lead: int | None, *, index: bool = False) -> Numbers:
        """Return what each further member adds because of the lead unit.

        Parameters
        ----------
        lead
            One of the unit's people as first secretary, or nobody.
        index
            Whether points towards the index are asked for, or worth.
        """
        found = np.zeros(len(self.members), dtype=np.int64)
        leads = (self.members[lead],) if lead is not None else ()
        team = TeamView(self.account.bench.facts, self.account.place, leads)
        count = self.account.points if index else self.account.term
        factor = 1 if index else self.account.prices.scale
        for item in self._with_lead:
            base, kind = count(item, leads), item.rule.kind
            known: dict[Hashable, int] = {}
            for role in FURTHER:
                for i in self.where[role].tolist():
                    member = self.members[i]
                    key = (role, kind(team, member[0], item.params))
                    if key not in known:
                        known[key] = fitting(factor * (count(item, [*leads, member]) - base))
                    found[i] += known[key]
        return found

    # ------------------------------------------------------------ what whole teams come to

    def points_worth(self, *, lead: bool) -> Numbers:
        """Return the points towards the index that each state of the board gives."""
        return self.board.sum_of(self._points, lead=lead)

    def things_worth(self, *, lead: bool) -> Numbers:
        """Return what each number of different things is worth, level × number; zeros where no rule counts them."""
        levels = self.board.team_levels(lead=lead)
        if self.distinct is None:
            return np.zeros((len(levels), 1), dtype=np.int64)
        return np.stack([self.distinct.values(level) for level in levels])


def _numbered(values: Sequence[Hashable]) -> Numbers:
    """Return a number for each value, the same for the same value."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int64)


def _together(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the kinds of two parts of a team."""
    return tuple(sorted((*one, *other)))
