"""A plan on the way, for local search: what every change of a seat would cost, hard rules at a high price.

Everybody holds one post at most here, so the link rows that say so are left out; the product's own
:class:`matcher.solving.state.State` measures what comes out.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.methods.table import Limited, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benchmarks.methods.table import Numbers, Worth
    from matcher.model.encode import Team
    from matcher.model.instance import Instance

#: The price of breaking a hard rule by one unit.
PRICE = 100_000
#: How many blocks are kept as arrays at a time; the arrays of a prefecture would fill the memory.
KEPT = 256


class Board:
    """Teams as decisions by place.

    Attributes
    ----------
    teams
        The decisions taken at each place.
    where
        Who is posted where.
    """

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.links = [link for link in instance.links if link.rule != "one_post"]
        self.numbers = {link.name: number for number, link in enumerate(self.links)}
        self._limits = Limited.of([link.row for link in self.links])
        hard = np.array([link.mode == "hard" for link in self.links], dtype=np.bool_)
        self.hard = hard
        self._price = np.where(hard, PRICE, np.array([link.weight for link in self.links], dtype=np.int64))
        self.table = lru_cache(maxsize=KEPT)(self._table)
        self.teams: dict[str, list[int]] = {place: [] for place in instance.blocks}
        self.where: dict[str, str] = {}
        self.totals = np.zeros(len(self.links) + 1, dtype=np.int64)  # the last one for loads on no row
        self._own: dict[str, tuple[int, int]] = {}
        self._helped: dict[str, dict[int, int]] = {place: {} for place in instance.blocks}
        for place in instance.blocks:
            for number, constant in self.table(place).constant_loads:
                self.totals[number] += constant
            self._weigh(place)

    def _table(self, place: str) -> Table:
        return Table(self.instance.blocks[place], self.numbers)

    @property
    def broken(self) -> int:
        """The amount by which hard rules are broken."""
        return sum(broken for _, broken in self._own.values()) + int(self._amounts()[self.hard].sum())

    def broken_links(self) -> list[int]:
        """Return the hard link rows that are broken."""
        return [int(number) for number in np.flatnonzero(self.hard & (self._amounts() > 0))]

    def broken_places(self) -> list[str]:
        """Return the places whose own hard rows are broken."""
        return [place for place, (_, broken) in self._own.items() if broken]

    def cost(self) -> int:
        """Return what is minimized: broken hard rules at their price, less the score."""
        own = sum(PRICE * broken - points for points, broken in self._own.values())
        return own + int(self._price @ self._amounts())

    def person(self, place: str, decision: int) -> str:
        """Return whom a decision posts."""
        return self.instance.blocks[place].seats[decision][0].id

    def free(self, place: str, role: str) -> list[int]:
        """Return the decisions that would post somebody who has no post in a role."""
        seats = self.instance.blocks[place].seats
        return [v for v, (person, r) in enumerate(seats) if r == role and person.id not in self.where]

    def changes(self, place: str, out: int | None, candidates: Sequence[int]) -> Numbers:
        """Return by how much the cost changes where each of ``candidates`` comes in for ``out`` (None: besides)."""
        table = self.table(place)
        rest = [v for v in self.teams[place] if v != out]
        totals = self.totals.copy()
        if out is not None:
            np.subtract.at(totals, table.link[out], table.load[out])
        for number, load in self._helped[place].items():
            totals[number] -= load
        worth = table.worth(rest, candidates)
        own = PRICE * worth.broken - worth.points
        points, broken = self._own[place]
        loaded = table.link[list(candidates)]
        prices = np.append(self._price, 0)[loaded]
        before = self._amounts(totals)
        after = self._limits.amounts(
            totals[loaded] + table.load[list(candidates)], np.where(loaded < 0, 0, loaded)
        )
        cost = own + (prices * (after - np.append(before, 0)[loaded])).sum(axis=1) - PRICE * broken + points
        for number, loads in worth.loads.items():
            values = totals[number] + loads
            amounts = self._limits.amounts(values, np.full(values.shape, number))
            cost = cost + self._price[number] * (amounts - before[number])
        return np.asarray(cost + int(self._price @ (before - self._amounts())), dtype=np.int64)

    def put(self, teams: Mapping[str, Iterable[int]]) -> None:
        """Put other teams in place of those of ``teams``; nobody may come out with two posts."""
        for place in teams:
            self._load(place, -1)
            for decision in self.teams[place]:
                self.where.pop(self.person(place, decision), None)
        for place, team in teams.items():
            self.teams[place] = sorted(team)
            for decision in self.teams[place]:
                self.where[self.person(place, decision)] = place
            self._load(place, 1)
            self._weigh(place)

    def posted(self) -> dict[str, Team]:
        """Return every place's team as cadres and roles."""
        return {
            place: [(p.id, role) for p, role in (self.instance.blocks[place].seats[v] for v in team)]
            for place, team in self.teams.items()
        }

    def _amounts(self, totals: Numbers | None = None) -> Numbers:
        return self._limits.amounts((self.totals if totals is None else totals)[:-1])

    def _load(self, place: str, sign: int) -> None:
        table, team = self.table(place), self.teams[place]
        np.add.at(self.totals, table.link[team], sign * table.load[team])

    def _weigh(self, place: str) -> None:
        """Note what a place's team is worth by itself and what its helpers load."""
        worth: Worth = self.table(place).worth(self.teams[place])
        self._own[place] = int(worth.points[0]), int(worth.broken[0])
        for number, load in self._helped[place].items():
            self.totals[number] -= load
        self._helped[place] = {number: int(loads[0]) for number, loads in worth.loads.items()}
        for number, load in self._helped[place].items():
            self.totals[number] += load
