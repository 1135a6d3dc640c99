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
    """Note the most that somebody of each class is worth, among the people ``first`` to ``last``.

    ``worth`` and ``classes`` are of one role; ``best`` keeps what it has where that is more.
    """
    for person in range(first, last):
        kind = classes[person]
        best[kind] = max(best[kind], worth[person])


@compiled
def completions(states: Any, worths: Any, opened: Any, rests: Any) -> None:
    """Bound what can still come on top of every count and flags.

    As if the best of each class could join again and again, everybody of an ``opened`` unit served under their
    own unit's lead, and units were not counted. Fills ``rests``: before the first secretary, under their unit's
    bonus, after that unit.
    """
    flags, kinds, roles = states.flags, states.steps.shape[0], worths.joins.shape[1]
    people = worths.joins.shape[0]
    plain = np.full((roles, kinds), NEVER, np.int64)
    lead = np.full(kinds, NEVER, np.int64)
    for role in range(roles):
        tops(worths.joins[:, role], states.classes[:, role], 0, people, plain[role])
    bonus = plain.copy()
    any_opened = False
    for unit in range(opened.shape[0]):
        if opened[unit]:
            any_opened = True
            first, last = states.starts[unit], states.starts[unit + 1]
            tops(worths.leads, states.classes[:, roles], first, last, lead)
            for role in range(roles):
                tops(worths.serves[:, role], states.classes[:, role], first, last, bonus[role])
    if not any_opened:
        tops(worths.leads, states.classes[:, roles], 0, people, lead)
    complete(states, worths.ending, plain, rests[2])
    if any_opened:
        complete(states, worths.ending, bonus, rests[1])
    else:
        rests[1] = rests[2]
        bonus = plain
    for place in range(states.counts):
        count = states.ways[0, place]
        here = rests[0, count * flags : (count + 1) * flags]
        here[:] = NEVER
        under = rests[1, count * flags : (count + 1) * flags]
        for kind in range(kinds):
            step = states.steps[kind]
            if lead[kind] > HALF:
                for flag in range(flags):
                    here[flag] = max(here[flag], lead[kind] + under[step[flag]])
            _grow(states, bonus, kind, count, here, rests[0])


@compiled
def complete(states: Any, ending: Any, tops_of: Any, rest: Any) -> None:
    """Fill one table: the most that can still come when nobody is to be chosen as first secretary any more."""
    flags = states.flags
    for place in range(states.counts):
        count = states.ways[0, place]
        here = rest[count * flags : (count + 1) * flags]
        here[:] = ending[count * flags : (count + 1) * flags]
        for kind in range(states.steps.shape[0]):
            _grow(states, tops_of, kind, count, here, rest)


@compiled
def _grow(states: Any, tops_of: Any, kind: int, count: int, here: Any, rest: Any) -> None:
    """Let the best of a class join in each role."""
    flags, step = states.flags, states.steps[kind]
    for role in range(tops_of.shape[0]):
        after, more = states.ways[1 + role, count], tops_of[role, kind]
        if after < 0 or more <= HALF:
            continue
        there = rest[after * flags : (after + 1) * flags]
        for flag in range(flags):
            here[flag] = max(here[flag], more + there[step[flag]])


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
