"""Which way a model may want to cheat on a helper variable.

A helper variable that can only ever help when it is *larger* needs only its upper side in the model
(for "somebody is able": not 1 unless somebody is), and the other way round. Leaving out the idle side
makes models a third of the size; values are counted from the team anyway.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.model.definitions import AnyOf, Product

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matcher.model.block import Block
    from matcher.rulekit import Linear

Senses = tuple[set[int], set[int]]


def senses(block: Block, objective: Linear, rows: Iterable[tuple[Linear, int | None, int | None]]) -> Senses:
    """Return the helper variables that may be pushed up and those that may be pushed down.

    Parameters
    ----------
    block
        The block.
    objective
        What is maximized over it.
    rows
        Expressions with their least and most (None: no limit).
    """
    up: set[int] = set()
    down: set[int] = set()
    _push(block.definitions, objective.terms, up, down)
    for expression, least, most in rows:
        if least is not None:
            _push(block.definitions, expression.terms, up, down)
        if most is not None:
            _push(block.definitions, expression.terms, down, up)
    for variable in reversed(block.definitions):
        definition = block.definitions[variable]
        if isinstance(definition, AnyOf):
            continue  # defined by decisions alone
        parts = (
            [definition.flag, definition.amount]
            if isinstance(definition, Product)
            else [definition.expression]
        )
        for part in parts:
            if variable in up:
                _push(block.definitions, part.terms, up, down)
            if variable in down:
                _push(block.definitions, part.terms, down, up)
    return up, down


def _push(known: Mapping[int, object], terms: Mapping[int, int], more: set[int], less: set[int]) -> None:
    for variable, coefficient in terms.items():
        if variable in known:
            (more if coefficient > 0 else less).add(variable)
