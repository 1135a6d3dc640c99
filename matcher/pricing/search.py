"""The best team of a block at given worths: the passes of the dynamic program, and the way back, compiled."""

from __future__ import annotations

from typing import Any

import numpy as np

from matcher.pricing.bounds import completions, roofs_of_leads, worth_a_look
from matcher.pricing.compiling import compiled
from matcher.pricing.kernel import HALF, NEVER, A, B, begin, enter, prune

#: In place of a number of members: no team beats what is known; more room for labels is needed.
NONE, NO_ROOM = -1, -2


@compiled
def best_led(states: Any, worths: Any, space: Any, known: int, ceiling: int, stride: int, team: Any) -> Any:
    """Find the best team with a first secretary, if it is worth more than ``known``.

    Only teams within ``stride`` of the best bound without a search are looked at first; where there is none,
    those within twice as much, and so on.

    Parameters
    ----------
    known
        What the best known team is worth; :data:`~matcher.pricing.kernel.NEVER` without one.
    ceiling
        No team is worth more than this.
    team : int64[seats, 2]
        Receives person and role of each member; the role of the first secretary is the number of roles.

    Returns
    -------
    worth, members
        What the best team is worth and how many members it has, or :data:`NONE` or :data:`NO_ROOM`.
    """
    units = np.arange(states.starts.shape[0] - 1)
    completions(states, worths, np.zeros(units.size, np.bool_), units, space.rests)
    roofs = roofs_of_leads(states, worths, space.rests[2])
    roofs = np.minimum(roofs, ceiling)
    roof = roofs.max() if roofs.size else NEVER
    while roof > HALF and roof > known:
        floor = max(known, roof - stride)
        worth, members = _above(states, worths, space, roofs, floor, team)
        if members != NONE:
            return worth, members
        if floor <= known:
            break
        stride *= 2
    return known, NONE


@compiled
def _above(states: Any, worths: Any, space: Any, roofs: Any, floor: int, team: Any) -> Any:
    """Find the best team with a first secretary among those worth more than ``floor``.

    Parameters
    ----------
    roofs : int64[units]
        Bounds on the teams with a first secretary of each unit: the others are not opened.
    """
    opened = roofs > floor
    completions(states, worths, opened, np.arange(opened.size), space.rests)
    joins = np.empty_like(worths.joins)
    most = worth_a_look(states, worths.joins, space.rests[0], floor, joins)
    _pass(states, worths, joins, space, opened, np.maximum(most, np.where(opened, roofs, NEVER)), floor)
    return _ended(states, worths, space, B, floor, team)


@compiled
def best_unled(states: Any, worths: Any, space: Any, known: int, team: Any) -> Any:
    """Find the best team without a first secretary, if it is worth more than ``known``; as :func:`best_led`."""
    shut = np.zeros(states.starts.shape[0] - 1, np.bool_)
    completions(states, worths, shut, np.arange(shut.size), space.rests)
    space.rests[0] = space.rests[2]
    joins = np.empty_like(worths.joins)
    most = worth_a_look(states, worths.joins, space.rests[2], known, joins)
    _pass(states, worths, joins, space, shut, most, known)
    return _ended(states, worths, space, A, known, team)


@compiled
def _pass(states: Any, worths: Any, joins: Any, space: Any, opened: Any, most: Any, floor: int) -> None:
    """Let all units that are worth a look enter, those whose teams may be worth most first.

    What can still come is bounded anew, by the units that are left, whenever enough steps were taken since.
    """
    order = np.argsort(-most, kind="mergesort")
    led = opened.any()
    cost = states.again * states.steps.shape[0] * states.counts * states.flags
    begin(states, space)
    space.used[1] = 0
    for place in range(order.size):
        unit = order[place]
        if most[unit] <= floor:
            break
        if space.used[1] > cost:
            space.used[1] = 0
            completions(states, worths, opened, order[place:], space.rests)
            if not led:
                space.rests[0] = space.rests[2]
            prune(states, space, A, space.rests[0], floor)
            prune(states, space, B, space.rests[2], floor)
        enter(states, worths, joins, space, unit, opened[unit], floor)


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
