"""How many people may be sent at all: what a rule that limits groups of people (a unit's quota) leaves for the seats.

Each row of such a rule counts the posts of some people and says how many they may be. Where the people are told apart by
their rows, the limits add up: a round with more seats than that has no plan, whoever sits where.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from matcher.model.instance import Instance, Link

    Name = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Supply:
    """What the rows of one rule leave.

    Attributes
    ----------
    people
        Everybody who may have a seat.
    once
        Whether nobody holds two posts: without it, people whom no row counts are no limit.
    binding
        The rows that limit how often these people are posted (where nobody holds two posts: those that allow fewer posts
        than they count people), by name: how many posts, and the people.
    """

    people: frozenset[str]
    once: bool
    binding: Mapping[Name, tuple[int, frozenset[str]]]

    @property
    def others(self) -> frozenset[str]:
        """The people whom no binding row counts."""
        return self.people.difference(*(people for _, people in self.binding.values()))

    def most(self, rows: Collection[Name] | None = None) -> int | None:
        """Return what no plan has more posts than, under some of the binding rows or all; None where they don't say."""
        total, bound = 0, set[str]()
        for name in self.binding if rows is None else rows:
            # Who is counted by several rows is taken by the first of them.
            most, people = self.binding[name]
            total += min(most, len(people - bound)) if self.once else most
            bound |= people
        others = len(self.people) - len(bound)
        return None if others and not self.once else total + others

    def lacking(self, fewest: Mapping[str, int]) -> tuple[set[Name], set[str]] | None:
        """Return few rows and places that by themselves have more seats than people for them; None where there are none.

        Parameters
        ----------
        fewest
            How many seats each place has to fill.
        """
        rows, least = list(self.binding), self.most()
        places, seats = [place for place in fewest if fewest[place]], sum(fewest.values())
        if not rows or least is None or least >= seats:
            return None
        for name in sorted(rows, key=lambda name: len(self.binding[name][1]) - self.binding[name][0]):
            rest = [other for other in rows if other != name]
            most = self.most(rest)
            if most is not None and most < seats:
                rows, least = rest, most
        for place in sorted(places, key=lambda place: fewest[place]):
            if least < seats - fewest[place]:
                places.remove(place)
                seats -= fewest[place]
        return set(rows), set(places)


def supply_under(
    instance: Instance, seats: Mapping[str, int], links: Sequence[Link], *, once: bool
) -> Supply:
    """Return what the rows of one rule (``links``) leave.

    Parameters
    ----------
    seats
        How many seats each person may have, all blocks together.
    once
        Whether nobody holds two posts.
    """
    binding: dict[Name, tuple[int, frozenset[str]]] = {}
    for link in links:
        most = link.row.at_most
        counted = frozenset[str]() if most is None else _counted(instance, seats, link)
        if most is not None and counted and (most < len(counted) or not once):
            binding[link.name] = most, counted
    return Supply(frozenset(seats), once, binding)


def _counted(instance: Instance, seats: Mapping[str, int], link: Link) -> frozenset[str]:
    """Return the people whose every post a row counts; none where what else is on it may make room for more."""
    met = Counter[str]()
    for block in instance.blocks.values():
        load = block.loads.get(link.name)
        if load is None:
            continue
        if load.constant < 0 or min(load.terms.values(), default=0) < 0:
            return frozenset()
        met.update(
            block.seats[variable][0].id
            for variable, amount in load.terms.items()
            if variable < len(block.seats) and amount >= 1
        )
    return frozenset(cadre for cadre, many in met.items() if many == seats[cadre])
