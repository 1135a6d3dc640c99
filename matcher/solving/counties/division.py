"""How a round falls into counties, and which link rows cross them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.model.instance import Instance
    from matcher.solving.columns.market import Floats
    from matcher.solving.columns.outside import Flags


class Part(NamedTuple):
    """The places of one county.

    Attributes
    ----------
    name
        The county.
    places
        Their ids.
    numbers
        Their numbers in the whole round.
    seats
        How many posts they have at the most.
    """

    name: str
    places: tuple[str, ...]
    numbers: tuple[int, ...]
    seats: int


def parts_of(instance: Instance) -> list[Part]:
    """Return the counties in the order in which the round names them."""
    by_county: dict[str, list[tuple[int, str]]] = {}
    seats: dict[str, int] = {}
    for number, place in enumerate(instance.screening.places.values()):
        county = place.township[0]
        by_county.setdefault(county, []).append((number, place.id))
        most = sum(most for _, most in instance.limits_at(place).values())
        seats[county] = seats.get(county, 0) + most
    return [
        Part(county, tuple(id_ for _, id_ in found), tuple(number for number, _ in found), seats[county])
        for county, found in by_county.items()
    ]


class Division:
    """Which rows which county loads.

    Parameters
    ----------
    parts
        The counties.
    loaded : list of int[rows loaded]
        The numbers of the rows that each of them may load.
    rows
        How many rows there are.

    Attributes
    ----------
    crossing : bool[rows]
        Rows that more than one county may load.
    own : list of bool[rows]
        The rows that each county may load.
    """

    def __init__(self, parts: Sequence[Part], loaded: Sequence[Sequence[int]], rows: int) -> None:
        self.parts = parts
        self.own: list[Flags] = []
        for numbers in loaded:
            flags = np.zeros(rows, np.bool_)
            flags[list(numbers)] = True
            self.own.append(flags)
        self.crossing = np.sum(self.own, axis=0) > 1

    def shares(self, whole: Sequence[int]) -> list[Floats]:
        """Return, by county, the part of each row's limits that is its own if all are served by their posts.

        Parameters
        ----------
        whole
            Rows of which each goes to one county, the one that is farthest behind, instead of to all in parts.
        """
        weights = np.array([part.seats for part in self.parts], np.float64)
        owns = np.array(self.own)
        share = owns * weights[:, None]
        total = share.sum(axis=0)
        share = np.divide(share, total, out=np.zeros_like(share), where=total > 0)
        behind = np.zeros(len(self.parts))
        for row in whole:
            if self.crossing[row]:
                behind += share[:, row]
                first = int(np.argmax(np.where(owns[:, row], behind, -np.inf)))
                behind[first] -= 1.0
                share[:, row] = 0.0
                share[first, row] = 1.0
        return list(share)

    def foreign(self, part: int) -> Flags:
        """Return the rows that a county does not load."""
        return ~self.own[part]
