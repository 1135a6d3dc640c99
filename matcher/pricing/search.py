"""The best team of a block at given worths: the passes of the dynamic program, and the way back, compiled."""

from __future__ import annotations

from typing import Any

import numpy as np

from matcher.pricing.bounds import completions, reach_of_leads, roof_of_leads
from matcher.pricing.compiling import compiled
from matcher.pricing.kernel import HALF, A, B, begin, enter

#: In place of a number of members: no team beats what is known; more room for labels is needed.
NONE, NO_ROOM = -1, -2


@compiled
def best_led(states: Any, worths: Any, space: Any, known: int, stride: int, team: Any) -> Any:
    """Find the best team with a first secretary, if it is worth more than ``known``.

    Only teams within ``stride`` of a bound that needs no search are looked at first; where there is none,
    those within four times as much, and so on.

    Parameters
    ----------
    known
        What the best known team is worth; :data:`~matcher.pricing.kernel.NEVER` without one.
    team : int64[seats, 2]
        Receives person and role of each member; the role of the first secretary is the number of roles.

    Returns
    -------
    worth, members
        What the best team is worth and how many members it has, or :data:`NONE` or :data:`NO_ROOM`.
    """
    shut = np.zeros(states.starts.shape[0] - 1, np.bool_)
    plain = np.empty_like(space.rests)
    completions(states, worths, shut, plain)
    roof = roof_of_leads(states, worths, plain[2])
    while roof > HALF and roof > known:
        floor = max(known, roof - stride)
        worth, members = _above(states, worths, space, plain, floor, team)
        if members != NONE:
            return worth, members
        if floor <= known:
            break
        stride *= 4
    return known, NONE


@compiled
def _above(states: Any, worths: Any, space: Any, plain: Any, floor: int, team: Any) -> Any:
    """Find the best team with a first secretary among those worth more than ``floor``.

    A first pass without any first secretary bounds what each unit can reach with its own; the second opens
    only the units whose bound is above ``floor``. ``plain`` bounds what can still come where no unit is opened.
    """
    units = states.starts.shape[0] - 1
    begin(states, space)
    space.rests[:] = plain
    # Teams of the first pass lack the bonus of those who would serve under their own unit's lead.
    lower = floor - worths.extra.max()
    for unit in range(units):
        enter(states, worths, space, unit, False, lower)
    reach = np.empty(units, np.int64)
    reach_of_leads(states, worths, space, reach)
    if space.used[0] >= space.before.shape[0]:
        return floor, NO_ROOM
    if reach.max() <= floor:
        return floor, NONE
    opened = reach > floor
    completions(states, worths, opened, space.rests)
    begin(states, space)
    for unit in range(units):
        enter(states, worths, space, unit, opened[unit], floor)
    return _ended(states, worths, space, B, floor, team)


@compiled
def best_unled(states: Any, worths: Any, space: Any, known: int, team: Any) -> Any:
    """Find the best team without a first secretary, if it is worth more than ``known``; as :func:`best_led`."""
    completions(states, worths, np.zeros(states.starts.shape[0] - 1, np.bool_), space.rests)
    space.rests[0] = space.rests[2]
    begin(states, space)
    for unit in range(states.starts.shape[0] - 1):
        enter(states, worths, space, unit, False, known)
    return _ended(states, worths, space, A, known, team)


@compiled
def _ended(states: Any, worths: Any, space: Any, layer: int, known: int, team: Any) -> Any:
    """Return the best complete team of a layer, if it is worth more than ``known``."""
    if space.used[0] >= space.before.shape[0]:
        return known, NO_ROOM
    best, label = known, -1
    for count in range(states.counts):
        for i in range(space.living[layer, count]):
            state = space.alive[layer, count, i]
            end = worths.ending[state % (states.counts * states.flags)]
            worth = space.value[layer, state] + end
            if end > HALF and (worth > best):
                best, label = worth, space.label[layer, state]
    if label < 0:
        return known, NONE
    members = 0
    while label > 0:
        team[members, 0] = space.joined[label] // states.classes.shape[1]
        team[members, 1] = space.joined[label] % states.classes.shape[1]
        label = space.before[label]
        members += 1
    return best, members
