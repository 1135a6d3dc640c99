"""Helper variables of a block: each is defined by others, so its value follows from the team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.rulekit import Linear


@dataclass(frozen=True, slots=True)
class AnyOf:
    """1 where one of ``members`` (0/1 variables) is 1."""

    members: tuple[int, ...]

    def value(self, values: Sequence[int]) -> int:
        """Return the defined value."""
        return int(any(values[v] for v in self.members))


@dataclass(frozen=True, slots=True)
class Reaches:
    """1 where ``expression`` is at least ``least``; it lies between ``low`` and ``high``."""

    expression: Linear
    least: int
    low: int
    high: int

    def value(self, values: Sequence[int]) -> int:
        """Return the defined value."""
        return int(self.expression.value(values) >= self.least)


@dataclass(frozen=True, slots=True)
class Product:
    """``flag`` (0/1) times ``amount`` (between 0 and ``most``)."""

    flag: Linear
    amount: Linear
    most: int

    def value(self, values: Sequence[int]) -> int:
        """Return the defined value."""
        return self.flag.value(values) * self.amount.value(values)


Definition = AnyOf | Reaches | Product
