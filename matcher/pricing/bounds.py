"""Bounds of the dynamic program: what can still come on top of a state, and who is worth a look, compiled."""

from __future__ import annotations

from typing import Any

import numpy as np

from matcher.pricing.compiling import compiled
from matcher.pricing.kernel import HALF, NEVER


@compiled
def shortlist(worth: Any, order: Any, groups: Any, size: int, margin: int, joins: Any) -> None:
    """Keep, of each group of interchangeable choices, the best ``size`` and who comes within ``margin`` of them.

    Of a group, a team needs at most ``size``: if it had somebody outside the best ``size``, one of these would
    be free, would do for every row, and would add at least as much; ``margin`` covers what the exchange may cost.

    Parameters
    ----------
    worth, groups : int64[choices]
        Worth and group of each choice.
    order : int64[choices]
        The choices from the best to the worst.
    joins : int64[choices]
        Receives the worth of those kept, :data:`NEVER` for the others.
    """
    most = groups.max() + 1 if groups.size else 0
    seen = np.zeros(most, np.int64)
    last = np.zeros(most, np.int64)
    for choice in order:
        joins[choice] = NEVER
        if worth[choice] <= HALF:
            continue
        group = groups[choice]
        if seen[group] < size:
            seen[group] += 1
            last[group] = worth[choice]
            joins[choice] = worth[choice]
        elif worth[choice] > last[group] - margin:
            joins[choice] = worth[choice]


@compiled
def tops(worth: Any, classes: Any, first: int, last: int, best: Any) -> None:
    """Note the most that people of each class are worth, among the people ``first`` to ``last``.

    Parameters
    ----------
    worth, classes : int64[people]
        Of one role.
    best : int64[classes, depth]
        The best so far of each class, in falling order; receives those who are better.
    """
    depth = best.shape[1]
    for person in range(first, last):
        value, kind = worth[person], classes[person]
        at = depth
        while at > 0 and value > best[kind, at - 1]:
            if at < depth:
                best[kind, at] = best[kind, at - 1]
            at -= 1
        if at < depth:
            best[kind, at] = value


@compiled
def extras(states: Any, joins: Any, plain: Any, serves: Any, size: int) -> Any:
    """Bound, by unit, what serving under the own unit's lead adds to a bound that leaves it out.

    Of a class, :func:`completions` counts the best people first. Somebody of the lead's unit adds to that the
    bonus, and no more than what they are above the last of them who could be needed.

    Parameters
    ----------
    joins, plain, serves : int64[people, roles]
        What people are worth under another unit's lead (only those worth a look; everybody), and under their own.
    size
        The most people in a team.
    """
    people, roles = joins.shape
    depth = most_of_a_role(states)
    best = np.full((roles, states.steps.shape[0], depth), NEVER, np.int64)
    for role in range(roles):
        tops(joins[:, role], states.classes[:, role], 0, people, best[role])
    units = states.starts.shape[0] - 1
    extra = np.zeros(units, np.int64)
    largest = np.zeros(max(1, size - 1), np.int64)
    for unit in range(units):
        largest[:] = 0
        for person in range(states.starts[unit], states.starts[unit + 1]):
            gain = 0
            for role in range(roles):
                if serves[person, role] > plain[person, role]:
                    above = serves[person, role] - best[role, states.classes[person, role], depth - 1]
                    gain = max(gain, min(above, serves[person, role] - plain[person, role]))
            at = largest.shape[0]
            while at > 0 and gain > largest[at - 1]:
                if at < largest.shape[0]:
                    largest[at] = largest[at - 1]
                at -= 1
            if at < largest.shape[0]:
                largest[at] = gain
        extra[unit] = largest.sum()
    return extra


@compiled
def completions(states: Any, worths: Any, opened: Any, units: Any, rests: Any) -> None:
    """Bound what can still come on top of every count and flags.

    As if everybody of ``units`` could join whoever is in the team already, everybody of an ``opened`` unit served under
    their own unit's lead, and units were not counted. Fills ``rests``: before the first secretary, under their
    unit's bonus, after that unit.

    Parameters
    ----------
    opened : bool[all units]
        The units whose people may be first secretary.
    units : int64[units]
        The units that are still to come.
    """
    flags, kinds, roles = states.flags, states.steps.shape[0], worths.joins.shape[1]
    depth = most_of_a_role(states)
    plain = np.full((roles, kinds, depth), NEVER, np.int64)
    bonus = np.full((roles, kinds, depth), NEVER, np.int64)
    lead = np.full((kinds, 1), NEVER, np.int64)
    any_opened = False
    for unit in units:
        first, last = states.starts[unit], states.starts[unit + 1]
        any_opened = any_opened or opened[unit]
        if opened[unit]:
            tops(worths.leads, states.classes[:, roles], first, last, lead)
        of = worths.serves if opened[unit] else worths.joins
        for role in range(roles):
            tops(worths.joins[:, role], states.classes[:, role], first, last, plain[role])
            tops(of[:, role], states.classes[:, role], first, last, bonus[role])
    complete(states, worths.ending, plain, rests[2])
    rests[0], rests[1] = NEVER, NEVER
    if not any_opened:
        return
    complete(states, worths.ending, bonus, rests[1])
    for count in range(states.counts):
        here = rests[0, count * flags : (count + 1) * flags]
        under = rests[1, count * flags : (count + 1) * flags]
        for kind in range(kinds):
            step, more = states.steps[kind], lead[kind, 0]
            if more > HALF:
                for flag in range(flags):
                    here[flag] = max(here[flag], more + under[step[flag]])


@compiled
def worth_a_look(states: Any, joins: Any, rest: Any, floor: int, kept: Any) -> Any:
    """Keep only people whose best team may be worth more than ``floor``.

    Parameters
    ----------
    joins : int64[people, roles]
        What people are worth in each role.
    rest : int64[counts × flags]
        The most that can come on top of a state, the person's own worth left aside.
    kept : int64[people, roles]
        Receives the worth of those kept, :data:`NEVER` for the others.

    Returns
    -------
    most : int64[units]
        What the best team with somebody of each unit may be worth.
    """
    units = states.starts.shape[0] - 1
    most = np.full(units, NEVER, np.int64)
    for unit in range(units):
        for person in range(states.starts[unit], states.starts[unit + 1]):
            for role in range(joins.shape[1]):
                kept[person, role] = NEVER
                after = states.ways[1 + role, 0]
                if joins[person, role] <= HALF or after < 0:
                    continue
                flag = states.steps[states.classes[person, role], 0]
                bound = joins[person, role] + rest[after * states.flags + flag]
                if bound > floor:
                    kept[person, role] = joins[person, role]
                    most[unit] = max(most[unit], bound)
    return most


@compiled
def most_of_a_role(states: Any) -> int:
    """Return the most people that one role can have."""
    most = 1
    for role in range(states.ways.shape[0] - 1):
        count, held = 0, 0
        while states.ways[1 + role, count] >= 0:
            count = states.ways[1 + role, count]
            held += 1
        most = max(most, held)
    return most


@compiled
def complete(states: Any, ending: Any, tops_of: Any, rest: Any) -> None:
    """Fill one table: the most that can still come when nobody is to be chosen as first secretary any more.

    Role by role and class by class, none, one or more of the best people of the class join; nobody twice in a role.
    """
    flags, depth = states.flags, tops_of.shape[2]
    rest[:] = ending
    flag_after = np.empty(flags, np.int64)
    for role in range(tops_of.shape[0]):
        for kind in range(states.steps.shape[0]):
            if tops_of[role, kind, 0] <= HALF:
                continue
            step = states.steps[kind]
            for place in range(
                states.counts - 1, -1, -1
            ):  # the emptiest first: fuller ones are still as before
                count = states.ways[0, place]
                here = rest[count * flags : (count + 1) * flags]
                after, more = count, 0
                for flag in range(flags):
                    flag_after[flag] = flag
                for rank in range(depth):
                    after = states.ways[1 + role, after]
                    if after < 0 or tops_of[role, kind, rank] <= HALF:
                        break
                    more += tops_of[role, kind, rank]
                    there = rest[after * flags : (after + 1) * flags]
                    for flag in range(flags):
                        flag_after[flag] = step[flag_after[flag]]
                        here[flag] = max(here[flag], more + there[flag_after[flag]])


@compiled
def roofs_of_leads(states: Any, worths: Any, rest: Any) -> Any:
    """Bound, by unit, every team with a first secretary of the unit; ``rest`` is of teams without bonuses."""
    units, roles = states.starts.shape[0] - 1, states.classes.shape[1] - 1
    roofs = np.full(units, NEVER, np.int64)
    for unit in range(units):
        for person in range(states.starts[unit], states.starts[unit + 1]):
            if worths.leads[person] > HALF:
                more = rest[states.steps[states.classes[person, roles], 0]]
                if more > HALF:
                    roofs[unit] = max(roofs[unit], worths.leads[person] + worths.extra[unit] + more)
    return roofs
