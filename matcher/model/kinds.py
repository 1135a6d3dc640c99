"""People who are alike: under some of a round's rows nobody can tell one from the other.

Where only rows are asked about and no points, people of one kind need not be told apart by a model: it counts how many of
them a place gets. Most rows look at few things about a person, so a handful of kinds often stands for hundreds of people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from matcher.model.definitions import AnyOf, Product

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from matcher.model.block import Block, BlockRow
    from matcher.model.instance import Instance, Link
    from matcher.rulekit import Linear

    Classes = np.ndarray[tuple[int], np.dtype[np.int32]]

#: The rule that gives each person a row of their own; its rows are the same for all, and say how often a kind is there.
ONE_POST = "one_post"


class Kinds:
    """Who is alike under rows of one instance.

    Parameters
    ----------
    instance
        The round. What is found out about a row is kept for the next question.
    known
        Kinds that are known already, by their first member: of each, only that one is looked at.
    """

    def __init__(self, instance: Instance, known: Mapping[str, list[str]] | None = None) -> None:
        self._blocks = instance.blocks
        self._alike = known
        seats: dict[str, list[tuple[str, str]]] = {}
        for place, block in self._blocks.items():
            for person, role in block.seats:
                if known is None or person.id in known:
                    seats.setdefault(person.id, []).append((place, role))
        self._people = list(seats)
        self._number = {cadre: number for number, cadre in enumerate(self._people)}
        self._seats = self._classes({cadre: tuple(where) for cadre, where in seats.items()})
        # By the row's identity (the instance keeps its rows alive), or the link row's name.
        self._known: dict[Any, Classes | None] = {}

    def of(self, links: Iterable[Link], rows: Mapping[str, Iterable[BlockRow]]) -> dict[str, list[str]]:
        """Return the kinds of people, each by its first member.

        Parameters
        ----------
        links, rows
            The rows that count: link rows, and by place those of its team. They are the instance's own.
        """
        asked = [self._of_row(self._blocks[place], row) for place, some in rows.items() for row in some]
        asked += [self._of_link(link) for link in links if link.rule != ONE_POST]
        table = np.stack([self._seats, *(column for column in asked if column is not None)], axis=1)
        kinds: dict[bytes, list[str]] = {}
        for cadre, line in zip(self._people, table, strict=True):
            kinds.setdefault(line.tobytes(), []).extend(
                [cadre] if self._alike is None else self._alike[cadre]
            )
        return {members[0]: members for members in kinds.values()}

    def _of_row(self, block: Block, row: BlockRow) -> Classes | None:
        if id(row) not in self._known:
            self._known[id(row)] = self._of_loads([(block, row.row.expression)])
        return self._known[id(row)]

    def _of_link(self, link: Link) -> Classes | None:
        if link.name not in self._known:
            loads = [
                (block, block.loads[link.name]) for block in self._blocks.values() if link.name in block.loads
            ]
            self._known[link.name] = self._of_loads(loads)
        return self._known[link.name]

    def _of_loads(self, loads: Iterable[tuple[Block, Linear]]) -> Classes | None:
        """Return what expressions see of each person, as a number; None where they see nobody."""
        seen: dict[str, list[Hashable]] = {}
        for block, expression in loads:
            for variable, what in _seen_by(block, expression):
                person, role = block.seats[variable]
                seen.setdefault(person.id, []).append((block.place.id, role, what))
        return self._classes({cadre: tuple(what) for cadre, what in seen.items()}) if seen else None

    def _classes(self, seen: Mapping[str, Hashable]) -> Classes:
        """Return a number for each person: the same for the same, 0 for those of whom nothing is seen."""
        numbers: dict[Hashable, int] = {}
        classes = np.zeros(len(self._people), np.int32)
        for cadre, what in seen.items():
            classes[self._number[cadre]] = numbers.setdefault(what, len(numbers) + 1)
        return classes


def _seen_by(block: Block, expression: Linear) -> Iterator[tuple[int, Hashable]]:
    """Yield each decision that moves an expression, with how it does: directly or through helper variables."""
    waiting: list[tuple[Hashable, Linear]] = [("itself", expression)]
    looked_into: set[int] = set()
    while waiting:
        way, linear = waiting.pop()
        for variable, coefficient in linear.terms.items():
            if variable < len(block.seats):
                yield variable, (way, coefficient)
                continue
            if variable in looked_into:
                continue
            looked_into.add(variable)
            definition = block.definitions[variable]
            if isinstance(definition, AnyOf):
                yield from ((member, variable) for member in definition.members)
            elif isinstance(definition, Product):
                waiting += [((variable, "flag"), definition.flag), ((variable, "amount"), definition.amount)]
            else:
                waiting.append(((variable, "reaches"), definition.expression))
