"""Local search over a board: fill a village, mend what is broken, climb to where no single change helps."""

from __future__ import annotations

from collections import deque
from random import Random
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.methods.board import Board

Teams = dict[str, list[int]]
#: A change: by how much the cost changes, and the teams after it.
Change = tuple[int, Teams]

#: People posted elsewhere who are tried in a seat in exchange, and places tried for somebody who must be posted.
EXCHANGES, PLACES = 6, 6
#: How many changes somebody who was just moved stays put while rules are mended, and how long nothing may get better.
TENURE, STALE = 12, 4_000


def fill(board: Board, place: str) -> None:
    """Give an empty place its best team of those left: seat by seat, then each seat once more."""
    limits = board.instance.blocks[place].limits
    while True:
        held = [board.instance.blocks[place].seats[v][1] for v in board.teams[place]]
        open_roles = [role for role, (_, most) in limits.items() if held.count(role) < most]
        entries = [change for role in open_roles if (change := _entry(board, place, None, role))]
        best = min(entries, key=lambda change: change[0], default=None)
        if best is None or best[0] >= 0:
            break
        board.put(best[1])
    for out in list(board.teams[place]):
        change = _entry(board, place, out, board.instance.blocks[place].seats[out][1])
        if change is not None and change[0] < 0:
            board.put(change[1])


def mend(board: Board, enough: Callable[[], bool], seed: int) -> bool:
    """Change seats until no hard rule is broken; return whether that was reached.

    Each step takes something that is broken and makes the best change that touches it, better or not;
    who was just moved stays put for a while, so that the search does not turn in circles.
    """
    draw = Random(seed)
    still: deque[str] = deque(maxlen=TENURE)
    best, stale = board.broken, 0
    while best and stale < STALE and not enough():
        changes = [c for c in _at_fault(board, draw) if not _moved(board, c[1]) & set(still)]
        if changes:
            _, teams = min(changes, key=lambda change: (change[0], draw.random()))
            still.extend(sorted(_moved(board, teams)))
            board.put(teams)
        elif still:
            still.popleft()
        broken = board.broken
        best, stale = (broken, 0) if broken < best else (best, stale + 1)
    return board.broken == 0


def climb(board: Board, enough: Callable[[], bool], better: Callable[[], object]) -> None:
    """Make changes of one seat, and exchanges of two people, until none helps; ``better`` is told of each round."""
    improved = True
    while improved:
        improved = False
        for place in list(board.teams):
            if enough():
                return
            for change in list(_around(board, place)):
                if change[0] < 0 and _still_stands(board, change):
                    board.put(change[1])
                    improved = True
                    break
        better()


def _still_stands(board: Board, change: Change) -> bool:
    """Return whether a change is possible as it is: nobody in it has taken another post since."""
    people = [board.person(place, v) for place, team in change[1].items() for v in team]
    return len(people) == len(set(people)) and all(board.where.get(p, p) in (p, *change[1]) for p in people)


def _entry(board: Board, place: str, out: int | None, role: str) -> Change | None:
    """Return the best way to put somebody free in for ``out`` (None: besides)."""
    candidates = board.free(place, role)
    if not candidates:
        return None
    costs = board.changes(place, out, candidates)
    best = int(np.argmin(costs))
    return int(costs[best]), {place: [*(v for v in board.teams[place] if v != out), candidates[best]]}


def _around(board: Board, place: str) -> Iterator[Change]:
    """Yield the best changes of each seat of a place: somebody free in, out with nobody in, an exchange."""
    block = board.instance.blocks[place]
    team = list(board.teams[place])
    held = [block.seats[v][1] for v in team]
    for role, (_, most) in block.limits.items():
        if held.count(role) < most and (change := _entry(board, place, None, role)):
            yield change
    for out in team:
        role = block.seats[out][1]
        change = _entry(board, place, out, role)
        if change is not None:
            yield change
        if held.count(role) > block.limits[role][0]:
            yield _tried(board, {place: [v for v in team if v != out]})
        yield from _exchanges(board, place, out)


def _exchanges(board: Board, place: str, out: int) -> Iterator[Change]:
    """Yield exchanges of a member with the people posted elsewhere who would be best in the seat."""
    block = board.instance.blocks[place]
    person, role = block.seats[out]
    posted = [
        v for v, (p, r) in enumerate(block.seats) if r == role and board.where.get(p.id, place) != place
    ]
    if not posted:
        return
    costs = board.changes(place, out, posted)
    for index in np.argsort(costs, kind="stable")[:EXCHANGES]:
        coming = block.seats[posted[int(index)]][0].id
        other = board.where[coming]
        there = board.instance.blocks[other]
        left = next(v for v in board.teams[other] if there.seats[v][0].id == coming)
        going = there.variable.get((person.id, there.seats[left][1]))
        if going is not None:
            yield _tried(
                board,
                {
                    place: [*(v for v in board.teams[place] if v != out), posted[int(index)]],
                    other: [*(v for v in board.teams[other] if v != left), going],
                },
            )


def _ejections(board: Board, place: str) -> Iterator[Change]:
    """Yield changes that fetch somebody posted elsewhere, whose seat then goes to the best of those free."""
    block = board.instance.blocks[place]
    team = list(board.teams[place])
    held = [block.seats[v][1] for v in team]
    open_roles = [role for role, (least, _) in block.limits.items() if held.count(role) < least]
    for out, role in [*((None, role) for role in open_roles), *zip(team, held, strict=True)]:
        posted = [
            v for v, (p, r) in enumerate(block.seats) if r == role and board.where.get(p.id, place) != place
        ]
        if not posted:
            continue
        costs = board.changes(place, out, posted)
        for index in np.argsort(costs, kind="stable")[:EXCHANGES]:
            coming = posted[int(index)]
            other = board.where[board.person(place, coming)]
            left = next(
                v for v in board.teams[other] if board.person(other, v) == board.person(place, coming)
            )
            yield _ejection(board, {place: [*(v for v in team if v != out), coming]}, other, left)


def _ejection(board: Board, teams: Teams, other: str, left: int) -> Change:
    """Return a change that takes ``left`` away from ``other``, with the best of those free in the seat if that helps."""
    places = [*teams, other]
    before, cost = {place: list(board.teams[place]) for place in places}, board.cost()
    board.put({**teams, other: [v for v in board.teams[other] if v != left]})
    entry = _entry(board, other, None, board.instance.blocks[other].seats[left][1])
    if entry is not None and entry[0] < 0:
        board.put(entry[1])
    change = board.cost() - cost, {place: list(board.teams[place]) for place in places}
    board.put(before)
    return change


def _tried(board: Board, teams: Teams) -> Change:
    """Return a change with its cost, found by making and undoing it."""
    before, cost = {place: list(board.teams[place]) for place in teams}, board.cost()
    board.put(teams)
    change = board.cost() - cost
    board.put(before)
    return change, teams


def _at_fault(board: Board, draw: Random) -> list[Change]:
    """Return changes that touch something broken, drawn by chance."""
    places, links = board.broken_places(), board.broken_links()
    chosen = draw.randrange(len(places) + len(links))
    if chosen < len(places):
        place = places[chosen]
        return [*_around(board, place), *_ejections(board, place)]
    return list(_of_link(board, links[chosen - len(places)], draw))


def _of_link(board: Board, number: int, draw: Random) -> Iterator[Change]:
    """Yield changes at places that load a broken link row, or could: above its most those who load it, else others."""
    row = board.links[number].row
    sign = -1 if row.at_most is not None and board.totals[number] > row.at_most else 1
    places = list(board.teams)
    draw.shuffle(places)
    seen = 0
    for place in places:
        table = board.table(place)
        loads = ((table.link == number) * table.load).sum(axis=1)
        team = board.teams[place]
        touched = [v for v in team if sign * loads[v] < 0] if sign < 0 else team
        able = np.flatnonzero(sign * loads > 0)
        if not touched or (sign > 0 and not able.size):
            continue
        seen += 1
        if sign < 0:
            yield from _around(board, place)
            yield from _ejections(board, place)
        else:
            for out in touched:
                yield from _comers(board, place, out, able)
        if seen >= PLACES:
            return


def _comers(board: Board, place: str, out: int, able: np.ndarray) -> Iterator[Change]:
    """Yield the best change that puts one of ``able``, who is free, in the seat of ``out``."""
    seats = board.instance.blocks[place].seats
    role = seats[out][1]
    candidates = [int(v) for v in able if seats[v][1] == role and seats[v][0].id not in board.where]
    if candidates:
        costs = board.changes(place, out, candidates)
        best = int(np.argmin(costs))
        yield int(costs[best]), {place: [*(v for v in board.teams[place] if v != out), candidates[best]]}


def _moved(board: Board, teams: Teams) -> set[str]:
    """Return who comes, goes or changes seats in a change."""
    before = {(place, v) for place in teams for v in board.teams[place]}
    after = {(place, v) for place, team in teams.items() for v in team}
    return {board.person(place, v) for place, v in before ^ after}
