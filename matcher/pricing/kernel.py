"""The steps of the dynamic program over the members of one team, compiled.

The state of a growing team: how many units may still join without a penalty (*tokens*), how many hold each
further role (*count*), and which flags and counters its members have raised (*flags*). People enter unit by
unit. Four layers keep apart where the first secretary stands:

``A``
    the first secretary's unit has not come yet,
``C``
    we are inside that unit, the first secretary not chosen yet,
``D``
    we are inside that unit, the first secretary chosen,
``B``
    that unit has passed.

In ``C`` and ``D`` members bring the bonus for serving under their own unit's lead. Where units are counted,
``A`` and ``B`` each have a second copy inside a unit, of the teams that somebody of the unit has joined.

Few states are alive: a team is dropped as soon as a bound on all that can come on top of it
(:func:`completions`) shows that it can't beat what is known. So every layer lists its living states.
Everything is counted in whole numbers.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from matcher.pricing.compiling import compiled

#: Less than any worth; stands for "cannot be".
NEVER = -(1 << 60)
#: What is at most this cannot be.
HALF = -(1 << 59)
#: The layers.
A, A_JOINED, B, B_JOINED, C, D = 0, 1, 2, 3, 4, 5
LAYERS = 6


class States(NamedTuple):
    """What the states of a block's teams are; the same at all prices.

    Attributes
    ----------
    tokens, counts, flags
        How many values each part of a state has.
    ways : int64[1 + roles, counts]
        The counts from the fullest to the emptiest; then, for each role, the count after joining, or −1.
    steps : int64[classes, flags]
        The flags after somebody of a class has joined.
    starts : int64[units + 1]
        Where each unit's people begin.
    classes : int64[people, roles + 1]
        The class of each person in each role; the last column is that of the first secretary.
    penalty
        For a further unit without a token; −1 where there may be none.
    again
        Bounds on what can still come are made anew when the steps since are this many times what it takes.
    """

    tokens: int
    counts: int
    flags: int
    ways: Any
    steps: Any
    starts: Any
    classes: Any
    penalty: int
    again: int


class Worths(NamedTuple):
    """What people are worth at the prices in force; :data:`NEVER` where they can't be.

    Attributes
    ----------
    joins, serves : int64[people, roles]
        In each role under another unit's first secretary (only those worth a look), and under their own unit's.
    leads : int64[people]
        As first secretary.
    extra : int64[units]
        The most that bonuses for serving under the own unit's lead can add.
    ending : int64[counts × flags]
        What a complete team's state is worth.
    """

    joins: Any
    serves: Any
    leads: Any
    extra: Any
    ending: Any


class Space(NamedTuple):
    """Working space.

    Attributes
    ----------
    value, label : int64, int32[layers, states]
        The most that a team in each state is worth, and the label of such a team.
    alive, living : int32[layers, counts, tokens × flags], int32[layers, counts]
        The living states of each layer and count, and how many they are.
    before, joined : int32[labels]
        For each label, the label of the team without its last member, and that member (person × (roles + 1) + role).
    used : int64[2]
        How many labels there are; how many steps were taken since it was last set to 0.
    rests : int64[3, counts × flags]
        The most that can still come: before the first secretary, under their unit's bonus, after that unit.
    """

    value: Any
    label: Any
    alive: Any
    living: Any
    before: Any
    joined: Any
    used: Any
    rests: Any


@compiled
def clear(space: Any, layer: int) -> None:
    """Empty a layer."""
    for count in range(space.living.shape[1]):
        for i in range(space.living[layer, count]):
            space.value[layer, space.alive[layer, count, i]] = NEVER
        space.living[layer, count] = 0


@compiled
def put(space: Any, layer: int, count: int, state: int, value: int, label: int) -> None:
    """Let ``value`` be the most in a state."""
    if space.value[layer, state] <= HALF:
        space.alive[layer, count, space.living[layer, count]] = state
        space.living[layer, count] += 1
    space.value[layer, state] = value
    space.label[layer, state] = label


@compiled
def begin(states: Any, space: Any) -> None:
    """Begin with the empty team in layer A."""
    for layer in range(LAYERS):
        clear(space, layer)
    space.used[0] = 1
    put(space, A, 0, (states.tokens - 1) * states.counts * states.flags, 0, 0)


@compiled
def label_of(space: Any, before: int, joined: int) -> Any:
    """Return a new label; the last one again and again where there is no room."""
    new = min(space.used[0], space.before.shape[0] - 1)
    space.before[new] = before
    space.joined[new] = joined
    space.used[0] += 1
    return new


@compiled
def due(states: Any, here: int, size: int) -> Any:
    """Return what a team pays when the unit that it is joined by has passed."""
    if states.tokens == 1 or here >= size:
        return 0
    return states.penalty if states.penalty >= 0 else -NEVER


@compiled
def join(
    states: Any, space: Any, source: int, target: int, worth: Any, person: int, rest: Any, floor: int
) -> None:
    """Let one person join every team of layer ``source``; layer ``target`` keeps the better teams.

    The fullest teams come first, so that with ``source`` as target nobody joins twice.

    Parameters
    ----------
    worth : int64[roles]
        What the person is worth in each role.
    rest : int64[counts × flags]
        The most that can still come on top of a state.
    floor
        Teams that can't be worth more than this are dropped.
    """
    counts, flags, roles = states.counts, states.flags, worth.shape[0]
    size = counts * flags
    for place in range(counts):
        count = states.ways[0, place]
        many = space.living[source, count]
        if many == 0:
            continue
        for role in range(roles):
            more = worth[role]
            after = states.ways[1 + role, count]
            if more <= HALF or after < 0:
                continue
            kind = states.classes[person, role]
            space.used[1] += many
            for i in range(many):
                here = space.alive[source, count, i]
                value = space.value[source, here] + more
                flag = states.steps[kind, here % flags]
                goal = (here // size * counts + after) * flags + flag
                least = floor + due(states, here, size)
                if value > space.value[target, goal] and value + rest[after * flags + flag] > least:
                    label = label_of(space, space.label[source, here], person * (roles + 1) + role)
                    put(space, target, after, goal, value, label)


@compiled
def appoint(states: Any, space: Any, worth: int, person: int, rest: Any, floor: int) -> None:
    """Make one person first secretary of every team of layer C; layer D keeps the better teams."""
    flags, roles = states.flags, states.classes.shape[1] - 1
    size = states.counts * flags
    kind = states.classes[person, roles]
    for count in range(states.counts):
        space.used[1] += space.living[C, count]
        for i in range(space.living[C, count]):
            here = space.alive[C, count, i]
            value = space.value[C, here] + worth
            flag = states.steps[kind, here % flags]
            goal = here - here % flags + flag
            least = floor + due(states, here, size)
            if value > space.value[D, goal] and value + rest[count * flags + flag] > least:
                label = label_of(space, space.label[C, here], person * (roles + 1) + roles)
                put(space, D, count, goal, value, label)


@compiled
def charge(states: Any, space: Any, source: int, target: int, rest: Any, floor: int) -> None:
    """Let the unit that joined take a token, or pay where none is left; ``target`` keeps the better teams.

    With one token value only, units are not counted and joining is free.
    """
    size = states.counts * states.flags
    for count in range(states.counts):
        for i in range(space.living[source, count]):
            here = space.alive[source, count, i]
            value = space.value[source, here]
            goal = here
            if here >= size:
                goal -= size
            elif states.tokens > 1:
                if states.penalty < 0:
                    continue  # a hard limit: no further unit may join
                value -= states.penalty
            if value > space.value[target, goal] and value + rest[goal % size] > floor:
                put(space, target, count, goal, value, space.label[source, here])


@compiled
def prune(states: Any, space: Any, layer: int, rest: Any, floor: int) -> None:
    """Drop the teams of a layer that can't be worth more than ``floor`` any more."""
    size = states.counts * states.flags
    for count in range(states.counts):
        kept = 0
        for i in range(space.living[layer, count]):
            here = space.alive[layer, count, i]
            if space.value[layer, here] + rest[here % size] > floor:
                space.alive[layer, count, kept] = here
                kept += 1
            else:
                space.value[layer, here] = NEVER
        space.living[layer, count] = kept


@compiled
def copy(space: Any, source: int, target: int) -> None:
    """Make an empty layer like another."""
    for count in range(space.living.shape[1]):
        for i in range(space.living[source, count]):
            state = space.alive[source, count, i]
            put(space, target, count, state, space.value[source, state], space.label[source, state])


@compiled
def enter(states: Any, worths: Any, joins: Any, space: Any, unit: int, opened: bool, floor: int) -> None:
    """Let the people of one unit enter the teams of layers A and B; ``opened`` where the unit may lead.

    Parameters
    ----------
    joins : int64[people, roles]
        What people are worth under another unit's lead, as far as they are worth a look.
    """
    before, under, after = space.rests[0], space.rests[1], space.rests[2]
    counted = states.tokens > 1
    if opened:
        copy(space, A, C)
    for person in range(states.starts[unit], states.starts[unit + 1]):
        worth = joins[person]
        if worth.size > 0 and worth.max() > HALF:
            if counted:
                join(states, space, A_JOINED, A_JOINED, worth, person, before, floor)
                join(states, space, A, A_JOINED, worth, person, before, floor)
                join(states, space, B_JOINED, B_JOINED, worth, person, after, floor)
                join(states, space, B, B_JOINED, worth, person, after, floor)
            else:
                join(states, space, A, A, worth, person, before, floor)
                join(states, space, B, B, worth, person, after, floor)
        if opened:
            # The chosen first secretary's team grows first, so that nobody joins it twice.
            join(states, space, D, D, worths.serves[person], person, under, floor)
            if worths.leads[person] > HALF:
                appoint(states, space, worths.leads[person], person, under, floor)
            join(states, space, C, C, worths.serves[person], person, before, floor)
    if counted:
        charge(states, space, A_JOINED, A, before, floor)
        charge(states, space, B_JOINED, B, after, floor)
        clear(space, A_JOINED)
        clear(space, B_JOINED)
    if opened:
        charge(states, space, D, B, after, floor)
        clear(space, C)
        clear(space, D)
