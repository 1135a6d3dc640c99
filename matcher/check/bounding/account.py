"""What one team is worth at a certificate's prices, counted straight from rules and terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from matcher.check.view import TeamView
from matcher.codes import TEAM_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from fractions import Fraction

    from matcher.check.attainable_aspects import Member
    from matcher.check.bounding.bench import Bench
    from matcher.round.facts import Person, Place
    from matcher.rulebook import InForce
    from matcher.rulekit import PlanRule, ScoreTerm

_ORDER = {role: number for number, role in enumerate(TEAM_ROLES)}


@dataclass(frozen=True)
class Prices:
    """The prices of a certificate.

    Attributes
    ----------
    scale
        Worth is counted in points × ``scale``.
    rules
        The prices by rule, then by key.
    floor
        The least index of every village, where the bound is about plans that keep it.
    attainable
        Every village's attainable points, where an index is asked for.
    """

    scale: int
    rules: Mapping[str, Mapping[Any, int]]
    floor: Fraction | None = None
    attainable: Mapping[str, int] = field(default_factory=dict)


class Account:
    """The worth of the teams of one village, or of the captains of one township."""

    def __init__(self, bench: Bench, place: Place, prices: Prices) -> None:
        self.bench = bench
        self.place = place
        self.prices = prices
        book = bench.book
        self.terms = [item for item in book.terms if item.on]
        village = place.is_village
        self.rules = [
            item for item in book.plan if item.on and (item.rule.villages if village else item.rule.captains)
        ]
        self._priced = [
            (item, prices.rules[item.rule.id]) for item in self.rules if prices.rules.get(item.rule.id)
        ]

    def term(self, item: InForce[ScoreTerm[Any]], members: Iterable[Member]) -> int:
        """Return a term's weighted points: the village's, and those of the plan that the team brings."""
        team = ordered(members)
        points = (
            item.rule.count(TeamView(self.bench.facts, self.place, team), item.params)
            if self.place.is_village
            else 0
        )
        if item.rule.counts_plans:
            view = self.bench.alone(self.place, team)
            points += item.rule.count_plan(view, item.params) - self.bench.nothing[item.rule.id]
        return item.weight * points

    def points(self, item: InForce[ScoreTerm[Any]], members: Iterable[Member]) -> int:
        """Return a term's weighted points as they count towards the village's index."""
        team = TeamView(self.bench.facts, self.place, ordered(members))
        return 0 if item.rule.of_plan else item.weight * item.rule.count(team, item.params)

    def rule(self, item: InForce[PlanRule[Any]], members: Iterable[Member]) -> int | None:
        """Return minus the penalty for what the team breaks of a rule by itself; None where it may not."""
        view = self.bench.alone(self.place, ordered(members))
        if item.mode == "hard":
            return None if any(True for _ in item.rule.breaches_alone(view, item.params)) else 0
        breaches = list(item.rule.breaches_inside(view, item.params))
        if any(breach.always for breach in breaches):
            return None
        return -item.weight * sum(breach.amount for breach in breaches)

    def charge(self, person: Person, role: str) -> int:
        """Return price × use of one member, over all priced rows."""
        seat = self.place.seat(role)
        total = 0
        for item, prices in self._priced:
            uses = item.rule.uses(self.bench.facts, seat, person, item.params)
            total += sum(prices.get(key, 0) * used for key, used in uses.items())
        return total

    @cached_property
    def least_points(self) -> int | None:
        """The points that a team may not stay below; None where there is no such limit."""
        limits = [self.prices.floor] if self.prices.floor is not None else []
        floor = self.bench.book.plan_rule("village_floor")
        if floor.mode == "hard":
            limits.append(floor.params.min_index)
        return self._needed(max(limits)) if limits else None

    @cached_property
    def wished_points(self) -> int | None:
        """The points below which a soft ``village_floor`` costs its penalty; None where it isn't soft."""
        floor = self.bench.book.plan_rule("village_floor")
        return self._needed(floor.params.min_index) if floor.mode == "soft" else None

    @property
    def wish(self) -> int:
        """The penalty of a soft ``village_floor``."""
        return self.prices.scale * self.bench.book.plan_rule("village_floor").weight

    def _needed(self, index: Any) -> int | None:
        """Return the least points with that index; None where nothing is attainable."""
        attainable = self.prices.attainable.get(self.place.id, 0) if self.place.is_village else 0
        if attainable <= 0:
            return None
        over, under = index.as_integer_ratio()
        return int(-(-over * attainable // under))

    def total(self, members: Sequence[Member]) -> int | None:
        """Return the worth of a team; None where the hard rules on one team don't allow it."""
        scale = self.prices.scale
        worth = scale * sum(self.term(item, members) for item in self.terms)
        for item in self.rules:
            value = self.rule(item, members)
            if value is None:
                return None
            worth += scale * value
        worth -= sum(self.charge(person, role) for person, role in members)
        if self.place.is_village:
            points = sum(self.points(item, members) for item in self.terms)
            if self.least_points is not None and points < self.least_points:
                return None
            if self.wished_points is not None and points < self.wished_points:
                worth -= self.wish
        return worth


def ordered(members: Iterable[Member]) -> tuple[Member, ...]:
    """Return members in the order of roles and ids, as in a plan."""
    return tuple(sorted(members, key=lambda member: (_ORDER.get(member[1], 0), member[0].id)))
