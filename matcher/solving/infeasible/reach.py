"""What posting people at all can reach: rows that no plan meets, seen without a search.

A row over the whole plan (a share, a number of specialists) sums what each post puts on it. Every person holds at most one
post, and each place has only so many seats: the best people for the row, as many as there may be, are a limit that no plan
goes beyond. Rows that say how many of some people may be sent (a unit's quota) limit all posts together. It asks nothing of
who sits where, so it misses much; where it says no, that is proven.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from matcher.solving.infeasible.supply import Supply, supply_under

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from matcher.model.block import BlockRow
    from matcher.model.instance import Instance, Link

#: The rule that a person holds one post; without it, people are no limit.
ONE_POST = "one_post"


class Reach:
    """What the link rows of a round can come to.

    Parameters
    ----------
    instance
        The round.
    once
        Whether nobody holds two posts; as the round's rules say where not given.

    Attributes
    ----------
    crowded
        Whether there are more seats to fill than people.
    """

    def __init__(self, instance: Instance, *, once: bool | None = None) -> None:
        self._instance = instance
        blocks = instance.blocks.values()
        self._seats = Counter(person.id for block in blocks for person, _ in block.seats)
        self._fewest_at = {
            place: sum(least for least, _ in block.limits.values())
            for place, block in instance.blocks.items()
        }
        self._fewest = sum(self._fewest_at.values())
        self._most = sum(most for block in blocks for _, most in block.limits.values())
        if once is None:
            once = any(link.rule == ONE_POST and link.mode == "hard" for link in instance.links)
        self._once = once
        self._known: dict[Any, int] = {}
        self._supply: dict[str, Supply | None] = {}
        self.crowded = once and len(self._seats) < self._fewest

    @property
    def rules(self) -> Iterator[str]:
        """The rules of hard rows that no plan meets: those over several places, and those of a single team."""
        yield from (link.rule for link in self.missed)
        yield from (row.rule for place in self._instance.blocks for row in self.never_met(place))

    def never_met(self, place: str) -> Iterator[BlockRow]:
        """Yield the hard rows of one place that none of its teams meets."""
        block = self._instance.blocks[place]
        for row in block.rows:
            if row.mode != "hard":
                continue
            low, high = block.range(row.row.expression)
            least, most = row.row.at_least, row.row.at_most
            if (most is not None and low > most) or (least is not None and high < least):
                yield row

    @property
    def missed(self) -> Iterable[Link]:
        """The hard rows that no plan meets."""
        if self.crowded:
            yield from (link for link in self._instance.links if link.rule == ONE_POST)
        yield from (link for link in self._instance.links if self.side(link))

    def side(self, link: Link) -> int:
        """Return 1 where every plan puts too much on a hard row, or on one of its rule's, −1 where too little, else 0."""
        if link.mode != "hard" or link.rule == ONE_POST:
            return 0
        supply = self.supply(link.rule)
        if supply is not None and link.name in supply.binding:
            return 1
        least, most = link.row.at_least, link.row.at_most
        too_much = most is not None and self._limit(link, -1) > most
        too_little = least is not None and self._limit(link, 1) < least
        return int(too_much) - int(too_little)

    def supply(self, rule: str) -> Supply | None:
        """Return what the hard rows of a rule leave where that is fewer people than there are seats to fill; or None."""
        if rule not in self._supply:
            links = [link for link in self._instance.links if link.rule == rule and link.mode == "hard"]
            found = supply_under(self._instance, self._seats, links, once=self._once)
            most = found.most() if found.binding else None
            self._supply[rule] = found if most is not None and most < self._fewest else None
        return self._supply[rule]

    def lacking(self, rules: Iterable[str]) -> tuple[set[tuple[str, Any]], set[str]] | None:
        """Return few rows of a rule and places that have more seats to fill than those rows leave people; None if none."""
        short = (self.supply(rule) for rule in rules)
        return next((supply.lacking(self._fewest_at) for supply in short if supply is not None), None)

    def of(self, link: Link) -> tuple[int, int]:
        """Return limits that the sum of the loads on a row is within, in every plan."""
        return self._limit(link, -1), self._limit(link, 1)

    def _limit(self, link: Link, sign: int) -> int:
        """Return the upper one of those limits, or with ``sign`` −1 the lower one."""
        key = link.name, sign
        if key not in self._known:
            loaded = (block for block in self._instance.blocks.values() if link.name in block.loads)
            by_seats = sum(block.range(block.loads[link.name])[sign > 0] for block in loaded)
            by_people = sign * self._most_of(link, sign) if self._once else by_seats
            self._known[key] = sign * min(sign * by_seats, sign * by_people)
        return self._known[key]

    def _most_of(self, link: Link, sign: int) -> int:
        """Return the most that the people together can put on a row, or with ``sign`` −1 the most below 0."""
        total, best, seen = 0, dict.fromkeys(self._seats, 0), Counter[str]()
        for block in self._instance.blocks.values():
            load = block.loads.get(link.name)
            if load is None:
                continue
            total += sign * load.constant
            for variable, coefficient in load.terms.items():
                if variable >= len(block.seats):
                    total += max(0, sign * coefficient * block.upper[variable])
                    continue
                cadre, value = block.seats[variable][0].id, sign * coefficient
                best[cadre] = max(best[cadre], value) if seen[cadre] else value
                seen[cadre] += 1
        for cadre, seats in self._seats.items():
            if seen[cadre] < seats:  # a seat that puts nothing on the row
                best[cadre] = max(best[cadre], 0)
        sums = [0, *accumulate(sorted(best.values(), reverse=True))]
        return total + max(sums[self._fewest : self._most + 1], default=sums[-1])
