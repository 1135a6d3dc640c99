"""The best team of one village under the first secretaries of one unit: a dynamic program over people.

People are gone through one by one, those of a unit together. A *label* is a part team: its state on the board,
how many different things (units) it has, its worth and its points. Of labels alike the best is kept, and none of
which the board knows that no further member can lift it above what is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from matcher.check.bounding.board import FURTHER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matcher.check.bounding.aspects import Numbers

    Truths = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


class Labels(NamedTuple):
    """Part teams, one an entry of each array.

    Attributes
    ----------
    state
        The state on the board.
    things
        How many different things the members have.
    worth
        What the members bring alone.
    points
        What they bring towards the village's index; zeros where no index is asked for.
    trace
        Where the label stands in the trail.
    """

    state: Numbers
    things: Numbers
    worth: Numbers
    points: Numbers
    trace: Numbers

    def at(self, where: Numbers | Truths) -> Labels:
        """Return the labels at these indexes, or where the mask holds."""
        return Labels(*(column[where] for column in self))

    @classmethod
    def joined(cls, parts: Iterable[Labels]) -> Labels:
        """Return all labels of several collections."""
        return cls(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))

    @classmethod
    def none(cls) -> Labels:
        """Return no labels."""
        return cls(*(np.zeros(0, dtype=np.int64) for _ in cls._fields))


@dataclass(frozen=True)
class Bound:
    """A limit on what may become of a label: ``worth·a + points·b + rest[state] ≥ least``, or it is dropped."""

    worth: int
    points: int
    least: int
    rest: Numbers

    def keeps(self, labels: Labels, things: Numbers) -> Truths:
        """Return which labels may still come to something."""
        total = labels.worth * self.worth + labels.points * self.points + self.rest[labels.state]
        return total + self.worth * things[labels.things] >= self.least


class Trail:
    """How labels came about: each from which label, by adding whom."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._parents: list[Numbers] = []
        self._added: list[int] = []
        self._size = 0

    def extend(self, parents: Numbers, added: int) -> Numbers:
        """Return where labels stand that come from ``parents`` by adding one member, after noting them."""
        self._starts.append(self._size)
        self._parents.append(parents)
        self._added.append(added)
        self._size += len(parents)
        return np.arange(self._size - len(parents), self._size, dtype=np.int64)

    def members(self, trace: int) -> list[int]:
        """Return whom a label holds, first to last."""
        found: list[int] = []
        while trace >= 0:
            chunk = int(np.searchsorted(self._starts, trace, side="right")) - 1
            found.append(self._added[chunk])
            trace = int(self._parents[chunk][trace - self._starts[chunk]])
        return found[::-1]


class Helper(NamedTuple):
    """Somebody who may hold a further seat.

    Attributes
    ----------
    person
        The person's number.
    members
        The member that the person is in each further role, or -1.
    codes, worth, points
        What the member brings, by further role.
    needed
        The place of the role that the person must hold, or -1.
    """

    person: int
    members: tuple[int, ...]
    codes: tuple[int, ...]
    worth: tuple[int, ...]
    points: tuple[int, ...]
    needed: int = -1


class Sweep:
    """Goes through people and keeps the labels.

    Parameters
    ----------
    moves
        State × code to state, for each further role.
    bounds
        The limits under which a label is dropped.
    things
        For each number of different things, the most that this and all greater numbers are worth.
    pareto
        Whether points matter beside worth.
    """

    def __init__(
        self, moves: Sequence[Numbers], bounds: Sequence[Bound], things: Numbers, *, pareto: bool
    ) -> None:
        self._moves = moves
        self._bounds = bounds
        self._things = things
        self._pareto = pareto
        self.trail = Trail()

    def start(self, state: int, worth: int, points: int, added: int, things: int) -> Labels:
        """Return the label of a first secretary (or of nobody, with -1 for ``added``), unless it comes to nothing."""
        first = np.array([-1], dtype=np.int64)
        trace = self.trail.extend(first, added) if added >= 0 else first
        row = np.array([[state], [things], [worth], [points]], dtype=np.int64)
        return self._alive(Labels(row[0], row[1], row[2], row[3], trace))

    def through(self, outside: Labels, inside: Labels, people: Iterable[Helper]) -> Labels:
        """Return the labels after all people who bring the same thing.

        Parameters
        ----------
        outside
            Labels without that thing.
        inside
            Labels that have it already.
        """
        for person in people:
            grown = [
                extended
                for place, _ in enumerate(FURTHER)
                if person.members[place] >= 0 and person.needed in (-1, place)
                for extended in (
                    self._with(outside, person, place, fresh=1),
                    self._with(inside, person, place, fresh=0),
                )
                if len(extended.state)
            ]
            if person.needed >= 0:
                outside, inside = Labels.none(), Labels.none()
            if grown:
                inside = self._best(Labels.joined([inside, *grown]))
        return self._best(Labels.joined([outside, inside]))

    def _with(self, labels: Labels, person: Helper, place: int, *, fresh: int) -> Labels:
        """Return the labels that come of adding a person in a role."""
        if not len(labels.state):
            return labels
        state = self._moves[place][labels.state, person.codes[place]]
        grown = Labels(
            state,
            labels.things + fresh,
            labels.worth + person.worth[place],
            labels.points + person.points[place],
            labels.trace,
        )
        grown = self._alive(grown.at(state >= 0))
        if not len(grown.state):
            return grown
        return grown._replace(trace=self.trail.extend(grown.trace, person.members[place]))

    def _alive(self, labels: Labels) -> Labels:
        """Return the labels that may still come to something."""
        for bound in self._bounds:
            labels = labels.at(bound.keeps(labels, self._things))
        return labels

    def _best(self, labels: Labels) -> Labels:
        """Return the labels without those that are no better than another one alike."""
        if len(labels.state) < 2:  # noqa: PLR2004 - one label has no like
            return labels
        alike = labels.state * len(self._things) + labels.things
        order = np.lexsort((-labels.points, -labels.worth, alike))
        alike = alike[order]
        first = np.concatenate([[True], alike[1:] != alike[:-1]])
        if self._pareto:
            first |= _above_all_before(first, labels.points[order])
        return labels.at(order[first])


def _above_all_before(first: Truths, points: Numbers) -> Truths:
    """Return which entries are greater than all before them in their group; ``first`` marks where groups begin."""
    group = np.cumsum(first) - 1
    low = points - points.min()
    height = low + group * (int(low.max()) + 1)
    highest = np.maximum.accumulate(height)
    above = np.ones(len(points), dtype=bool)
    above[1:] = height[1:] > highest[:-1]
    return above
