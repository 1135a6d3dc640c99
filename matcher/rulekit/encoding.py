"""What an encoding says to a model, without knowing the solver.

A *block* is one village and its team (or one township and its captain). A rule's team-level part is
a set of :class:`Row` over one block; what links villages is a :class:`LinkRow`, on which every block
puts a :class:`Load`. The same encodings serve the one-piece model (all blocks and link rows), the model of a
single village (its block and the link rows marked ``alone``) and the pricing of a village (its block,
with the loads priced).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from matcher.round.facts import Facts, Person, Place
    from matcher.rulekit.linear import Linear

Subjects = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A row over one block: ``at_least ≤ expression ≤ at_most``.

    Attributes
    ----------
    expression
        Over the block's variables.
    at_least, at_most
        The limits, either may be None.
    step
        By how much one unit of *amount* moves the expression: the amount of a violation is the distance
        to the limit divided by ``step``, rounded up.
    flat
        True when a violation counts 1 however deep it is.
    subjects
        What the row is about (village, type …), as in a breach.
    vital
        True when no repair gives it up.
    """

    expression: Linear
    at_least: int | None = None
    at_most: int | None = None
    step: int = 1
    flat: bool = False
    subjects: Subjects = field(default_factory=dict)
    vital: bool = False


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A row over all blocks: ``at_least ≤ sum of the blocks' loads ≤ at_most``.

    Attributes
    ----------
    key
        Names the row within its rule; loads carry the same key.
    alone
        True when the row also limits a single team considered alone (attainable points): couples
        inside a team, a quota of 0.
    """

    key: Any
    at_least: int | None = None
    at_most: int | None = None
    step: int = 1
    flat: bool = False
    subjects: Subjects = field(default_factory=dict)
    alone: bool = False


class Load(NamedTuple):
    """What one block puts on a link row of the same rule and key."""

    key: Any
    expression: Linear


class Team(Protocol):
    """A block as rules and terms see it: its people and expressions over who holds what.

    Every expression is over 0/1 decisions "this person holds this role here" and over helpers
    defined by them, so that its value follows from the team alone.
    """

    @property
    def facts(self) -> Facts:
        """The round's derived facts."""

    @property
    def place(self) -> Place:
        """The village, or the township of a captain."""

    @property
    def people(self) -> Sequence[Person]:
        """Who may hold at least one role here."""

    @property
    def roles(self) -> Sequence[str]:
        """The roles that exist here."""

    @property
    def attainable(self) -> int | None:
        """The village's attainable points where they are known already, else None."""

    def largest(self) -> int:
        """Return the most people that the team can have."""

    def total(self, value: Callable[[Person, str], int], *roles: str) -> Linear:
        """Return the sum of ``value(person, role)`` over the team's members in ``roles`` (none: all)."""

    def size(self, *roles: str) -> Linear:
        """Return how many members there are in ``roles`` (none: all)."""

    def count(self, which: Callable[[Person], bool], *roles: str) -> Linear:
        """Return how many members in ``roles`` (none: all) satisfy ``which``."""

    def count_by(self, key: Callable[[Person], Hashable], *roles: str) -> dict[Any, Linear]:
        """Return how many members in ``roles`` (none: all) have each value of ``key``, for those that occur."""

    def held_by(self, cadre: str, *roles: str) -> Linear:
        """Return how many of ``roles`` (none: all) here one cadre holds."""

    def any(self, which: Callable[[Person], bool], *roles: str) -> Linear:
        """Return 1 where some member in ``roles`` (none: all) satisfies ``which``, else 0."""

    def any_by(self, key: Callable[[Person], Hashable], *roles: str) -> dict[Any, Linear]:
        """Return, for each value of ``key`` that occurs, 1 where some member in ``roles`` (none: all) has it, else 0."""

    def leads(self, unit: str) -> Linear:
        """Return 1 where the first secretary comes from ``unit``, else 0."""

    def reaches(self, expression: Linear, least: int) -> Linear:
        """Return 1 where ``expression`` is at least ``least``, else 0."""

    def product(self, flag: Linear, amount: Linear) -> Linear:
        """Return ``flag × amount`` for a 0/1 ``flag`` and an ``amount`` that is never negative."""

    def points(self) -> Linear:
        """Return the village's points: the terms in force, weighted, without plan-level terms."""
