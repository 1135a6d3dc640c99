"""A block as arrays of numbers: what many candidates for one seat would each make of a team, all at once.

Local search asks "who of these four hundred would be best in this seat" very often. Evaluating the block on
one team after the other would take it seconds; as arrays it is a few additions a helper variable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from matcher.model.definitions import AnyOf, Product

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from matcher.model.block import Block
    from matcher.rulekit import Linear, LinkRow, Row

    Numbers = NDArray[np.int64]

#: No limit, small enough that sums stay whole numbers.
NONE = 1 << 40


@dataclass(frozen=True, slots=True)
class Worth:
    """What teams are worth, one entry a team.

    Attributes
    ----------
    points
        Points less the penalties of soft rows.
    broken
        The amount by which hard rows are broken.
    loads
        Per link row whose load depends on helper variables, the loads.
    """

    points: Numbers
    broken: Numbers
    loads: dict[int, Numbers]


@dataclass(frozen=True, slots=True)
class Limited:
    """Rows as arrays: limits, steps, and whether a violation counts once however deep it is."""

    least: Numbers
    most: Numbers
    step: Numbers
    flat: NDArray[np.bool_]

    @classmethod
    def of(cls, rows: Sequence[Row | LinkRow]) -> Limited:
        """Return rows as arrays."""
        return cls(
            np.array([-NONE if row.at_least is None else row.at_least for row in rows], dtype=np.int64),
            np.array([NONE if row.at_most is None else row.at_most for row in rows], dtype=np.int64),
            np.array([row.step for row in rows], dtype=np.int64),
            np.array([row.flat for row in rows], dtype=np.bool_),
        )

    def amounts(self, values: Numbers, which: Any = slice(None)) -> Numbers:
        """Return by how many units ``values`` miss the limits of the rows ``which``."""
        shape = (-1,) + (1,) * (values.ndim - 1) if isinstance(which, slice) else np.shape(which)
        least, most, step = (part[which].reshape(shape) for part in (self.least, self.most, self.step))
        distance = np.maximum(0, np.maximum(least - values, values - most))
        amounts: Numbers = np.where(self.flat[which].reshape(shape), distance > 0, -(-distance // step))
        return amounts.astype(np.int64)


class Table:
    """One block as arrays.

    Parameters
    ----------
    block
        The block.
    links
        The number of each link row, those that people load by themselves and those that helpers load.

    Attributes
    ----------
    link, load
        Of every decision, the link rows that it loads by itself (-1: none) and by how much.
    """

    def __init__(self, block: Block, links: Mapping[Any, int]) -> None:
        self.block = block
        self._lines: list[Linear] = [block.objective, *(item.row.expression for item in block.rows)]
        self.rows = Limited.of([item.row for item in block.rows])
        self._hard = np.array([item.mode == "hard" for item in block.rows], dtype=np.bool_)
        self._price = np.array([item.weight for item in block.rows], dtype=np.int64)
        decisions = len(block.seats)
        helped = {
            links[name]: load
            for name, load in block.loads.items()
            if name in links and any(v >= decisions for v in load.terms)
        }
        self._loads = {number: len(self._lines) + i for i, number in enumerate(helped)}
        self._lines += helped.values()
        self._steps = [self._step(variable) for variable in block.definitions]
        self._fill()
        self._fill_links(links, set(helped))

    def base(self, team: Sequence[int]) -> Numbers:
        """Return the sums over a team, helpers left out."""
        sums: Numbers = self._matrix[:, list(team)].sum(axis=1, dtype=np.int64)
        return sums + self._constants

    def worth(self, team: Sequence[int], more: Sequence[int] | Numbers | None = None) -> Worth:
        """Return what a team is worth, or the team with each one of ``more`` besides."""
        sums = self.base(team)[:, None]
        if more is not None:
            sums = sums + self._matrix[:, np.asarray(more, dtype=np.intp)]
        for kind, lines, number, uses in self._steps:
            if kind == "any":
                value = (sums[lines[0]] > 0).astype(np.int64)
            elif kind == "reaches":
                value = (sums[lines[0]] >= number).astype(np.int64)
            else:
                value = sums[lines[0]] * sums[lines[1]]
            for line, coefficient in self._uses[uses]:
                sums[line] += coefficient * value
        amounts = self.rows.amounts(sums[1 : 1 + len(self._hard)])
        points = sums[0] - self._price @ np.where(self._hard[:, None], 0, amounts)
        broken = amounts[self._hard].sum(axis=0)
        return Worth(points, broken, {number: sums[line] for number, line in self._loads.items()})

    def _step(self, variable: int) -> tuple[str, tuple[int, ...], int, int]:
        """Return how a helper variable is computed: kind, lines, number, and itself."""
        definition = self.block.definitions[variable]
        first = len(self._lines)
        if isinstance(definition, AnyOf):
            self._lines.append(type(self.block.points)(dict.fromkeys(definition.members, 1)))
            return "any", (first,), 0, variable
        if isinstance(definition, Product):
            self._lines += [definition.flag, definition.amount]
            return "product", (first, first + 1), 0, variable
        self._lines.append(definition.expression)
        return "reaches", (first,), definition.least, variable

    def _fill(self) -> None:
        """Fill the matrix of lines and decisions, and list where each helper is used."""
        decisions = len(self.block.seats)
        self._matrix = np.zeros((len(self._lines), decisions), dtype=np.int32)
        self._constants = np.array([line.constant for line in self._lines], dtype=np.int64)
        self._uses: dict[int, list[tuple[int, int]]] = {v: [] for v in self.block.definitions}
        for number, line in enumerate(self._lines):
            for variable, coefficient in line.terms.items():
                if variable < decisions:
                    self._matrix[number, variable] = coefficient
                else:
                    self._uses[variable].append((number, coefficient))

    def _fill_links(self, links: Mapping[Any, int], helped: set[int]) -> None:
        """List the link rows that each decision loads by itself."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.block.seats]
        self.constant_loads: list[tuple[int, int]] = []
        for name, load in self.block.loads.items():
            number = links.get(name)
            if number is None or number in helped:
                continue
            if load.constant:
                self.constant_loads.append((number, load.constant))
            for variable, coefficient in load.terms.items():
                found[variable].append((number, coefficient))
        width = max(map(len, found), default=0) or 1
        self.link = np.full((len(found), width), -1, dtype=np.int64)
        self.load = np.zeros((len(found), width), dtype=np.int64)
        for variable, pairs in enumerate(found):
            for place, (number, coefficient) in enumerate(pairs):
                self.link[variable, place], self.load[variable, place] = number, coefficient
