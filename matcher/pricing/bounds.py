"""Bounds of the dynamic program: what can still come on top of a state, and who is worth a look, compiled."""

from __future__ import annotations

from typing import Any

import numpy as np

from matcher.pricing.compiling import compiled
from matcher.pricing.kernel import HALF, NEVER, A


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
def completions(states: Any, worths: Any, opened: Any, rests: Any) -> None:
    """Bound what can still come on top of every count and flags.

    As if everybody could join whoever is in the team already, everybody of an ``opened`` unit served under their
    own unit's lead, and units were not counted. Fills ``rests``: before the first secretary, under their unit's
    bonus, after that unit.
    """
    flags, kinds, roles = states.flags, states.steps.shape[0], worths.joins.shape[1]
    people, depth = worths.joins.shape[0], most_of_a_role(states)
    plain = np.full((roles, kinds, depth), NEVER, np.int64)
    lead = np.full((kinds, 1), NEVER, np.int64)
    for role in range(roles):
        tops(worths.joins[:, role], states.classes[:, role], 0, people, plain[role])
    complete(states, worths.ending, plain, rests[2])
    any_opened = False
    bonus = np.full((roles, kinds, depth), NEVER, np.int64)
    for unit in range(opened.shape[0]):
        first, last = states.starts[unit], states.starts[unit + 1]
        any_opened = any_opened or opened[unit]
        if opened[unit]:
            tops(worths.leads, states.classes[:, roles], first, last, lead)
        of = worths.serves if opened[unit] else worths.joins
        for role in range(roles):
            tops(of[:, role], states.classes[:, role], first, last, bonus[role])
    if any_opened:
        complete(states, worths.ending, bonus, rests[1])
    else:
        tops(worths.leads, states.classes[:, roles], 0, people, lead)
        rests[1] = rests[2]
    rests[0] = NEVER
    for count in range(states.counts):
        here = rests[0, count * flags : (count + 1) * flags]
        under = rests[1, count * flags : (count + 1) * flags]
        for kind in range(kinds):
            step, more = states.steps[kind], lead[kind, 0]
            if more > HALF:
                for flag in range(flags):
                    here[flag] = max(here[flag], more + under[step[flag]])


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
def roof_of_leads(states: Any, worths: Any, rest: Any) -> int:
    """Return a bound on every team with a first secretary; ``rest`` is of teams without bonuses."""
    roof, roles = NEVER, states.classes.shape[1] - 1
    for unit in range(states.starts.shape[0] - 1):
        for person in range(states.starts[unit], states.starts[unit + 1]):
            if worths.leads[person] > HALF:
                more = rest[states.steps[states.classes[person, roles], 0]]
                roof = max(roof, worths.leads[person] + worths.extra[unit] + more)
    return roof


@compiled
def reach_of_leads(states: Any, worths: Any, space: Any, reach: Any) -> None:
    """Bound what each unit reaches with its own first secretary on top of any team of layer A.

    Parameters
    ----------
    reach : int64[units]
        Receives the bounds.
    """
    flags, roles = states.flags, states.classes.shape[1] - 1
    known = np.full(states.steps.shape[0], NEVER - 1, np.int64)
    for unit in range(reach.shape[0]):
        reach[unit] = NEVER
        for person in range(states.starts[unit], states.starts[unit + 1]):
            if worths.leads[person] <= HALF:
                continue
            kind = states.classes[person, roles]
            if known[kind] < NEVER:
                best = NEVER
                for count in range(states.counts):
                    for i in range(space.living[A, count]):
                        here = space.alive[A, count, i]
                        end = worths.ending[count * flags + states.steps[kind, here % flags]]
                        best = max(best, space.value[A, here] + end)
                known[kind] = best
            if known[kind] > HALF:
                reach[unit] = max(reach[unit], known[kind] + worths.leads[person] + worths.extra[unit])
