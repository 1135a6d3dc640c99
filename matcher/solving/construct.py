"""A first plan without a search over the whole round: village by village, then mended.

Each village gets the best team of whoever is left, the scarcest villages first; hard rules may be
broken at a price on the way. What is broken then is mended over the whole round, points left aside.
The encodings are those of every other model, so a new rule needs nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.solving.neighbourhood import solve_again
from matcher.solving.state import State

if TYPE_CHECKING:
    from matcher.model.instance import Instance
    from matcher.solving.stopping import Stop

#: Deterministic work for one village, and for the first round of mending; later rounds get four times as much.
ONE_VILLAGE = 0.5
MENDING = 4.0
#: Rounds of mending before giving up on a constructed start.
ATTEMPTS = 3


def construct(instance: Instance, stop: Stop, *, seed: int = 1) -> tuple[State, float]:
    """Return a constructed plan and the deterministic work spent; look at its ``measure()`` before use."""
    state = State(instance)
    spent = 0.0
    for place in _scarcest_first(instance):
        if stop.now:
            return state, spent
        teams, work = solve_again(state, [place], stop, elastic=True, work=ONE_VILLAGE, seed=seed)
        spent += work
        if teams is not None:
            state.move(teams)
    return _mend(state, stop, seed, spent)


def _scarcest_first(instance: Instance) -> list[str]:
    """Return the places by how few people their scarcest role has to choose from, captaincies last."""

    def scarcity(id_: str) -> tuple[bool, int, str]:
        block = instance.blocks[id_]
        eligible = instance.screening.eligible[id_]
        return (not block.place.is_village, min((len(who) for who in eligible.values()), default=0), id_)

    return sorted(instance.blocks, key=scarcity)


def _mend(state: State, stop: Stop, seed: int, spent: float) -> tuple[State, float]:
    """Mend what is broken with the fewest changes: rules alone over the whole round, no points.

    Without the points this is an assignment with side rows, which CP-SAT does quickly where the model with
    points takes it minutes.
    """
    for attempt in range(ATTEMPTS):
        if not state.measure()[0] or stop.now:
            break
        work = MENDING * 4**attempt
        teams, used = solve_again(
            state, list(state.teams), stop, elastic=True, work=work, seed=seed + attempt, points=False
        )
        spent += used
        if teams is not None:
            state.move(teams)
    return state, spent
