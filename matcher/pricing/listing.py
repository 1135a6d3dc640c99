"""Every team of a block that is worth at least so much, compiled.

A depth-first search under one first secretary at a time. Members come role by role, and within a role in
falling order of worth, so that every team is met once. A bound on all that can still come (as in
:mod:`matcher.pricing.bounds`, but with the bonuses of the one lead unit) cuts off what can't be worth enough.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from matcher.pricing.kernel import HALF, NEVER, compiled


@compiled
def plain_worths(board: Any, worth: Any) -> Any:
    """Return what each person is worth in each role (the last: first secretary), and the bonuses on top."""
    people, columns = board.seat.shape
    decisions = board.lead_added.shape[0] - 1
    plain = np.full((columns, people), NEVER, np.int64)
    bonus = np.zeros((columns, people), np.int64)
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
    return plain, bonus


@compiled
def rest_under(states: Any, plain: Any, bonus: Any, unit: int, ending: Any, rest: Any, peak: Any) -> None:
    """Bound what can still come under the first secretary of ``unit`` (−1: under nobody).

    Parameters
    ----------
    rest : int64[counts × flags]
        Receives the bounds.
    peak : int64[counts]
        Receives the greatest bound of each count.
    """
    flags, kinds, roles = states.flags, states.steps.shape[0], plain.shape[0] - 1
    best = np.full((roles, kinds), NEVER, np.int64)
    for role in range(roles):
        for person in range(plain.shape[1]):
            kind = states.classes[person, role]
            worth = plain[role, person]
            if unit >= 0 and states.starts[unit] <= person < states.starts[unit + 1]:
                worth += bonus[role, person]
            if worth > best[role, kind]:
                best[role, kind] = worth
    for place in range(states.counts):
        count = states.ways[0, place]
        here = rest[count * flags : (count + 1) * flags]
        here[:] = ending[count * flags : (count + 1) * flags]
        for kind in range(kinds):
            step = states.steps[kind]
            for role in range(roles):
                after = states.ways[1 + role, count]
                more = best[role, kind]
                if after < 0 or more <= HALF:
                    continue
                there = rest[after * flags : (after + 1) * flags]
                for flag in range(flags):
                    here[flag] = max(here[flag], more + there[step[flag]])
        peak[count] = here.max()


@compiled
def list_led(
    states: Any,
    board: Any,
    worth: Any,
    ending: Any,
    ending_unled: Any,
    unled: int,
    floor: int,
    teams: Any,
    found: Any,
    steps_left: Any,
) -> int:
    """List every team that is worth at least ``floor``.

    Parameters
    ----------
    worth : int64[variables]
        What each variable adds when it is 1.
    ending, ending_unled : int64[counts × flags]
        What a complete team's state is worth with and without a first secretary.
    unled
        What rows over the first secretary add where there is none.
    teams : int32[room, size, 2]
        Receives (person, role) of each member; −1 after the last.
    found : int64[room]
        Receives what each team is worth.
    steps_left : int64[1]
        How many steps the search may take; negative afterwards where that was not enough.

    Returns
    -------
    int
        How many there are; more than the room where it was too small.
    """
    plain, bonus = plain_worths(board, worth)
    roles = plain.shape[0] - 1
    order = np.empty((roles, plain.shape[1]), np.int64)
    for role in range(roles):
        order[role] = np.argsort(-plain[role], kind="mergesort")
    rest = np.empty(states.counts * states.flags, np.int64)
    peak = np.empty(states.counts, np.int64)
    many = 0
    for unit in range(states.starts.shape[0] - 1):
        ready = False
        for lead in range(states.starts[unit], states.starts[unit + 1]):
            if plain[roles, lead] <= HALF:
                continue
            if not ready:
                rest_under(states, plain, bonus, unit, ending, rest, peak)
                ready = True
            many = _members(
                states,
                plain,
                bonus,
                order,
                ending,
                rest,
                peak,
                unit,
                lead,
                plain[roles, lead] + bonus[roles, lead],
                floor,
                teams,
                found,
                many,
                steps_left,
            )
    if unled > HALF:
        rest_under(states, plain, bonus, -1, ending_unled, rest, peak)
        many = _members(
            states, plain, bonus, order, ending_unled, rest, peak, -1, -1, unled, floor, teams, found, many, steps_left
        )
    return many


@compiled
def _members(
    states: Any,
    plain: Any,
    bonus: Any,
    order: Any,
    ending: Any,
    rest: Any,
    peak: Any,
    unit: int,
    lead: int,
    start: int,
    floor: int,
    teams: Any,
    found: Any,
    many: int,
    steps_left: Any,
) -> int:
    """List the teams under one first secretary (``lead`` −1: under nobody)."""
    flags, roles, people = states.flags, plain.shape[0] - 1, plain.shape[1]
    deepest = teams.shape[1] + 1
    value = np.zeros(deepest, np.int64)
    count = np.zeros(deepest, np.int64)
    flag = np.zeros(deepest, np.int64)
    role = np.zeros(deepest, np.int64)
    place = np.zeros(deepest, np.int64)
    who = np.full(deepest, -1, np.int64)
    of_unit = np.full(deepest, -1, np.int64)
    what = np.zeros(deepest, np.int64)
    value[0] = start
    first = 0
    if lead >= 0:
        flag[0] = states.steps[states.classes[lead, roles], 0]
        who[0], of_unit[0], what[0] = lead, unit, roles
    if start + rest[flag[0]] < floor:
        return many
    most_bonus = 0
    if unit >= 0:
        for person in range(states.starts[unit], states.starts[unit + 1]):
            for r in range(roles):
                most_bonus = max(most_bonus, bonus[r, person])
    depth = 0
    entered = True
    while depth >= 0 and steps_left[0] >= 0:
        steps_left[0] -= 1
        if entered:
            entered = False
            end = ending[count[depth] * flags + flag[depth]]
            if end > HALF:
                total = value[depth] + end - _too_many(states, of_unit, depth)
                if total >= floor:
                    if many < teams.shape[0]:
                        teams[many, :, :] = -1
                        filled = 0
                        for level in range(first if lead >= 0 else 1, depth + 1):
                            teams[many, filled, 0] = who[level]
                            teams[many, filled, 1] = what[level]
                            filled += 1
                        found[many] = total
                    many += 1
        if role[depth] >= roles:
            depth -= 1
            continue
        r = role[depth]
        after = states.ways[1 + r, count[depth]]
        if after < 0 or place[depth] >= people:
            role[depth] += 1
            place[depth] = 0
            continue
        person = order[r, place[depth]]
        worth = plain[r, person]
        if worth <= HALF or value[depth] + worth + most_bonus + peak[after] < floor:
            role[depth] += 1
            place[depth] = 0
            continue
        place[depth] += 1
        taken = False
        for level in range(depth + 1):
            taken = taken or who[level] == person
        if taken:
            continue
        home = _unit_of(states, person)
        if home == unit:
            worth += bonus[r, person]
        step = states.steps[states.classes[person, r], flag[depth]]
        if value[depth] + worth + rest[after * flags + step] < floor:
            continue
        depth += 1
        value[depth], count[depth], flag[depth] = value[depth - 1] + worth, after, step
        role[depth], place[depth] = r, place[depth - 1]
        who[depth], of_unit[depth], what[depth] = person, home, r
        if value[depth] + rest[after * flags + step] - _too_many(states, of_unit, depth) < floor:
            depth -= 1
            continue
        entered = True
    return many


@compiled
def _unit_of(states: Any, person: int) -> int:
    """Return a person's unit."""
    return np.searchsorted(states.starts, person, side="right") - 1


@compiled
def _too_many(states: Any, of_unit: Any, depth: int) -> int:
    """Return the penalty for the units of the members so far."""
    if states.tokens == 1:
        return 0
    units = 0
    for level in range(depth + 1):
        if of_unit[level] < 0:
            continue
        new = True
        for other in range(level):
            new = new and of_unit[other] != of_unit[level]
        units += new
    over = units - (states.tokens - 1)
    if over <= 0:
        return 0
    return HALF * -1 if states.penalty < 0 else over * states.penalty
