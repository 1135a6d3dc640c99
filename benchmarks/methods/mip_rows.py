"""The whole round as a mixed-integer program: blocks and link rows turned into rows of numbers.

Helper variables are linearized here, each with only the side in which the objective and the rows may push
it (:func:`matcher.model.senses.senses`), as in the product's own model.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from matcher.model.definitions import AnyOf, Product
from matcher.model.senses import senses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matcher.model.block import Block
    from matcher.model.encode import Team
    from matcher.model.instance import Instance
    from matcher.rulekit import Linear, LinkRow, Row

INFINITY = float("inf")
#: Column to coefficient, and a constant.
Sum = tuple[dict[int, float], float]


@dataclass
class Program:
    """A mixed-integer program to be maximized.

    Attributes
    ----------
    cost, upper, integer
        Of every column; the lower bounds are 0.
    rows
        Row by row: columns with coefficients, least and most.
    first
        The first column of every block.
    constant
        What every plan has besides.
    shortfalls
        Column to the row that it relieves (its sum without it, the limit, the side and the step): its value in a start.
    """

    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    integer: list[bool] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)
    first: dict[str, int] = field(default_factory=dict)
    constant: float = 0.0
    shortfalls: dict[int, tuple[Sum, float, int, float]] = field(default_factory=dict)

    def column(self, upper: float, *, integer: bool, cost: float = 0.0) -> int:
        """Add a column and return its number."""
        self.cost.append(cost)
        self.upper.append(upper)
        self.integer.append(integer)
        return len(self.cost) - 1

    def row(self, terms: dict[int, float], least: float = -INFINITY, most: float = INFINITY) -> None:
        """Add a row."""
        self.rows.append((terms, least, most))

    def limit(self, total: Sum, row: Row | LinkRow, price: int | None) -> None:
        """Add a row's limits, hard where ``price`` is None, else with a priced shortfall."""
        if row.at_least is not None:
            self._one_side(total, float(row.at_least), 1, row, price)
        if row.at_most is not None:
            self._one_side(total, float(row.at_most), -1, row, price)

    def _one_side(self, total: Sum, limit: float, sign: int, row: Row | LinkRow, price: int | None) -> None:
        terms, constant = total
        reach = [c * sign * self.upper[v] for v, c in terms.items()]
        depth = sign * limit - sign * constant - sum(min(0.0, part) for part in reach)
        if depth <= 0:
            return
        terms = dict(terms)
        if price is not None:
            step = depth if row.flat else float(row.step)
            whole = row.flat or row.step > 1
            short = self.column(1.0 if row.flat else -(-depth // step), integer=whole, cost=-float(price))
            self.shortfalls[short] = (total, limit, sign, step)
            terms[short] = sign * step
        if sign > 0:
            self.row(terms, least=limit - constant)
        else:
            self.row(terms, most=limit - constant)


def program_of(instance: Instance) -> Program:
    """Return the program of a whole round."""
    program = Program(constant=float(instance.constant))
    limits = {link.name: (link.row.at_least, link.row.at_most) for link in instance.links}
    loads: dict[object, Sum] = {link.name: ({}, 0.0) for link in instance.links}
    for block in instance.blocks.values():
        _add_block(program, block, limits)
        for name, load in block.loads.items():
            if name in loads:
                loads[name] = _together(loads[name], _shifted(program, block, load))
    for link in instance.links:
        program.limit(loads[link.name], link.row, None if link.mode == "hard" else link.weight)
    return program


def start_of(program: Program, instance: Instance, teams: Mapping[str, Team]) -> list[float]:
    """Return the value of every column for a plan."""
    values = [0.0] * len(program.cost)
    for id_, block in instance.blocks.items():
        first = program.first[id_]
        values[first : first + block.size] = map(float, block.values(teams[id_]))
    for short, ((terms, constant), limit, sign, step) in program.shortfalls.items():
        missing = sign * (limit - constant - sum(c * values[v] for v, c in terms.items()))
        values[short] = max(0.0, float(-(-missing // step)))
    return values


def teams_of(program: Program, instance: Instance, values: object) -> dict[str, Team]:
    """Return every block's team in a solution."""
    return {
        id_: [
            (person.id, role)
            for v, (person, role) in enumerate(block.seats, program.first[id_])
            if values[v] > 0.5  # type: ignore[index]
        ]
        for id_, block in instance.blocks.items()
    }


def _add_block(program: Program, block: Block, limits: Mapping[Any, tuple[int | None, int | None]]) -> None:
    """Add a block's columns, definitions, rows and objective."""
    first = program.first[block.place.id] = len(program.cost)
    helpers = block.definitions
    for v, upper in enumerate(block.upper):
        whole = v not in helpers or not isinstance(helpers[v], AnyOf | Product)
        program.column(float(upper), integer=whole)
    for v, c in block.objective.terms.items():
        program.cost[first + v] += c
    program.constant += block.objective.constant
    limited = [(r.row.expression, r.row.at_least, r.row.at_most) for r in block.rows]
    limited += [(block.loads[name], *limits[name]) for name in block.loads if name in limits]
    up, down = senses(block, block.objective, limited)
    for variable in helpers:
        _define(program, block, variable, up=variable in up, down=variable in down)
    held: dict[str, dict[int, float]] = {}
    for v, (person, _) in enumerate(block.seats):
        held.setdefault(person.id, {})[first + v] = 1.0
    for terms in held.values():
        if len(terms) > 1:
            program.row(terms, most=1.0)
    for item in block.rows:
        price = None if item.mode == "hard" else item.weight
        program.limit(_shifted(program, block, item.row.expression), item.row, price)


def _define(program: Program, block: Block, variable: int, *, up: bool, down: bool) -> None:
    """Add the sides of a helper variable's definition that are needed."""
    definition = block.definitions[variable]
    first = program.first[block.place.id]
    helper: Sum = ({first + variable: 1.0}, 0.0)
    if isinstance(definition, AnyOf):
        members: list[Sum] = [({first + v: 1.0}, 0.0) for v in definition.members]
        if up:
            _at_most(program, helper, members)
        for member in members if down else ():
            _at_most(program, member, [helper])
    elif isinstance(definition, Product):
        flag, amount = (_shifted(program, block, part) for part in (definition.flag, definition.amount))
        ceiling = _times(flag, definition.most)
        if up:
            _at_most(program, helper, [amount])
            _at_most(program, helper, [ceiling])
        if down:
            _at_most(program, _together(amount, ceiling), [helper, ({}, float(definition.most))])
    else:
        reached = _shifted(program, block, definition.expression)
        rise = float(definition.least - definition.low)
        fall = float(definition.high - definition.least + 1)
        if up:
            _at_most(program, _together(_times(helper, rise), ({}, float(definition.low))), [reached])
        if down:
            _at_most(program, reached, [_times(helper, fall), ({}, float(definition.least - 1))])


def _at_most(program: Program, small: Sum, large: Iterable[Sum]) -> None:
    """Add the row ``small ≤ sum of large``."""
    total = _times(small, -1.0)
    for part in large:
        total = _together(total, part)
    terms, constant = total
    program.row(terms, least=-constant)


def _shifted(program: Program, block: Block, expression: Linear) -> Sum:
    """Return a block's expression over the program's columns."""
    first = program.first[block.place.id]
    return {first + v: float(c) for v, c in expression.terms.items()}, float(expression.constant)


def _times(total: Sum, factor: float) -> Sum:
    return {v: c * factor for v, c in total[0].items()}, total[1] * factor


def _together(one: Sum, other: Sum) -> Sum:
    """Return the sum of two sums; the first is added to in place."""
    terms, constant = one
    for v, c in other[0].items():
        terms[v] = terms.get(v, 0.0) + c
    return terms, constant + other[1]
