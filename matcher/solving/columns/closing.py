"""Closing the gap: every team that a better plan could hold is listed, and the best choice among them is proven.

At the prices of the best bound, a plan gives up what each of its teams is worth less than its block's bound.
A plan better than the best one can give up at most bound − score − 1 in all, so each of its teams lies
within that of its block's bound. When all of these are listed, the best choice out of the list settles it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from matcher.solving.columns.integer import best_choice
from matcher.solving.columns.market import SCALE

if TYPE_CHECKING:
    from collections.abc import Callable

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.converge import Convergence
    from matcher.solving.stopping import Stop


class Patience(NamedTuple):
    """How far to go before giving up.

    Attributes
    ----------
    room, everywhere
        The most teams listed for one block, and for all.
    nodes
        Nodes of branch and bound for one choice out of them.
    steps
        Steps of the search for the teams of one block.
    """

    room: int
    everywhere: int
    nodes: int
    steps: int


QUICK = Patience(4_000, 15_000, 20, 500_000)
PATIENT = Patience(40_000, 60_000, 2_000, 20_000_000)
#: How far below their block's bound, in price units, teams are listed at first; further while they are few.
FIRST, FEW = SCALE, 1_500
#: No team is worth so much less than another, in price units: farther there is nothing to list.
FARTHEST = 10**12
#: Work of listing one team.
ONE_TEAM = 1e-5


class Closed(NamedTuple):
    """What closing came to.

    Attributes
    ----------
    bound
        No plan scores more, without the score's constant; None where nothing more was proven than before.
    work
        Work spent.
    """

    bound: int | None
    work: float


def close(
    state: Convergence,
    stop: Stop,
    *,
    score: Callable[[], int | None],
    offer: Callable[[list[Column]], None],
    work: float,
    patience: Patience = PATIENT,
) -> Closed:
    """Prove that no plan is better than the best one, or find it; or at least bring the bound nearer.

    Parameters
    ----------
    score
        The best score so far, without the score's constant, of the blocks that choose.
    offer
        Takes a choice of columns.
    work
        Work to spend.
    patience
        How far to go before giving up.
    """
    proof = state.proof
    spent, slack, bound = 0.0, FIRST, None
    base = state.outside.loads()
    if proof is None or not all(state.shop.pieces[block].pricer.exact for block in state.blocks):
        return Closed(None, spent)
    while spent < work and slack < FARTHEST and not stop.now:
        best = score()
        needed = None if best is None else proof.total - (best + 1) * SCALE
        if needed is not None and needed < 0:
            return Closed(best, spent)
        reach = slack if needed is None else min(slack, needed)
        teams = _within(state, reach, stop, patience)
        if teams is None:
            break
        spent += ONE_TEAM * len(teams)
        chosen = best_choice(teams, state.blocks, state.shop.market, stop, base=base, nodes=patience.nodes)
        spent += chosen.work
        if chosen.columns is not None:
            offer(chosen.columns)
        if not chosen.complete:
            break
        best = score()
        # A plan that gives up no more than the reach is made of listed teams; any other gives up more.
        bound = -((reach - proof.total) // SCALE) - 1
        if best is not None and best >= bound:
            return Closed(best, spent)
        slack *= 4 if len(teams) < FEW else 2
    return Closed(bound, spent)


def _within(state: Convergence, reach: int, stop: Stop, patience: Patience) -> list[Column] | None:
    """Return every team within ``reach`` of its block's bound; None where there are too many."""
    proof = state.proof
    teams: list[Column] = []
    if proof is None:
        return None
    floors = [proof.bounds[block] - reach for block in state.blocks]
    for found in state.shop.teams_above(state.blocks, proof.prices, floors, patience.room, patience.steps):
        if found is None or len(teams) + len(found) > patience.everywhere or stop.now:
            return None
        teams.extend(found)
    return teams
