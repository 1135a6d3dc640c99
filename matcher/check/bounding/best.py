"""The best team of one village at a certificate's prices, if it is worth more than a stated bound."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from matcher.check.bounding.board import LEAD
from matcher.check.bounding.leads import Found, Outlook, Tables, Task, UnderUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.check.attainable_aspects import Member
    from matcher.check.bounding.aspects import Numbers
    from matcher.check.bounding.village import Village


class SummaryDiffers(RuntimeError):
    """What a rule or term says it reads of people is not what it counts; the checker can't go on."""


class Search:
    """Looks for a team of one village that is worth more than a stated bound.

    Parameters
    ----------
    village
        The village.
    forced
        Leave out teams without a first secretary, even where the seat may be empty.
    """

    def __init__(self, village: Village, *, forced: bool = False) -> None:
        self._village = village
        self._nobody = not village.seats[LEAD][0] and not forced
        self._added: dict[int, Numbers] = {}

    def best(self, beaten: int) -> Found | None:
        """Return the best team of all that are worth more than ``beaten``; None where none is."""
        account = self._village.account
        least, wished = account.least_points, account.wished_points
        tasks = [Task(beaten, least)]
        if wished is not None:
            # Whoever stays below the wish pays for it: all teams less the penalty, and those that meet the wish.
            met = wished if least is None else max(wished, least)
            tasks = [Task(beaten, least, less=account.wish), Task(beaten, met)]
        best: Found | None = None
        for task in tasks:
            best = self._best_of(task if best is None else replace(task, beaten=best.worth)) or best
        return best

    def team(self, found: Found) -> tuple[Member, ...]:
        """Return the members of a team found."""
        return tuple(self._village.members[member] for member in found.team)

    def _best_of(self, task: Task) -> Found | None:
        """Look at all teams, then at parts of them wherever the tables promise more than the rules keep."""
        best: Found | None = None
        waiting = [task]
        while waiting:
            part = replace(waiting.pop(), beaten=task.beaten if best is None else best.worth)
            found = self._tabled(part)
            if found is None:
                continue
            worth = self._village.account.total(self.team(found))
            if worth is not None and worth > part.beaten:
                best = Found(worth, found.team)
            if worth is None or worth < found.worth:
                waiting += self._parts(part, found)
        return best

    # ------------------------------------------------------------ as the tables count

    @cached_property
    def _with_lead(self) -> Tables:
        return Tables(self._village, lead=True)

    @cached_property
    def _without_lead(self) -> Tables:
        return Tables(self._village, lead=False)

    @cached_property
    def _by_unit(self) -> list[Numbers]:
        """The first secretaries, those together who share the unit and what they bring to a count of things."""
        units: dict[object, list[int]] = {}
        for member in self._village.where[LEAD].tolist():
            unit = self._village.members[member][0].record.unit
            units.setdefault((unit, int(self._village.things[member])), []).append(member)
        return [np.array(members, dtype=np.int64) for members in units.values()]

    def _added_by(self, lead: int) -> Numbers:
        """Return what further members add because of the unit of a first secretary."""
        if lead not in self._added:
            self._added[lead] = self._village.added(lead)
        return self._added[lead]

    def _points(self, lead: int | None, task: Task) -> Numbers:
        """Return what everybody brings towards the index; zeros where no index is asked for."""
        if task.least_points is None:
            return np.zeros(len(self._village.members), dtype=np.int64)
        return self._village.own_points + self._village.added(lead, index=True)

    def _tabled(self, task: Task) -> Found | None:
        """Return the best team as the tables count it, over all first secretaries."""
        best: Found | None = None
        forced = [member for member in task.having if self._village.members[member][1] == LEAD]
        for leads in self._promising(task):
            own = self._village.own + self._added_by(int(leads[0]))
            now = task if best is None else replace(task, beaten=best.worth)
            points = self._points(int(leads[0]), task)
            outlook = Outlook(self._village, self._with_lead, now, own, points)
            able: list[int | None] = [m for m in outlook.leads(leads).tolist() if m in (forced or (m,))]
            if able:
                best = UnderUnit(self._village, self._with_lead, now, able, outlook).best() or best
        if self._nobody and not forced:
            now = task if best is None else replace(task, beaten=best.worth)
            own = self._village.own + self._village.added(None)
            outlook = Outlook(self._village, self._without_lead, now, own, self._points(None, task))
            best = UnderUnit(self._village, self._without_lead, now, [None], outlook).best() or best
        return best

    def _promising(self, task: Task) -> list[Numbers]:
        """Return units with a first secretary who might do, if every unit's people added the most they ever do."""
        units = self._by_unit
        if not units:
            return []
        most = np.maximum.reduce([self._added_by(int(leads[0])) for leads in units])
        points = self._points(None, replace(task, least_points=None))
        if task.least_points is not None:
            points = np.maximum.reduce([self._points(int(leads[0]), task) for leads in units])
        outlook = Outlook(self._village, self._with_lead, task, self._village.own + most, points)
        return [good for leads in units if len(good := outlook.leads(leads))]

    # ------------------------------------------------------------ where the tables leave out a rule

    def _parts(self, task: Task, found: Found) -> Iterator[Task]:
        """Yield tasks that together look at every team of ``task`` but those like the one found."""
        core = self._core(found)
        if core is not None:
            for member in core:
                gone = np.flatnonzero(self._village.person == self._village.person[member]).tolist()
                if task.having.isdisjoint(gone):
                    yield replace(task, without=task.without.union(gone))
            return
        if not self._village.unsaid_rules:
            people = [person.id for person, _ in self.team(found)]
            raise SummaryDiffers(self._village.account.place.id, people)
        kept: set[int] = set()
        for member in found.team:
            if member not in task.having:
                yield replace(task, without=task.without | {member}, having=task.having | kept)
            kept.add(member)

    def _core(self, found: Found) -> tuple[int, ...] | None:
        """Return members who break a rule whoever joins them, as few as are found; None where nobody does."""
        account, members = self._village.account, self._village.members
        for item in self._village.unsaid_rules:
            if not item.rule.lasting or item.mode != "hard":
                continue
            core = list(found.team)
            if account.rule(item, [members[i] for i in core]) is None:
                for member in found.team:
                    rest = [i for i in core if i != member]
                    if account.rule(item, [members[i] for i in rest]) is None:
                        core = rest
                return tuple(core)
        return None
