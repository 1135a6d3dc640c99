"""A form as arrays: what decisions bring and load, what rows add to the ending of a team."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.pricing.kernel import NEVER
from matcher.pricing.layout import LEAD
from matcher.pricing.worths import Board

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from matcher.pricing.form import Form
    from matcher.round.facts import Person
    from matcher.rulekit import Linear, Row

    Ints = NDArray[np.int64]


def board_of(
    form: Form,
    people: Sequence[Person],
    units: Sequence[str],
    kinds: Ints,
    objective: Linear,
    loads: Mapping[int, Linear],
    scale: int,
) -> Board:
    """Return the arrays of a block.

    Parameters
    ----------
    people, units
        The people, those of one unit together, and their units in that order.
    kinds : int64[decisions]
        The class of each decision.
    """
    block = form.block
    base = np.zeros(block.size, np.int64)
    for variable, points in objective.terms.items():
        base[variable] = points * scale
    cells = sorted((v, row, amount) for row, load in loads.items() for v, amount in load.terms.items())
    load = np.array(cells, np.int64).reshape(-1, 3)
    roles = (*form.layout.roles, LEAD)
    seat = np.full((len(people), len(roles)), len(block.seats), np.int64)
    for i, person in enumerate(people):
        for j, role in enumerate(roles):
            seat[i, j] = block.variable.get((person.id, role), len(block.seats))
    unknown = sorted(form.unknown)
    bonus = _bonuses(form, people, units, roles)
    counts_units = form.tokens is not None
    return Board(
        base=base,
        load_variable=np.ascontiguousarray(load[:, 0]),
        load_row=np.ascontiguousarray(load[:, 1]),
        load_amount=np.ascontiguousarray(load[:, 2]),
        seat=seat,
        lead_added=lead_rows_of(form),
        groups=_groups(
            people, units, np.append(kinds, 0)[seat], hard_units=counts_units and form.unit_price is None
        ),
        bonus_helper=bonus[0],
        bonus_unit=bonus[1],
        bonus_start=bonus[2],
        bonus_person=bonus[3],
        bonus_role=bonus[4],
        bonus_amount=bonus[5],
        unknown=np.array(unknown, np.int64),
        unknown_most=np.array([block.upper[helper] for helper in unknown], np.int64),
        size=sum(most for _, most in block.limits.values()),
        margin=(form.unit_price or 0) if counts_units else 0,
    )


def _bonuses(
    form: Form, people: Sequence[Person], units: Sequence[str], roles: Sequence[str]
) -> tuple[Ints, ...]:
    """Return the bonuses: helpers, units, where each one's cells begin; person, role and amount of each cell."""
    place = {person.id: i for i, person in enumerate(people)}
    number = {unit: i for i, unit in enumerate(units)}
    starts, cells = [0], []
    for bonus in form.bonuses:
        for variable, amount in bonus.brings.items():
            person, role = form.block.seats[variable]
            cells.append((place[person.id], roles.index(role), amount))
        starts.append(len(cells))
    table = np.array(cells, np.int64).reshape(-1, 3)
    helpers = np.array([bonus.helper for bonus in form.bonuses], np.int64)
    of_units = np.array([number[bonus.unit] for bonus in form.bonuses], np.int64)
    columns = (np.ascontiguousarray(table[:, i]) for i in range(3))
    return helpers, of_units, np.array(starts, np.int64), *columns


def _groups(people: Sequence[Person], units: Sequence[str], classes: Ints, *, hard_units: bool) -> Ints:
    """Return the group of every (person, role): same role and class, and same unit where units are limited."""
    place = {unit: i for i, unit in enumerate(units)}
    known: dict[tuple[int, int, int], int] = {}
    groups = np.zeros((len(people), classes.shape[1] - 1), np.int64)
    for i, person in enumerate(people):
        unit = place[person.unit_id] if hard_units else -1
        for j in range(groups.shape[1]):
            groups[i, j] = known.setdefault((j, int(classes[i, j]), unit), len(known))
    return groups.ravel()


def ending_of(form: Form, *, soft: bool = True) -> Ints:
    """Return what the rows over the state add to a complete team: [without, with a first secretary][state].

    Parameters
    ----------
    soft
        Whether soft rows count.
    """
    ending = np.zeros((2, form.layout.counts * form.layout.flags), np.int64)
    for row, price, part in form.state_rows:
        if price is not None and not soft:
            continue
        amount = amounts(form.value(part), row)
        ending = np.where(amount > 0, NEVER, ending) if price is None else ending - price * amount
    return np.maximum(ending, NEVER)


def lead_rows_of(form: Form, *, soft: bool = True) -> Ints:
    """Return what the rows over the first secretary add, by decision; the last entry is for nobody."""
    added = np.zeros(len(form.block.seats) + 1, np.int64)
    for row, price in form.lead_rows:
        if price is not None and not soft:
            continue
        value = np.full(added.shape, row.expression.constant, np.int64)
        for variable, coefficient in row.expression.terms.items():
            value[variable] += coefficient
        amount = amounts(value, row)
        added = np.where(amount > 0, NEVER, added) if price is None else added - price * amount
    return np.maximum(added, NEVER)


def amounts(values: Ints, row: Row) -> Ints:
    """Return by how many units a row's values miss its limits."""
    distance = np.zeros(values.shape, np.int64)
    if row.at_least is not None:
        distance = np.maximum(distance, row.at_least - values)
    if row.at_most is not None:
        distance = np.maximum(distance, values - row.at_most)
    return (distance > 0).astype(np.int64) if row.flat else -(-distance // row.step)
