"""Every team of a block that is worth at least so much, compiled.

A depth-first search under one first secretary at a time. Members come role by role, and within a role in
falling order of worth, so that every team is met once. A bound on all that can still come (as in
:mod:`matcher.pricing.bounds`, but with the bonuses of the one lead unit) cuts off what can't be worth enough.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from matcher.pricing.bounds import complete, most_of_a_role, tops
from matcher.pricing.compiling import compiled
from matcher.pricing.kernel import HALF, NEVER


@compiled
def plain_worths(board: Any, worth: Any, plain: Any, bonus: Any) -> None:
    """Note what each person is worth in each role (the last: first secretary), and the bonuses on top."""
    people, columns = board.seat.shape
    decisions = board.lead_added.shape[0] - 1
    plain[:] = NEVER
    bonus[:] = 0
    for person in range(people):
        for column in range(columns):
            decision = board.seat[person, column]
            if decision == decisions:
                continue
            plain[column, person] = worth[decision]
            if column == columns - 1:
                added = board.lead_added[decision]
                plain[column, person] = worth[decision] + added if added > HALF else NEVER
    for i in range(board.bonus_helper.shape[0]):
        gain = max(0, worth[board.bonus_helper[i]])
        for cell in range(board.bonus_start[i], board.bonus_start[i + 1]):
            bonus[board.bonus_role[cell], board.bonus_person[cell]] += gain * board.bonus_amount[cell]


@compiled
def rest_under(states: Any, hunt: Any, unit: int) -> None:
    """Bound what can still come under the first secretary of ``unit`` (−1: under nobody)."""
    flags, kinds, roles = states.flags, states.steps.shape[0], hunt.plain.shape[0] - 1
    best = np.full((roles, kinds, most_of_a_role(states)), NEVER, np.int64)
    worth = np.empty(hunt.plain.shape[1], np.int64)
    for role in range(roles):
        worth[:] = hunt.plain[role]
        if unit >= 0:
            first, last = states.starts[unit], states.starts[unit + 1]
            worth[first:last] += hunt.bonus[role, first:last]
        tops(worth, states.classes[:, role], 0, worth.shape[0], best[role])
    complete(states, hunt.ending, best, hunt.rest)
    for count in range(states.counts):
        hunt.peak[count] = hunt.rest[count * flags : (count + 1) * flags].max()


class Hunt(NamedTuple):
    """What a listing works with.

    Attributes
    ----------
    plain, bonus : int64[roles + 1, people]
        What each person is worth, and what more under their own unit's lead.
    order : int64[roles, people]
        The people of each role from the best to the worst.
    ending : int64[counts × flags]
        What a complete team's state is worth.
    rest, peak : int64[counts × flags], int64[counts]
        The most that can still come on top of a state, and the most of each count.
    floor
        Teams that are worth less are left out.
    teams, found : int32[room, size, 2], int64[room]
        The teams found, (person, role) of each member and −1 after the last, and what they are worth.
    left : int64[2]
        Steps left to the search, and how many teams there are; they may be more than the room.
    """

    plain: Any
    bonus: Any
    order: Any
    ending: Any
    rest: Any
    peak: Any
    floor: int
    teams: Any
    found: Any
    left: Any


class Path(NamedTuple):
    """The team that the search stands at, one entry a level: the first secretary, then member by member.

    Attributes
    ----------
    value, count, flag : int64[levels]
        What the team is worth so far, and its state.
    role, place : int64[levels]
        Where in the order of candidates the next member is looked for.
    who, unit, what : int64[levels]
        The member who joined at this level, their unit and role.
    """

    value: Any
    count: Any
    flag: Any
    role: Any
    place: Any
    who: Any
    unit: Any
    what: Any


@compiled
def list_teams(states: Any, board: Any, worth: Any, endings: Any, unled: int, hunt: Any) -> None:
    """List every team that is worth at least the floor.

    Parameters
    ----------
    worth : int64[variables]
        What each variable adds when it is 1.
    endings : int64[2, counts × flags]
        What a complete team's state is worth without and with a first secretary.
    unled
        What rows over the first secretary add where there is none.
    hunt
        Receives the teams.
    """
    plain_worths(board, worth, hunt.plain, hunt.bonus)
    roles = hunt.plain.shape[0] - 1
    for role in range(roles):
        hunt.order[role] = np.argsort(-hunt.plain[role], kind="mergesort")
    hunt.ending[:] = endings[1]
    for unit in range(states.starts.shape[0] - 1):
        ready = False
        for lead in range(states.starts[unit], states.starts[unit + 1]):
            if hunt.plain[roles, lead] <= HALF:
                continue
            if not ready:
                rest_under(states, hunt, unit)
                ready = True
            _under(states, hunt, unit, lead, hunt.plain[roles, lead] + hunt.bonus[roles, lead])
    if unled > HALF:
        hunt.ending[:] = endings[0]
        rest_under(states, hunt, -1)
        _under(states, hunt, -1, -1, unled)


@compiled
def _under(states: Any, hunt: Any, unit: int, lead: int, start: int) -> None:
    """List the teams under one first secretary (``lead`` −1: under nobody)."""
    levels = hunt.teams.shape[1] + 1
    path = Path(
        np.zeros(levels, np.int64), np.zeros(levels, np.int64), np.zeros(levels, np.int64), np.zeros(levels, np.int64),
        np.zeros(levels, np.int64), np.full(levels, -1, np.int64), np.full(levels, -1, np.int64),
        np.zeros(levels, np.int64),
    )  # fmt: skip
    roles = hunt.plain.shape[0] - 1
    path.value[0] = start
    if lead >= 0:
        path.flag[0] = states.steps[states.classes[lead, roles], 0]
        path.who[0], path.unit[0], path.what[0] = lead, unit, roles
    if start + hunt.rest[path.flag[0]] < hunt.floor:
        return
    most_bonus = 0
    if unit >= 0:
        for role in range(roles):
            most_bonus = max(
                most_bonus, hunt.bonus[role, states.starts[unit] : states.starts[unit + 1]].max()
            )
    _note(states, hunt, path, 0)
    depth = 0
    while depth >= 0 and hunt.left[0] >= 0:
        hunt.left[0] -= 1
        if path.role[depth] >= roles:
            depth -= 1
        elif _step(states, hunt, path, depth, unit, most_bonus):
            depth += 1
            _note(states, hunt, path, depth)


@compiled
def _step(states: Any, hunt: Any, path: Any, depth: int, unit: int, most_bonus: int) -> bool:
    """Look at the next candidate; return whether they joined, one level deeper."""
    role = path.role[depth]
    after = states.ways[1 + role, path.count[depth]]
    people = hunt.plain.shape[1]
    over = after < 0 or path.place[depth] >= people
    person = 0 if over else hunt.order[role, path.place[depth]]
    worth = hunt.plain[role, person]
    if over or worth <= HALF or path.value[depth] + worth + most_bonus + hunt.peak[after] < hunt.floor:
        path.role[depth] += 1  # whoever comes later in this role is worth no more
        path.place[depth] = 0
        return False
    path.place[depth] += 1
    for level in range(depth + 1):
        if path.who[level] == person:
            return False
    home = _unit_of(states, person)
    value = path.value[depth] + worth + (hunt.bonus[role, person] if home == unit else 0)
    flag = states.steps[states.classes[person, role], path.flag[depth]]
    new = depth + 1
    path.who[new], path.unit[new], path.what[new] = person, home, role
    if value + hunt.rest[after * states.flags + flag] - _too_many(states, path, new) < hunt.floor:
        path.who[new] = -1
        return False
    path.value[new], path.count[new], path.flag[new] = value, after, flag
    path.role[new], path.place[new] = role, path.place[depth]
    return True


@compiled
def _note(states: Any, hunt: Any, path: Any, depth: int) -> None:
    """List the team that the search stands at, if it is complete and worth enough."""
    end = hunt.ending[path.count[depth] * states.flags + path.flag[depth]]
    if end <= HALF:
        return
    total = path.value[depth] + end - _too_many(states, path, depth)
    if total < hunt.floor:
        return
    many = hunt.left[1]
    if many < hunt.teams.shape[0]:
        hunt.teams[many, :, :] = -1
        filled = 0
        for level in range(depth + 1):
            if path.who[level] >= 0:
                hunt.teams[many, filled, 0] = path.who[level]
                hunt.teams[many, filled, 1] = path.what[level]
                filled += 1
        hunt.found[many] = total
    hunt.left[1] += 1


@compiled
def _unit_of(states: Any, person: int) -> Any:
    """Return a person's unit."""
    return np.searchsorted(states.starts, person, side="right") - 1


@compiled
def _too_many(states: Any, path: Any, depth: int) -> int:
    """Return the penalty for the units of the members so far."""
    if states.tokens == 1:
        return 0
    units = 0
    for level in range(depth + 1):
        if path.unit[level] < 0:
            continue
        new = 1
        for other in range(level):
            if path.unit[other] == path.unit[level]:
                new = 0
        units += new
    over = units - (states.tokens - 1)
    if over <= 0:
        return 0
    return -HALF if states.penalty < 0 else over * states.penalty
