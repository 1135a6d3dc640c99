"""Bounds of the dynamic program: what can still come on top of a state, and who is worth a look, compiled."""

from __future__ import annotations

from typing import Any

import numpy as np

from matcher.pricing.kernel import HALF, NEVER, A, compiled


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
def tops(worth: Any, classes: Any, best: Any) -> None:
    """Note the most that somebody of each class is worth; ``worth`` and ``classes`` are of one role."""
    best[:] = NEVER
    for person in range(worth.shape[0]):
        kind = classes[person]
        if worth[person] > best[kind]:
            best[kind] = worth[person]


@compiled
def completions(states: Any, worths: Any, rests: Any) -> None:
    """Bound what can still come on top of every count and flags.

    As if the best of each class could join again and again, everybody served under their own unit's lead, and
    units were not counted. Fills ``rests``: before the first secretary, under their unit's bonus, after that unit.
    """
    flags, kinds, roles = states.flags, states.steps.shape[0], worths.joins.shape[1]
    plain, bonus = np.empty((roles, kinds), np.int64), np.empty((roles, kinds), np.int64)
    for role in range(roles):
        tops(worths.joins[:, role], states.classes[:, role], plain[role])
        tops(worths.serves[:, role], states.classes[:, role], bonus[role])
    lead = np.empty(kinds, np.int64)
    tops(worths.leads, states.classes[:, roles], lead)
    for table in (2, 1, 0):
        for place in range(states.counts):
            count = states.ways[0, place]
            here = rests[table, count * flags : (count + 1) * flags]
            if table == 0:
                here[:] = NEVER
            else:
                here[:] = worths.ending[count * flags : (count + 1) * flags]
            for kind in range(kinds):
                step = states.steps[kind]
                if table == 0 and lead[kind] > HALF:
                    under = rests[1, count * flags : (count + 1) * flags]
                    for flag in range(flags):
                        here[flag] = max(here[flag], lead[kind] + under[step[flag]])
                for role in range(roles):
                    after = states.ways[1 + role, count]
                    more = plain[role, kind] if table == 2 else bonus[role, kind]
                    if after < 0 or more <= HALF:
                        continue
                    there = rests[table, after * flags : (after + 1) * flags]
                    for flag in range(flags):
                        here[flag] = max(here[flag], more + there[step[flag]])


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
