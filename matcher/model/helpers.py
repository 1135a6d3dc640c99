"""Helper variables in a CP-SAT model: constraints that make each what its definition says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from matcher.model.definitions import AnyOf, Definition, Product
from matcher.model.encoded import total_of

if TYPE_CHECKING:
    from matcher.model.encoded import Encoded


def define(
    model: cp_model.CpModel, encoded: Encoded, variable: int, definition: Definition, *, up: bool, down: bool
) -> None:
    """Add a helper variable with the sides of its definition that are needed.

    Parameters
    ----------
    up, down
        Whether something may push it up, or down (:mod:`matcher.model.senses`).
    """
    known = encoded.variables
    if isinstance(definition, AnyOf):
        members = [v for v in definition.members if v in known]
        if members:
            _define_any(model, encoded, encoded.new(model, variable, 1), members, up=up, down=down)
        return
    if isinstance(definition, Product):
        helper = encoded.new(model, variable, definition.most)
        amount = total_of([(encoded, definition.amount)]).expression
        flag = total_of([(encoded, definition.flag)]).expression
        if up:
            model.add(helper <= amount)
            model.add(helper <= definition.most * flag)
        if down:
            model.add(helper >= amount - definition.most + definition.most * flag)
        return
    helper = encoded.new(model, variable, 1)
    reached = total_of([(encoded, definition.expression)]).expression
    if up:
        model.add(reached >= definition.low + (definition.least - definition.low) * helper)
    if down:
        model.add(reached <= definition.least - 1 + (definition.high - definition.least + 1) * helper)


def _define_any(
    model: cp_model.CpModel,
    encoded: Encoded,
    helper: cp_model.IntVar,
    members: list[int],
    *,
    up: bool,
    down: bool,
) -> None:
    """Make a helper variable 1 where one of ``members`` is not 0."""
    variables = [encoded.variables[v] for v in members]
    counted = any(encoded.most[v] > 1 for v in members)
    if up and counted:
        model.add(helper <= cp_model.LinearExpr.sum(variables))
    elif up:
        model.add_bool_or([*variables, helper.negated()])
    for v, member in zip(members, variables, strict=True) if down else ():
        if encoded.most[v] > 1:
            model.add(member <= encoded.most[v] * helper)
        else:
            model.add_implication(member, helper)
