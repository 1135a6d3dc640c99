"""A block read as a dynamic program: what its rows and helpers need to know about a growing team.

What a team is worth is a sum over its members, plus a function of its state: how many hold each role and which
counters its members have raised. Whatever of a block doesn't fit is *relaxed*, in the direction that makes
teams look better than they are: then the best worth found is still a bound, and the best team's own worth tells
whether it is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from matcher.model.definitions import AnyOf, Product, Reaches
from matcher.pricing.layout import LEAD, Layout, by_role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from matcher.model.block import Block
    from matcher.rulekit import Linear, Row

    Ints = NDArray[np.int64]

#: The most states that counts and counters together may have.
STATES = 40_000
#: The longest range that a row's own sum is counted through.
LONGEST = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A linear expression taken apart.

    Attributes
    ----------
    constant
        The constant.
    helpers
        Helper variable to coefficient.
    sizes
        Role to coefficient, where everybody in the role counts the same.
    counter
        Key of the counter of what is left, or None.
    """

    constant: int
    helpers: Mapping[int, int]
    sizes: Mapping[str, int]
    counter: Any | None


@dataclass(frozen=True, slots=True)
class Bonus:
    """What members bring when their own unit's person is first secretary."""

    helper: int
    unit: str
    brings: Mapping[int, int]


class Form:
    """A block ready for the dynamic program.

    Parameters
    ----------
    block
        The block.
    rows
        The team-level rows to honour, with the price of a unit of violation (None: hard).
    objective
        What is maximized, at any prices: the helpers that it can touch.

    Attributes
    ----------
    layout
        The states.
    tables
        Helper variable to its value in every state, without and with a first secretary.
    state_rows, lead_rows
        Rows that depend on the state, and rows over who is first secretary.
    bonuses
        Bonuses for serving under the own unit's lead.
    tokens, unit_price
        How many units may join at no price (None: units are not counted), and the price of another (None: hard).
    relaxed
        Whether anything had to be left out.
    """

    def __init__(
        self,
        block: Block,
        rows: Iterable[tuple[Row, int | None]],
        objective: Iterable[int],
        *,
        limit: int = STATES,
    ) -> None:
        self.block = block
        self.seats = block.seats
        self.decisions = len(block.seats)
        roles = tuple(role for role in block.roles if role != LEAD)
        self.layout = Layout(roles, tuple(block.limits[role][1] for role in roles), limit)
        self.parts: dict[int, Part] = {}
        self.bonuses: list[Bonus] = []
        self.unknown: set[int] = set()
        self._leads: dict[str, set[int]] = {}
        self._paid: set[int] = set()
        self.state_rows: list[tuple[Row, int | None, Part]] = []
        self.lead_rows: list[tuple[Row, int | None]] = []
        self.tokens: int | None = None
        self.unit_price: int | None = None
        self.relaxed = False
        for helper in objective:
            self._need(helper)
        ordered = sorted(rows, key=lambda item: item[1] is not None)
        for row, price in ordered:
            if not self._read_row(row, price):
                self.relaxed = True
        self.tables = {helper: self._table(helper) for helper in self.parts}

    # ------------------------------------------------------------ helpers

    def _need(self, helper: int) -> bool:
        """Read a helper's definition; return whether its value follows from the state."""
        if helper in self.parts:
            return True
        if helper in self.unknown:
            return False
        definition = self.block.definitions[helper]
        part: Part | None = None
        if isinstance(definition, AnyOf):
            key = self.layout.add(dict.fromkeys(definition.members, 1), 1)
            part = None if key is None else Part(0, {}, {}, key)
        elif isinstance(definition, Reaches):
            part = self._take_apart(definition.expression, definition.least)
        elif self._is_bonus(helper, definition):
            return False
        if part is None:
            self.unknown.add(helper)
            self.relaxed = True
            return False
        self.parts[helper] = part
        return True

    def _is_bonus(self, helper: int, definition: Product) -> bool:
        """Note a product of "this unit leads" and a sum over the unit's own people; return whether it is one."""
        if helper in self._paid:
            return True
        flag, amount = definition.flag, definition.amount
        if flag.constant or amount.constant or any(c != 1 for c in flag.terms.values()):
            return False
        touched = [*flag.terms, *amount.terms]
        if not flag.terms or any(v >= self.decisions for v in touched) or min(amount.terms.values()) < 0:
            return False
        units = {self.seats[v][0].unit_id for v in touched}
        if len(units) != 1 or self._leading(next(iter(units))) != flag.terms.keys():
            return False
        self._paid.add(helper)
        self.bonuses.append(Bonus(helper, next(iter(units)), dict(amount.terms)))
        return True

    def _leading(self, unit: str) -> set[int]:
        """Return the decisions that make somebody from ``unit`` first secretary."""
        if not self._leads:
            for variable, (person, role) in enumerate(self.seats):
                if role == LEAD:
                    self._leads.setdefault(person.unit_id, set()).add(variable)
        return self._leads.get(unit, set())

    def _take_apart(self, expression: Linear, least: int | None) -> Part | None:
        """Return an expression as helpers, role sizes and one counter; None where it doesn't fit.

        ``least`` says that only reaching so much matters.
        """
        helpers = {v: c for v, c in expression.terms.items() if v >= self.decisions}
        if not all(self._need(helper) for helper in helpers):
            return None
        sizes: dict[str, int] = {}
        rest: dict[int, int] = {}
        for role, terms in by_role(
            self.seats, {v: c for v, c in expression.terms.items() if v < self.decisions}
        ).items():
            coefficients = set(terms.values())
            if len(terms) == self.block.choices[role] and len(coefficients) == 1:
                sizes[role] = coefficients.pop()
            else:
                rest.update(terms)
        if not rest:
            return Part(expression.constant, helpers, sizes, None)
        if min(rest.values()) < 0:
            return None
        if least is not None and not helpers and not sizes:
            most = least - expression.constant
        else:
            counted = type(expression)(rest)
            most = self.block.range(counted)[1]
        if most > LONGEST:
            return None
        key = self.layout.add(rest, max(most, 1))
        return None if key is None else Part(expression.constant, helpers, sizes, key)

    # ------------------------------------------------------------ rows

    def _read_row(self, row: Row, price: int | None) -> bool:
        """File a row under the way in which it is honoured; return whether there is one."""
        if row.at_least is None and row.at_most is None:
            return True
        terms = row.expression.terms
        if all(v < self.decisions and self.seats[v][1] == LEAD for v in terms):
            self.lead_rows.append((row, price))
            return True
        if self._counts_units(row, price):
            return True
        only_least = row.at_least if row.at_most is None else None
        part = self._take_apart(row.expression, only_least)
        if part is None:
            return False
        self.state_rows.append((row, price, part))
        return True

    def _counts_units(self, row: Row, price: int | None) -> bool:
        """Take a row that limits how many units are in the team; return whether it is one."""
        plain = price is None or (row.step == 1 and not row.flat)
        if row.at_most is None or row.at_least is not None or self.tokens is not None or not plain:
            return False
        if row.at_most < 1 or row.expression.constant or any(c != 1 for c in row.expression.terms.values()):
            return False
        groups: dict[str, set[int]] = {}
        for variable in row.expression.terms:
            if variable < self.decisions:
                groups.setdefault(self.seats[variable][0].unit_id, set()).add(variable)
                continue
            definition = self.block.definitions[variable]
            if not isinstance(definition, AnyOf):
                return False
            units = {self.seats[v][0].unit_id for v in definition.members}
            if len(units) != 1 or units & groups.keys():
                return False
            groups[units.pop()] = set(definition.members)
        if groups != self._by_unit or not all(self._alone(row, unit) for unit in groups.values()):
            return False
        self.tokens, self.unit_price = row.at_most, price
        return True

    @cached_property
    def _by_unit(self) -> dict[str, set[int]]:
        """Each unit's decisions."""
        found: dict[str, set[int]] = {}
        for variable, (person, _) in enumerate(self.seats):
            found.setdefault(person.unit_id, set()).add(variable)
        return found

    def _alone(self, row: Row, unit: set[int]) -> bool:
        """Return whether a unit's decisions counted one by one are at most 1 in any team."""
        if not unit <= row.expression.terms.keys():
            return True  # one helper stands for all of them
        held = [self.seats[v] for v in unit]
        roles = {role for _, role in held}
        one_seat = len(roles) == 1 and self.block.limits[next(iter(roles))][1] == 1
        return one_seat or len({person.id for person, _ in held}) == 1

    # ------------------------------------------------------------ states

    def _table(self, helper: int) -> Ints:
        """Return a helper's value: [without, with a first secretary][state]."""
        definition = self.block.definitions[helper]
        value = self.value(self.parts[helper])
        least = definition.least if isinstance(definition, Reaches) else 1
        return (value >= least).astype(np.int64)

    def value(self, part: Part) -> Ints:
        """Return the value of a part: [without, with a first secretary][state]."""
        layout = self.layout
        value = np.full((2, layout.counts * layout.flags), part.constant, np.int64)
        for role, coefficient in part.sizes.items():
            if role == LEAD:
                value[1] += coefficient
            else:
                value += coefficient * layout.count_values(role)
        if part.counter is not None:
            value += layout.counter_values(part.counter)
        for helper, coefficient in part.helpers.items():
            value += coefficient * self._table(helper)
        return value
