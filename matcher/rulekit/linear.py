"""Linear expressions over the integer variables of one block, without any solver.

A rule or term writes its encoding with these; the model packages turn them into a solver's
constraints, and evaluate them exactly on a given team.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Linear:
    """A sum of integer coefficients times variables, plus a constant.

    Attributes
    ----------
    terms
        Variable number to coefficient; no zero coefficients.
    constant
        The constant part.
    """

    __slots__ = ("constant", "terms")

    def __init__(self, terms: Mapping[int, int] | None = None, constant: int = 0) -> None:
        self.terms: dict[int, int] = {v: c for v, c in (terms or {}).items() if c}
        self.constant = constant

    def __add__(self, other: Linear | int) -> Linear:
        result = Linear(self.terms, self.constant)
        return result.add(other)

    __radd__ = __add__

    def __sub__(self, other: Linear | int) -> Linear:
        return self + other * -1

    def __rsub__(self, other: Linear | int) -> Linear:
        return self * -1 + other

    def __neg__(self) -> Linear:
        return self * -1

    def __mul__(self, factor: int) -> Linear:
        return Linear({v: c * factor for v, c in self.terms.items()}, self.constant * factor)

    __rmul__ = __mul__

    def add(self, other: Linear | int, factor: int = 1) -> Linear:
        """Add ``factor × other`` in place and return self (for long sums)."""
        if isinstance(other, int):
            self.constant += factor * other
            return self
        self.constant += factor * other.constant
        for variable, coefficient in other.terms.items():
            value = self.terms.get(variable, 0) + factor * coefficient
            if value:
                self.terms[variable] = value
            else:
                self.terms.pop(variable, None)
        return self

    def value(self, values: Sequence[int]) -> int:
        """Return the value of the expression where variable ``v`` has ``values[v]``."""
        return self.constant + sum(c * values[v] for v, c in self.terms.items())

    def bounds(self, lower: Sequence[int], upper: Sequence[int]) -> tuple[int, int]:
        """Return the least and the greatest value under the variables' bounds."""
        low = high = self.constant
        for v, c in self.terms.items():
            low += c * (lower[v] if c > 0 else upper[v])
            high += c * (upper[v] if c > 0 else lower[v])
        return low, high

    def __repr__(self) -> str:
        parts = [f"{c:+d}·x{v}" for v, c in sorted(self.terms.items())]
        return " ".join([*parts, f"{self.constant:+d}"])
