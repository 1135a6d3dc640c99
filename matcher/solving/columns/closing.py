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
    """

    room: int
    everywhere: int
    nodes: int


QUICK = Patience(4_000, 15_000, 20)
PATIENT = Patience(40_000, 60_000, 2_000)
#: Work of listing one team.
ONE_TEAM = 1e-5


def close(
    state: Convergence,
    stop: Stop,
    *,
    score: Callable[[], int | None],
    offer: Callable[[list[Column]], None],
    work: float,
    patience: Patience = PATIENT,
) -> tuple[bool, float]:
    """Prove that no plan is better than the best one, or find it.

    Parameters
    ----------
    score
        The best score so far, without the score's constant.
    offer
        Takes a choice of columns.
    work
        Work to spend.
    patience
        How far to go before giving up.

    Returns
    -------
    closed
        Whether the best score is proven to be the best there is.
    work
        Work spent.
    """
    proof = state.proof
    spent, slack = 0.0, SCALE // 2
    if proof is None or not all(piece.pricer.exact for piece in state.shop.pieces):
        return False, spent
    while spent < work and not stop.now:
        best = score()
        needed = None if best is None else proof.total - (best + 1) * SCALE
        if needed is not None and needed < 0:
            return True, spent
        reach = slack if needed is None else min(slack, needed)
        teams = _within(state, reach, stop, patience)
        if teams is None:
            return False, spent
        spent += ONE_TEAM * len(teams)
        blocks = range(len(state.shop.pieces))
        chosen = best_choice(teams, blocks, state.shop.market, stop, nodes=patience.nodes)
        spent += chosen.work
        if chosen.columns is not None:
            offer(chosen.columns)
        if not chosen.complete:
            return False, spent
        best = score()
        if best is not None and proof.total - (best + 1) * SCALE <= reach:
            return True, spent
        slack *= 2
    return False, spent


def _within(state: Convergence, reach: int, stop: Stop, patience: Patience) -> list[Column] | None:
    """Return every team within ``reach`` of its block's bound; None where there are too many."""
    proof = state.proof
    teams: list[Column] = []
    if proof is None:
        return None
    for piece, bound in zip(state.shop.pieces, proof.bounds, strict=True):
        found = piece.teams_above(proof.prices, bound - reach, patience.room)
        if found is None or len(teams) + len(found) > patience.everywhere or stop.now:
            return None
        teams.extend(found)
    return teams
