"""A block: one village with its possible teams (or one township with its captain), free of any solver.

The block is what rules and terms write their encodings on (:class:`matcher.rulekit.Team`). Its first
variables are the decisions "this person holds this role here"; helper variables follow, each with its
definition. One block serves the one-piece model, neighbourhoods, the single-village model and pricing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from matcher.model.definitions import AnyOf, Definition, Product, Reaches
from matcher.rulekit import Linear, Mode, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from matcher.round.facts import Facts, Person, Place


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A row of a rule over one block, with the mode that took effect."""

    rule: str
    row: Row
    mode: Mode
    weight: int
    #: Holds in every mode and is never given up for a repair (no team may be too large).
    always: bool = False


@dataclass
class Block:
    """One village's team or one township's captaincy.

    Attributes
    ----------
    seats
        The decision variables: variable ``v`` is "``seats[v]`` = (person, role)".
    lower, upper
        Bounds of every variable, decisions first.
    definitions
        Helper variable to its definition, in an order in which they can be evaluated.
    rows
        The team-level rows.
    loads
        What the block puts on each link row, by (rule, key).
    points
        The village's weighted points.
    plan_points
        Weighted points of the plan that this block decides (kept pairings, a captain's competence).
    variable
        The decision of each (cadre, role).
    choices
        How many decisions each role has.
    """

    facts: Facts
    place: Place
    people: tuple[Person, ...]
    roles: tuple[str, ...]
    limits: Mapping[str, tuple[int, int]]
    seats: list[tuple[Person, str]] = field(default_factory=list)
    lower: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    definitions: dict[int, Definition] = field(default_factory=dict)
    rows: list[BlockRow] = field(default_factory=list)
    loads: dict[tuple[str, Any], Linear] = field(default_factory=dict)
    points: Linear = field(default_factory=Linear)
    plan_points: Linear = field(default_factory=Linear)
    variable: dict[tuple[str, str], int] = field(default_factory=dict)
    choices: Counter[str] = field(default_factory=Counter)

    @property
    def objective(self) -> Linear:
        """Everything that the block adds to the score, penalties aside."""
        return self.points + self.plan_points

    @property
    def size(self) -> int:
        """The number of variables."""
        return len(self.upper)

    def values(self, team: Iterable[tuple[str, str]]) -> list[int]:
        """Return the value of every variable for a team of (cadre, role); all of them must be possible here."""
        values = [0] * self.size
        for member in team:
            values[self.variable[member]] = 1
        for variable, definition in self.definitions.items():
            values[variable] = definition.value(values)
        return values

    def range(self, expression: Linear) -> tuple[int, int]:
        """Return limits of an expression that take the seats of each role into account."""
        by_role: dict[str, list[int]] = defaultdict(list)
        low = high = expression.constant
        for variable, coefficient in expression.terms.items():
            if variable < len(self.seats):
                by_role[self.seats[variable][1]].append(coefficient)
            else:
                most = coefficient * self.upper[variable]
                low, high = low + min(0, most), high + max(0, most)
        for role, coefficients in by_role.items():
            least, most = self.limits[role]
            everybody = len(coefficients) == self.choices[role]
            ordered = sorted(coefficients)
            forced = min(least, len(ordered)) if everybody else 0
            low += sum(c for i, c in enumerate(ordered[:most]) if i < forced or c < 0)
            high += sum(c for i, c in enumerate(ordered[::-1][:most]) if i < forced or c > 0)
        return low, high

    def can_hold(self, team: Iterable[tuple[str, str]]) -> bool:
        """Return whether every member's seat exists here and passed screening."""
        return all(member in self.variable for member in team)


class TeamEncoding:
    """The builder through which rules and terms see a block (the protocol :class:`matcher.rulekit.Team`)."""

    def __init__(
        self,
        facts: Facts,
        place: Place,
        eligible: Mapping[str, Sequence[Person]],
        limits: Mapping[str, tuple[int, int]],
        attainable: int | None = None,
    ) -> None:
        roles = tuple(eligible)
        people = {person.id: person for who in eligible.values() for person in who}
        ordered = list(people.values())
        if len(roles) > 1:
            ordered.sort(key=lambda person: facts.order.get(person.id, 0))
        self.block = Block(facts, place, tuple(ordered), roles, dict(limits))
        self.attainable = attainable
        self._by_role: dict[str, list[tuple[int, Person]]] = {role: [] for role in roles}
        self._by_unit: dict[str, list[int]] = defaultdict(list)
        self._known: dict[Any, Linear] = {}
        for role in roles:
            for person in eligible[role]:
                variable = self._new(1)
                self.block.seats.append((person, role))
                self.block.choices[role] += 1
                self.block.variable[person.id, role] = variable
                self._by_role[role].append((variable, person))
                if role == "first_secretary":
                    self._by_unit[person.unit_id].append(variable)

    @property
    def facts(self) -> Facts:
        """The round's derived facts."""
        return self.block.facts

    @property
    def place(self) -> Place:
        """The village, or the township of a captain."""
        return self.block.place

    @property
    def people(self) -> Sequence[Person]:
        """Who may hold at least one role here."""
        return self.block.people

    @property
    def roles(self) -> Sequence[str]:
        """The roles that exist here."""
        return self.block.roles

    def largest(self) -> int:
        """Return the most people that the team can have."""
        return sum(most for _, most in self.block.limits.values())

    def total(self, value: Callable[[Person, str], int], *roles: str) -> Linear:
        """Return the sum of ``value(person, role)`` over the members in ``roles`` (none: all)."""
        terms = {}
        for role in roles or self.block.roles:
            for variable, person in self._by_role.get(role, ()):
                worth = value(person, role)
                if worth:
                    terms[variable] = int(worth)
        return Linear(terms)

    def size(self, *roles: str) -> Linear:
        """Return how many members there are in ``roles`` (none: all)."""
        chosen = roles or self.block.roles
        return Linear({variable: 1 for role in chosen for variable, _ in self._by_role.get(role, ())})

    def count(self, which: Callable[[Person], bool], *roles: str) -> Linear:
        """Return how many members in ``roles`` (none: all) satisfy ``which``."""
        return Linear(dict.fromkeys(self._where(which, roles), 1))

    def count_by(self, key: Callable[[Person], Hashable], *roles: str) -> dict[Any, Linear]:
        """Return how many members in ``roles`` (none: all) have each value of ``key``, for those that occur."""
        found: dict[Any, dict[int, int]] = {}
        for role in roles or self.block.roles:
            for variable, person in self._by_role.get(role, ()):
                found.setdefault(key(person), {})[variable] = 1
        return {value: Linear(terms) for value, terms in found.items()}

    def held_by(self, cadre: str, *roles: str) -> Linear:
        """Return how many of ``roles`` (none: all) here one cadre holds."""
        variables = (self.block.variable.get((cadre, role)) for role in roles or self.block.roles)
        return Linear({variable: 1 for variable in variables if variable is not None})

    def any(self, which: Callable[[Person], bool], *roles: str) -> Linear:
        """Return 1 where some member in ``roles`` (none: all) satisfies ``which``, else 0."""
        return self._any_of(tuple(self._where(which, roles)))

    def any_by(self, key: Callable[[Person], Hashable], *roles: str) -> dict[Any, Linear]:
        """Return, for each value of ``key`` that occurs, 1 where some member in ``roles`` (none: all) has it, else 0."""
        found: dict[Any, list[int]] = {}
        for role in roles or self.block.roles:
            for variable, person in self._by_role.get(role, ()):
                found.setdefault(key(person), []).append(variable)
        return {value: self._any_of(tuple(members)) for value, members in found.items()}

    def leads(self, unit: str) -> Linear:
        """Return 1 where the first secretary comes from ``unit``, else 0."""
        return Linear(dict.fromkeys(self._by_unit.get(unit, ()), 1))

    def reaches(self, expression: Linear, least: int) -> Linear:
        """Return 1 where ``expression`` is at least ``least``, else 0."""
        low, high = self.block.range(expression)
        if low >= least:
            return Linear(constant=1)
        if high < least:
            return Linear()
        key = ("reaches", least, expression.constant, frozenset(expression.terms.items()))
        return self._helper(key, 1, lambda: Reaches(expression, least, low, high))

    def product(self, flag: Linear, amount: Linear) -> Linear:
        """Return ``flag × amount`` for a 0/1 ``flag`` and an ``amount`` that is never negative."""
        if not flag.terms or not amount.terms:
            return amount * flag.constant if not flag.terms else flag * amount.constant
        _, most = self.block.range(amount)
        key = ("product", frozenset(flag.terms.items()), frozenset(amount.terms.items()))
        return self._helper(key, most, lambda: Product(flag, amount, most))

    def points(self) -> Linear:
        """Return the village's points, as encoded so far (terms come before rules)."""
        return self.block.points

    def _where(self, which: Callable[[Person], bool], roles: tuple[str, ...]) -> list[int]:
        return [
            variable
            for role in roles or self.block.roles
            for variable, person in self._by_role.get(role, ())
            if which(person)
        ]

    def _any_of(self, members: tuple[int, ...]) -> Linear:
        if self._exclusive(members):
            return Linear(dict.fromkeys(members, 1))
        return self._helper(("any", members), 1, lambda: AnyOf(members))

    def _exclusive(self, members: tuple[int, ...]) -> bool:
        """Return whether at most one of ``members`` can be 1, so that their sum is 0 or 1."""
        held = [self.block.seats[v] for v in members]
        roles = {role for _, role in held}
        one_role = len(roles) == 1 and self.block.limits[next(iter(roles))][1] == 1
        return len(members) <= 1 or one_role or len({person.id for person, _ in held}) == 1

    def _helper(self, key: Any, upper: int, definition: Callable[[], Definition]) -> Linear:
        if key not in self._known:
            variable = self._new(upper)
            self.block.definitions[variable] = definition()
            self._known[key] = Linear({variable: 1})
        return Linear(self._known[key].terms)

    def _new(self, upper: int) -> int:
        self.block.lower.append(0)
        self.block.upper.append(upper)
        return len(self.block.upper) - 1
