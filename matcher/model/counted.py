"""A round in which only those are seen who stand for a kind of people: what is asked of it often is then quickly asked."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from matcher.model.definitions import AnyOf, Product
from matcher.rulekit import Linear

if TYPE_CHECKING:
    from collections.abc import Collection

    from matcher.model.block import Block
    from matcher.model.definitions import Definition
    from matcher.model.instance import Instance


def counted(instance: Instance, people: Collection[str]) -> Instance:
    """Return the round with expressions that see only ``people``, and no points; variables keep their numbers."""
    chosen = set(people)
    other = copy(instance)
    other.links = instance.links
    other.blocks = {place: _counted(block, chosen) for place, block in instance.blocks.items()}
    return other


def _counted(block: Block, people: set[str]) -> Block:
    dropped = {variable for (cadre, _), variable in block.variable.items() if cadre not in people}

    def only(linear: Linear) -> Linear:
        kept = Linear(constant=linear.constant)
        kept.terms = {v: c for v, c in linear.terms.items() if v not in dropped}
        return kept

    def defined(definition: Definition) -> Definition:
        if isinstance(definition, AnyOf):
            return AnyOf(tuple(v for v in definition.members if v not in dropped))
        if isinstance(definition, Product):
            return Product(only(definition.flag), only(definition.amount), definition.most)
        return replace(definition, expression=only(definition.expression))

    return replace(
        block,
        definitions={v: defined(definition) for v, definition in block.definitions.items()},
        rows=[replace(r, row=replace(r.row, expression=only(r.row.expression))) for r in block.rows],
        loads={name: only(load) for name, load in block.loads.items()},
        points=Linear(),
        plan_points=Linear(),
    )
