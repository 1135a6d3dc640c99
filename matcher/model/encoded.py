"""A block inside a CP-SAT model: its variables there, and sums over them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.model.block import Block
    from matcher.rulekit import Linear


@dataclass
class Encoded:
    """A block inside a model: its decisions there.

    Attributes
    ----------
    variables
        Block variable to the model's variable; a decision that is left out counts as 0.
    most
        The most that each of them can be.
    """

    block: Block
    variables: dict[int, cp_model.IntVar] = field(default_factory=dict)
    most: dict[int, int] = field(default_factory=dict)

    def new(self, model: cp_model.CpModel, variable: int, most: int) -> cp_model.IntVar:
        """Add a variable of the block between 0 and ``most`` to a model."""
        new = model.new_bool_var("") if most == 1 else model.new_int_var(0, most, "")
        self.variables[variable], self.most[variable] = new, most
        return new


@dataclass(frozen=True)
class Total:
    """A sum over model variables with the least and greatest value it can have."""

    variables: list[cp_model.IntVar]
    weights: list[int]
    base: int
    low: int
    high: int

    @property
    def expression(self) -> Any:
        """The sum as an expression of the solver."""
        return cp_model.LinearExpr.weighted_sum(self.variables, self.weights) + self.base


def total_of(parts: Sequence[tuple[Encoded, Linear]], base: int = 0) -> Total:
    """Return the model's sum of block expressions; decisions that are left out count as 0."""
    variables: list[cp_model.IntVar] = []
    weights: list[int] = []
    spread = [0, 0]
    for encoded, expression in parts:
        base += expression.constant
        for variable, coefficient in expression.terms.items():
            model_variable = encoded.variables.get(variable)
            if model_variable is not None:
                variables.append(model_variable)
                weights.append(coefficient)
                spread[coefficient > 0] += coefficient * encoded.most[variable]
    return Total(variables, weights, base, base + spread[0], base + spread[1])
