"""Improving a plan: a few villages at a time are solved again while the others stay put."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.solving.neighbourhood import solve_again

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matcher.solving.state import State
    from matcher.solving.stopping import Stop

#: Villages in a neighbourhood, and deterministic work for one.
SIZES = (4, 6, 8)
ONE_NEIGHBOURHOOD = 1.5


def improve(
    state: State,
    attainable: Mapping[str, int],
    stop: Stop,
    *,
    work: float,
    seed: int,
    on_better: Callable[[], object],
) -> float:
    """Improve ``state`` in place; return the deterministic work spent.

    Ends when ``work`` is spent, or when every village was the centre of a neighbourhood of the largest
    size without a gain.

    Parameters
    ----------
    attainable
        Each village's attainable points: centres are taken in the order of what is missing to them.
    on_better
        Called after each improvement.
    """
    spent = 0.0
    for size in SIZES:
        waiting = _by_need(state, attainable)
        while waiting and spent < work and not stop.now:
            centre = waiting.pop(0)
            before = state.measure()
            places = _around(state, centre, size)
            teams, used = solve_again(
                state, places, stop, elastic=False, work=min(ONE_NEIGHBOURHOOD, work - spent), seed=seed
            )
            spent += used
            if teams is None:
                continue
            old = {place: state.teams[place] for place in places}
            state.move(teams)
            after = state.measure()
            if after[0] > before[0] or after[1] < before[1]:
                state.move(old)
            elif after[1] > before[1]:
                on_better()
                waiting += [place for place in places if place not in waiting]
    return spent


def _by_need(state: State, attainable: Mapping[str, int]) -> list[str]:
    """Return the places by the points that they miss, most first."""
    missing = {
        place: attainable.get(place, 0) - block.points.value(block.values(state.teams[place]))
        for place, block in state.instance.blocks.items()
    }
    return sorted(missing, key=lambda place: (-missing[place], place))


def _around(state: State, centre: str, size: int) -> list[str]:
    """Return ``centre`` and the places that hold the people who would be worth most to it."""
    block = state.instance.blocks[centre]
    worth: dict[str, int] = {}
    for variable, (person, _) in enumerate(block.seats):
        worth[person.id] = max(worth.get(person.id, 0), block.objective.terms.get(variable, 0))
    pull = {
        place: max((worth.get(cadre, -1) for cadre, _ in team), default=-1)
        for place, team in state.teams.items()
        if place != centre
    }
    rivals = sorted(pull, key=lambda place: (-pull[place], place))
    return [centre, *rivals[: size - 1]]
