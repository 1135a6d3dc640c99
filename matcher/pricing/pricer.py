"""Pricing a block: its best team at given prices of the link rows."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matcher.pricing.board import board_of, ending_of, lead_rows_of
from matcher.pricing.form import Form
from matcher.pricing.kernel import HALF, NEVER, Space, States
from matcher.pricing.layout import LEAD
from matcher.pricing.listing import Hunt, list_teams
from matcher.pricing.search import NO_ROOM, NONE, best_led, best_unled
from matcher.pricing.workspace import workspace
from matcher.pricing.worths import priced, worths_at

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from numpy.typing import NDArray

    from matcher.model.block import Block
    from matcher.rulekit import Linear, Row

    Ints = NDArray[np.int64]

Team = list[tuple[str, str]]
#: Room for this many labels at first.
LABELS = 1 << 16
#: Bounds of the search are made anew when the steps since are this many times what it takes.
AGAIN = 2
#: Steps that listing the teams of one block may take.
STEPS = 20_000_000


@dataclass(frozen=True, slots=True)
class Priced:
    """The best of a block.

    Attributes
    ----------
    bound
        No team is worth more; None where no team is possible.
    team
        The team that is worth so much, what was relaxed left aside; None where no team beats what was known.
    worth
        What that team is worth, only what :attr:`Pricer.exact` is about left aside: less than the bound after a quick search.
    """

    bound: int | None
    team: Team | None
    worth: int | None = None


class Pricer:
    """Finds the best team of one block again and again, at changing prices.

    What it keeps are arrays: the block itself is not needed any more.

    Parameters
    ----------
    block
        The block.
    rows
        The team-level rows to honour; the price of a unit of violation in worths, None: hard.
    objective
        What is maximized, in points.
    loads
        What the block puts on each link row, by the row's number.
    scale
        Worths for a point.

    Attributes
    ----------
    exact
        Whether a bound is always the best team's own worth: nothing was relaxed.
    plain
        Whether only people load the link rows: then :meth:`loads` says what a team puts on them.
    """

    def __init__(
        self,
        block: Block,
        rows: Iterable[tuple[Row, int | None]],
        objective: Linear,
        loads: Mapping[int, Linear],
        scale: int = 1,
    ) -> None:
        decisions = len(block.seats)
        touched = set(objective.terms).union(*(load.terms for load in loads.values()))
        form = Form(block, rows, sorted(v for v in touched if v >= decisions))
        layout = form.layout
        people = sorted(block.people, key=lambda person: person.unit_id)
        units = list(dict.fromkeys(person.unit_id for person in people))
        self.place = block.place.id
        self.people = [person.id for person in people]
        paid = {bonus.helper for bonus in form.bonuses}
        moved = {v for load in loads.values() for v in load.terms}
        self.exact = (
            not form.relaxed and not (paid & moved) and all(objective.terms.get(h, 0) >= 0 for h in paid)
        )
        self._names = (*layout.roles, LEAD)
        self._index = {id_: i for i, id_ in enumerate(self.people)}
        self._has_lead = LEAD in block.roles
        kinds, steps = layout.steps(decisions)
        self.board = board_of(form, people, units, kinds, objective, loads, scale)
        self._seats = self.board.size
        tokens = 1 if form.tokens is None else min(form.tokens, max(1, self._seats)) + 1
        penalty = -1 if form.tokens is not None and form.unit_price is None else (form.unit_price or 0)
        number = {unit: i for i, unit in enumerate(units)}
        of_person = np.array([number[person.unit_id] for person in people], np.int64)
        starts = np.searchsorted(of_person, np.arange(len(units) + 1)).astype(np.int64)
        self.states = States(
            tokens, layout.counts, layout.flags, layout.ways(), steps, starts,
            np.ascontiguousarray(np.append(kinds, 0)[self.board.seat]), penalty, AGAIN,
        )  # fmt: skip
        self._free_states = self.states._replace(tokens=1, penalty=0)
        self._unit_of = of_person
        self._rows = ending_of(form)
        self._hard = ending_of(form, soft=False), lead_rows_of(form, soft=False)
        self._lead_none = int(self.board.lead_added[-1])
        self._values = {helper: form.tables[helper] for helper in sorted(form.tables)}
        self._moves = any(v >= decisions for load in loads.values() for v in load.terms)
        self._ending = self._ending_at(self.board.base)
        self._nobody = np.zeros(len(people), np.bool_)
        self._first = np.searchsorted(self.board.load_variable, np.arange(decisions + 1)).astype(np.int32)
        self._constant = objective.constant * scale
        self._offsets = [(number, load.constant) for number, load in loads.items() if load.constant]
        #: The numbers of the link rows that a team may load.
        self.rows = np.unique(
            [*self.board.load_row.tolist(), *(number for number, _ in self._offsets)]
        ).astype(np.int64)
        self.plain = self.exact and not self._moves and not self._offsets
        #: How far below a bound that needs no search the first search looks.
        self._stride = 4 * scale
        self._scale = scale

    def alone(self, points: Linear) -> Pricer:
        """Return a pricer of the same block for these points alone: nothing is charged, soft rows cost nothing."""
        other = copy(self)
        other._become_alone(points)  # noqa: SLF001 - of the copy
        return other

    def _become_alone(self, points: Linear) -> None:
        none, base = np.zeros(0, np.int64), np.zeros_like(self.board.base)
        for variable, coefficient in points.terms.items():
            base[variable] = coefficient
        self._rows, leads = self._hard
        soft_units = self.states.tokens > 1 and self.states.penalty >= 0
        self.board = self.board._replace(
            base=base, load_variable=none, load_row=none, load_amount=none, lead_added=leads,
            margin=0 if soft_units else self.board.margin,
        )  # fmt: skip
        if soft_units:
            self.states = self._free_states
        self._lead_none, self._constant, self._offsets = int(leads[-1]), points.constant, []
        self._moves, self._stride = False, self._stride // self._scale
        self._ending = self._ending_at(base)

    def quick(self, prices: Ints, known: int | None = None, absent: Collection[str] = ()) -> Priced:
        """Return a good team at ``prices``, as :meth:`best` but as if any number of units could join at no price.

        The bound holds; the team's worth counts its units.
        """
        if self.states.tokens == 1:
            return self._best(prices, known, absent)
        found = self._best(prices, known, absent, uncounted=True)
        if found.team is None or found.bound is None:
            return found
        units = {int(self._unit_of[self._index[cadre]]) for cadre, _ in found.team}
        over = max(0, len(units) - (self.states.tokens - 1))
        if over and self.states.penalty < 0:
            return Priced(found.bound, None)
        worth = found.bound - over * self.states.penalty
        better = known is None or worth > known
        return Priced(found.bound, found.team if better else None, worth if better else None)

    def best(self, prices: Ints, known: int | None = None, absent: Collection[str] = ()) -> Priced:
        """Return the best team at ``prices``.

        Parameters
        ----------
        prices : int64[link rows]
            What a unit of load costs on each row, in worths.
        known
            What a team is known to be worth: only better ones are looked for.
        absent
            Cadres who are not available.
        """
        first = self.quick(prices, known, absent)
        if first.bound is None or first.bound in (known, first.worth):
            return first
        # Where units make a difference, the search is for a team between the quick one and its bound.
        least = known if first.worth is None else first.worth
        found = self._best(prices, least, absent, ceiling=first.bound)
        if found.team is None and first.team is not None:
            return Priced(first.worth, first.team, first.worth)
        return found

    def _best(
        self,
        prices: Ints,
        known: int | None,
        absent: Collection[str],
        *,
        uncounted: bool = False,
        ceiling: int | None = None,
    ) -> Priced:
        states = self._free_states if uncounted else self.states
        board = self.board._replace(margin=0) if uncounted else self.board
        worth = priced(board, prices)
        ending = self._ending_at(worth) if self._moves else self._ending
        barred = self._nobody
        if absent:
            barred = np.fromiter((id_ in absent for id_ in self.people), np.bool_, len(self.people))
        worths, roof = worths_at(states, board, worth, barred, ending[1])
        base = roof + self._constant - sum(int(prices[row]) * amount for row, amount in self._offsets)
        best, found = (NEVER if known is None else known - base), None
        if self._has_lead:
            top = -NEVER if ceiling is None else ceiling - base
            led = self._run(
                states, lambda space, team: best_led(states, worths, space, best, top, self._stride, team)
            )
            if led is not None:
                best, found = led
        if self._lead_none > HALF and (ending[0] > HALF).any():
            target = best - self._lead_none if best > HALF else NEVER
            others = worths._replace(ending=ending[0], leads=np.full_like(worths.leads, NEVER))
            unled = self._run(states, lambda space, team: best_unled(states, others, space, target, team))
            if unled is not None:
                best, found = unled[0] + self._lead_none, unled[1]
        bound = best + base if best > HALF else None
        return Priced(bound, found, None if found is None else bound)

    def loads(self, team: Team) -> dict[int, int]:
        """Return what a team puts on the link rows, by row; only for a block that is :attr:`plain`."""
        found: dict[int, int] = {}
        board = self.board
        for cadre, role in team:
            decision = board.seat[self._index[cadre], self._names.index(role)]
            for cell in range(self._first[decision], self._first[decision + 1]):
                row = int(board.load_row[cell])
                found[row] = found.get(row, 0) + int(board.load_amount[cell])
        return found

    def teams_above(
        self, prices: Ints, floor: int, room: int, steps: int = STEPS
    ) -> list[tuple[int, Team]] | None:
        """Return every team that is worth at least ``floor`` at ``prices``, and what it is worth.

        None where there are more than ``room`` of them, or finding them takes more than ``steps``. Only for a block that is read exactly.
        """
        worth = priced(self.board, prices)
        endings = self._ending_at(worth) if self._moves else self._ending
        base = self._constant - sum(int(prices[row]) * amount for row, amount in self._offsets)
        people, roles = self.board.seat.shape
        states = self.states.counts * self.states.flags
        hunt = Hunt(
            plain=np.empty((roles, people), np.int64),
            bonus=np.empty((roles, people), np.int64),
            order=np.empty((roles - 1, people), np.int64),
            ending=np.empty(states, np.int64),
            rest=np.empty(states, np.int64),
            peak=np.empty(self.states.counts, np.int64),
            floor=floor - base,
            teams=np.empty((room, self._seats + 1, 2), np.int32),
            found=np.empty(room, np.int64),
            left=np.array([steps, 0], np.int64),
        )
        list_teams(self.states, self.board, worth, endings, self._lead_none, hunt)
        many = int(hunt.left[1])
        if many > room or hunt.left[0] < 0:
            return None
        return [
            (int(total) + base, sorted((self.people[p], self._names[r]) for p, r in team.tolist() if p >= 0))
            for total, team in zip(hunt.found[:many], hunt.teams[:many], strict=True)
        ]

    def _ending_at(self, worth: Ints) -> Ints:
        """Return what a complete team's state is worth: [without, with a first secretary][state]."""
        ending = self._rows.copy()
        for helper, values in self._values.items():
            if worth[helper]:
                ending += worth[helper] * values
        return np.where(self._rows <= HALF, NEVER, ending)

    def _run(
        self, states: States, search: Callable[[Space, Ints], tuple[int, int]]
    ) -> tuple[int, Team] | None:
        """Run a search with as much room as it needs; return the worth and the team, if one was found."""
        team = np.zeros((self._seats + 1, 2), np.int64)
        labels = LABELS
        while True:
            with workspace(states, labels) as space:
                worth, members = search(space, team)
            if members != NO_ROOM:
                return None if members == NONE else (int(worth), self._members(team, int(members)))
            labels *= 8

    def _members(self, team: Ints, members: int) -> Team:
        return sorted((self.people[person], self._names[role]) for person, role in team[:members].tolist())
