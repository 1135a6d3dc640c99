"""The best team of one village under the first secretaries of one unit, or without a first secretary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from matcher.check.bounding.aspects import HARDLY, NEVER
from matcher.check.bounding.board import FURTHER, LEAD
from matcher.check.bounding.labels import Bound, Helper, Labels, Sweep

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matcher.check.bounding.aspects import Numbers
    from matcher.check.bounding.labels import Truths
    from matcher.check.bounding.village import Village


class Found(NamedTuple):
    """A team, as members of its village, with its worth."""

    worth: int
    team: tuple[int, ...]


@dataclass(frozen=True)
class Task:
    """What is looked for: a team that is worth more than ``beaten``.

    Attributes
    ----------
    least_points
        Points that the team must have too; None where none are asked for.
    less
        What is taken off every team's worth.
    without, having
        Members whom the team must not, or must, have.
    """

    beaten: int
    least_points: int | None = None
    less: int = 0
    without: frozenset[int] = frozenset()
    having: frozenset[int] = frozenset()


class Tables:
    """What a village's board says of teams with a first secretary, or of teams without."""

    def __init__(self, village: Village, *, lead: bool) -> None:
        self.lead = lead
        self.worth = village.board.worth(lead=lead)
        self.things = village.things_worth(lead=lead)
        self.points = village.points_worth(lead=lead) if village.asks_points else np.zeros_like(self.worth)
        #: For each number of different things, the most that it or a greater one is worth.
        self.most_things = np.maximum.accumulate(self.things.max(axis=0)[::-1])[::-1]


class Outlook:
    """How far each part team may come, if every member brings what is given.

    Parameters
    ----------
    own, points
        What each member brings to the worth and towards the index.
    """

    def __init__(self, village: Village, tables: Tables, task: Task, own: Numbers, points: Numbers) -> None:
        self._board = village.board
        self._tables = tables
        self.own = own
        self.points = points
        self.allowed = np.ones(len(own), dtype=bool)
        self.allowed[list(task.without)] = False
        self._where = {role: rows[self.allowed[rows]] for role, rows in village.where.items()}
        self.bounds = list(self._limits(task, village.account.prices.scale))

    def _limits(self, task: Task, scale: int) -> Iterator[Bound]:
        """Yield the bounds on part teams: by worth, by points, and by both together."""
        beyond = task.beaten + task.less + 1
        yield self._bound(1, 0, beyond)
        if task.least_points is not None:
            yield self._bound(0, 1, task.least_points)
            for rate in (max(1, scale // 2), scale, 2 * scale, 4 * scale):
                yield self._bound(1, rate, beyond + rate * task.least_points)

    def _bound(self, worth: int, points: int, least: int) -> Bound:
        ends = self._tables.worth > HARDLY
        final = worth * self._tables.worth + points * np.where(ends, self._tables.points, 0)
        final[~ends] = NEVER
        value = worth * self.own + points * self.points
        best = {}
        for role in FURTHER:
            best[role] = np.full(self._board.moves[role].shape[1], NEVER, dtype=np.int64)
            np.maximum.at(best[role], self._board.codes[self._where[role]], value[self._where[role]])
        return Bound(worth, points, least, self._board.completion(final, best))

    def leads(self, members: Numbers) -> Numbers:
        """Return those of these first secretaries under whom a team looked for is possible."""
        members = members[self.allowed[members]]
        states = self._board.starts[self._board.codes[members]]
        good = np.ones(len(members), dtype=bool)
        for bound in self.bounds:
            good &= bound.rest[states] + self._of(bound, members) >= bound.least
        return members[good]

    def helpers(self, leads: Sequence[int | None]) -> Truths:
        """Return who may hold a further seat in a team looked for under one of these first secretaries."""
        starts = [
            (0, None) if m is None else (int(self._board.starts[self._board.codes[m]]), m) for m in leads
        ]
        good = np.zeros(len(self.own), dtype=bool)
        for role in FURTHER:
            rows, moves = self._where[role], self._board.moves[role]
            here = np.ones(len(rows), dtype=bool)
            for bound in self.bounds:
                most = np.full(moves.shape[1], NEVER, dtype=np.int64)
                for state, lead in starts:
                    own = 0 if lead is None else self._of(bound, lead)
                    np.maximum(most, bound.rest[moves[state]] + own, out=most)
                here &= most[self._board.codes[rows]] + self._of(bound, rows) >= bound.least
            good[rows] = here
        return good

    def _of(self, bound: Bound, members: Numbers | int) -> Numbers:
        total: Numbers = bound.worth * self.own[members] + bound.points * self.points[members]
        return total


class UnderUnit:
    """The teams of a village under some first secretaries who share unit and thing, or without one.

    Parameters
    ----------
    leads
        The first secretaries, or nobody alone.
    outlook
        How far part teams may come under this unit.
    """

    def __init__(
        self, village: Village, tables: Tables, task: Task, leads: Sequence[int | None], outlook: Outlook
    ) -> None:
        self._village = village
        self._board = village.board
        self._tables = tables
        self._task = task
        self._leads = leads
        self._outlook = outlook
        self._sweep = Sweep(
            [self._board.moves[role] for role in FURTHER],
            outlook.bounds,
            tables.most_things,
            pareto=task.least_points is not None,
        )

    def best(self) -> Found | None:
        """Return the best team found above what is to be beaten, as the tables count it."""
        groups = self._groups()
        first = self._leads[0]
        own_thing = -1 if first is None else int(self._village.things[first])
        labels = self._first(groups.pop(own_thing, []))
        for people in groups.values():
            if not len(labels.state):
                return None
            if self._village.distinct is None:
                labels = self._sweep.through(Labels.none(), labels, people)
            else:
                labels = self._sweep.through(labels, Labels.none(), people)
        return self._best_of(labels)

    def _first(self, colleagues: Sequence[Helper]) -> Labels:
        """Return the labels of all first secretaries, with people who bring the same thing."""
        parts = [Labels.none()]
        for lead in self._leads:
            if lead is None:
                parts.append(self._sweep.start(0, 0, 0, -1, 0))
                continue
            things = int(self._village.distinct is not None)
            own, points = int(self._outlook.own[lead]), int(self._outlook.points[lead])
            state = int(self._board.starts[self._board.codes[lead]])
            labels = self._sweep.start(state, own, points, lead, things)
            others = [helper for helper in colleagues if helper.person != self._village.person[lead]]
            if len(labels.state):
                parts.append(self._sweep.through(Labels.none(), labels, others))
        return Labels.joined(parts)

    def _groups(self) -> dict[int, list[Helper]]:
        """Return who may hold a further seat in a team looked for, by what they bring."""
        useful = self._outlook.helpers(self._leads)
        useful[[m for m in self._task.having if self._village.members[m][1] != LEAD]] = True
        kept: dict[int, dict[int, int]] = {}
        for place, role in enumerate(FURTHER):
            rows = self._village.where[role]
            for member in rows[useful[rows]].tolist():
                kept.setdefault(int(self._village.person[member]), {})[place] = member
        groups: dict[int, list[Helper]] = {}
        for seats in self._fewer(list(kept.values())):
            thing = int(self._village.things[next(iter(seats.values()))])
            groups.setdefault(thing, []).append(self._helper(seats))
        return groups

    def _fewer(self, kept: list[dict[int, int]]) -> list[dict[int, int]]:
        """Return people without those whom no team needs: enough others are alike in all roles, and bring more.

        A team has so many members; of more people alike than that, somebody better is always free.
        """
        if self._task.least_points is not None or self._task.having:
            return kept
        codes, things, own = self._board.codes, self._village.things, self._outlook.own
        groups: dict[object, list[dict[int, int]]] = {}
        for seats in kept:
            thing = things[next(iter(seats.values()))]
            groups.setdefault((thing, *((p, codes[m]) for p, m in seats.items())), []).append(seats)
        found: list[dict[int, int]] = []
        for alike in groups.values():
            best: dict[int, dict[int, int]] = {}
            for place in alike[0]:
                ranked = sorted(alike, key=lambda seats, place=place: -own[seats[place]])  # type: ignore[misc]
                best.update((id(seats), seats) for seats in ranked[: self._village.largest + 1])
            found += best.values()
        return found

    def _helper(self, seats: dict[int, int]) -> Helper:
        members = [seats.get(place, -1) for place, _ in enumerate(FURTHER)]
        needed = [place for place, member in enumerate(members) if member in self._task.having]
        return Helper(
            int(self._village.person[next(iter(seats.values()))]),
            tuple(members),
            tuple(-1 if m < 0 else int(self._board.codes[m]) for m in members),
            tuple(0 if m < 0 else int(self._outlook.own[m]) for m in members),
            tuple(0 if m < 0 else int(self._outlook.points[m]) for m in members),
            needed[0] if needed else -1,
        )

    def _best_of(self, labels: Labels) -> Found | None:
        """Return the best whole team among the labels."""
        task, tables = self._task, self._tables
        total = labels.worth + tables.worth[labels.state]
        total = total + tables.things[self._board.levels[labels.state], labels.things]
        good = total > task.beaten + task.less
        if task.least_points is not None:
            good &= labels.points + tables.points[labels.state] >= task.least_points
        if not good.any():
            return None
        where = int(np.argmax(np.where(good, total, NEVER)))
        members = self._sweep.trail.members(int(labels.trace[where]))
        return Found(int(total[where]) - task.less, tuple(members))
