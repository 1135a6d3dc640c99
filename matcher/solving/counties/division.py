"""How a round falls into counties, and which link rows cross them."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from matcher.solving.columns.subgradient import Loading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.model.instance import Instance
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


def all_of(parts: Sequence[Part]) -> Part:
    """Return some counties as one."""
    return Part(
        ", ".join(part.name for part in parts),
        tuple(place for part in parts for place in part.places),
        tuple(number for part in parts for number in part.numbers),
        sum(part.seats for part in parts),
    )


class Division:
    """Which rows which county loads.

    Parameters
    ----------
    parts
        The counties.
    loading : list of (blocks, most)
        How the places of each of them load the rows.

    Attributes
    ----------
    crossing : bool[rows]
        Rows that more than one county may load.
    own : list of bool[rows]
        The rows that each county may load.
    loading
        How all places together load the rows.
    """

    def __init__(self, parts: Sequence[Part], loading: Sequence[Loading]) -> None:
        self.parts = parts
        self.own: list[Flags] = [of.blocks > 0 for of in loading]
        self.loading = reduce(Loading.and_, loading)
        self.crossing = np.sum(self.own, axis=0) > 1

    def foreign(self, *parts: int) -> Flags:
        """Return the rows that none of some counties loads."""
        loaded: Flags = np.any([self.own[part] for part in parts], axis=0)
        return ~loaded
