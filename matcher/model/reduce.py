"""Choices that need not be looked at, proven from the encodings themselves.

Every rule and term reaches people only through the expressions of a block. So two decisions of one role
whose coefficients agree in every row, helper and load are interchangeable for every rule in force, seen
before or not; they differ at most in what they add to the objective.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from matcher.model.definitions import AnyOf, Product

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from matcher.model.block import Block
    from matcher.model.instance import Instance
    from matcher.rulekit import Linear

Signature = tuple[Any, ...]
#: Candidates who are better than somebody: whoever is posted, the better one is posted too.
Order = list[tuple[str, str]]


def signatures(block: Block, expressions: Iterable[tuple[Any, Linear]]) -> dict[int, Signature]:
    """Return each decision's coefficients in ``expressions`` and in every helper's definition.

    Parameters
    ----------
    block
        The block.
    expressions
        Named expressions of the rows and loads that count.
    """
    decisions = len(block.seats)
    found: dict[int, list[Any]] = {variable: [] for variable in range(decisions)}
    for name, expression in expressions:
        for variable, coefficient in expression.terms.items():
            if variable < decisions:
                found[variable].append((name, coefficient))
    for helper, definition in block.definitions.items():
        if isinstance(definition, AnyOf):
            for variable in definition.members:
                found[variable].append((helper, "any"))
            continue
        parts = (
            {"flag": definition.flag, "amount": definition.amount}
            if isinstance(definition, Product)
            else {"reaches": definition.expression}
        )
        for part, expression in parts.items():
            for variable, coefficient in expression.terms.items():
                if variable < decisions:
                    found[variable].append((helper, part, coefficient))
    return {variable: tuple(row) for variable, row in found.items()}


def best_alone(block: Block, rows: Iterable[Linear], objective: Linear, team_size: int) -> set[int]:
    """Return the decisions that a best team of this block alone may need.

    Of the decisions of one role and signature, a team uses at most ``team_size`` people; if it used one
    outside the best ``team_size`` of them, one of these would be free, could take its place under every
    row, and would add at least as much. So the best ``team_size`` are enough.
    """
    found = signatures(block, enumerate(rows))
    groups: dict[tuple[str, Signature], list[int]] = defaultdict(list)
    for variable, signature in found.items():
        groups[block.seats[variable][1], signature].append(variable)
    keep: set[int] = set()
    for members in groups.values():
        members.sort(key=lambda v: (-objective.terms.get(v, 0), v))
        keep.update(members[:team_size])
    return keep


def dominance(instance: Instance) -> tuple[Order, set[str]]:
    """Return who is dominated by whom over the whole round, and who need not be considered at all.

    Somebody is dominated by another who has the same seats, the same signature at each of them, and at
    least the same worth at each (ties by the order of the cadres table). Then a plan that posts the first
    and not the second is no better with the two exchanged the wrong way round: so the second may be required whenever the
    first is posted. Where a link row allows at most n of such a group and n dominate somebody, that person
    is never needed.

    Returns
    -------
    order
        Pairs (dominated, dominating).
    idle
        Cadres who are never needed.
    """
    seats: dict[str, list[Any]] = defaultdict(list)
    worth: dict[str, list[int]] = defaultdict(list)
    for place, block in instance.blocks.items():
        rows = [(("row", i), row.row.expression) for i, row in enumerate(block.rows)]
        loads = [(name, load) for name, load in block.loads.items() if name[0] != "one_post"]
        objective = block.objective
        for variable, signature in signatures(block, [*rows, *loads]).items():
            person, role = block.seats[variable]
            seats[person.id].append((place, role, signature))
            worth[person.id].append(objective.terms.get(variable, 0))
    groups: dict[Signature, list[str]] = defaultdict(list)
    for cadre in instance.facts.people:
        if cadre in seats:
            groups[tuple(seats[cadre])].append(cadre)
    order: Order = []
    idle: set[str] = set()
    for signature, members in groups.items():
        if len(members) > 1:
            _compare(members, worth, lambda s=signature: _capacity(instance, s), order, idle)  # type: ignore[misc]
    return order, idle


def _compare(
    members: list[str],
    worth: Mapping[str, list[int]],
    capacity: Callable[[], int | None],
    order: Order,
    idle: set[str],
) -> None:
    """Compare the members of one group pairwise, better ones first."""
    ranked = sorted(members, key=lambda cadre: -sum(worth[cadre]))  # stable: ties by the order of the table
    most = capacity()
    for i, cadre in enumerate(ranked):
        better = [
            other
            for other in ranked[:i]
            if all(a >= b for a, b in zip(worth[other], worth[cadre], strict=True))
        ]
        if most is not None and len(better) >= most:
            idle.add(cadre)
        elif better:
            order.append((cadre, better[-1]))


def _capacity(instance: Instance, signature: Signature) -> int | None:
    """Return how many people of a group may be posted at most, by hard link rows that all their seats load.

    A row that somebody else can relieve (a young member, where the mean age is limited) limits no group.
    """
    common: set[Any] | None = None
    for _, _, parts in signature:
        here = {part[0] for part in parts if len(part) == 2 and isinstance(part[0], tuple) and part[1] == 1}  # noqa: PLR2004
        common = here if common is None else common & here
    limits = [
        link.row.at_most
        for link in instance.links
        if link.mode == "hard"
        and link.row.at_most is not None
        and link.name in (common or ())
        and not any(_relieves(block, link.name) for block in instance.blocks.values())
    ]
    return min(limits, default=None)


def _relieves(block: Block, name: Any) -> bool:
    """Return whether a team of the block may put less than nothing on a link row."""
    return name in block.loads and block.loads[name].bounds(block.lower, block.upper)[0] < 0
