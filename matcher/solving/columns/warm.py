"""From one solve to the next: what is left behind, and what is made of it in a round that has changed a little."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from matcher.garbage_collection import paused
from matcher.solving.columns.column import vacancy
from matcher.solving.columns.converge import NOBODY
from matcher.solving.columns.market import SCALE
from matcher.solving.columns.outside import Outside
from matcher.solving.columns.sketch import Taken
from matcher.solving.memory import Left
from matcher.solving.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matcher.model.encode import Team
    from matcher.model.instance import Instance
    from matcher.solving.columns.at_hand import AtHand
    from matcher.solving.columns.column import Column
    from matcher.solving.columns.converge import Convergence, Proof
    from matcher.solving.columns.market import Ints, Market
    from matcher.solving.columns.shop import Shop
    from matcher.solving.memory import Memory

#: Columns whose worth is this far, in points, below their block's bound are left out where a plan is chosen out of them.
FAR = 25
#: Teams of each block that are left to the next solve.
REMEMBERED = 25
#: How many times as much as the dearest penalty an empty place costs at first.
SURELY = 5


def nobody_of(shop: Shop) -> float:
    """Return what an empty place costs at first: more than missing any soft rule by a unit."""
    dearest = [float(row.weight) for piece in shop.pieces for row in piece.block.rows if row.mode == "soft"]
    dearest += shop.market.penalty[np.isfinite(shop.market.penalty)].tolist()
    return max(NOBODY, SURELY * max(dearest, default=0.0))


def known_prices(shop: Shop, memory: Memory) -> Ints:
    """Return the prices of the last solve, as far as the rows are still there and allow them."""
    prices = np.zeros(len(shop.market))
    for name, price in memory.prices.items():
        if name in shop.market.number:
            prices[shop.market.number[name]] = price / SCALE
    return shop.market.allowed(prices)


def known_teams(shop: Shop, places: Sequence[str], memory: Memory, at_hand: AtHand) -> list[Column]:
    """Return the teams of the last solve as columns; those of blocks at hand are columns already."""
    same = {a.number for a, b in zip(shop.pieces, at_hand.pieces, strict=False) if a is b}
    columns = [column for column in at_hand.columns if column.block in same]
    ready = {column.block for column in columns}
    with paused():
        for piece in shop.pieces:
            if piece.number in ready:
                continue
            for team in memory.teams.get(places[piece.number], ()):
                column = piece.column(team) if piece.block.can_hold(team) else None
                if column is not None:
                    columns.append(column)
    return columns


def taken_over(shop: Shop, places: Sequence[str], plan: Mapping[str, Team]) -> list[Column]:
    """Return the plan of the last solve, a column a block, vacant where its team is no longer possible."""
    taken, columns = Taken(Outside(shop.market)), []
    for place, piece in zip(places, shop.pieces, strict=True):
        team = plan.get(place)
        fits = team is not None and piece.block.can_hold(team)
        column = piece.column(team) if fits and team is not None else None
        if column is None or not taken.admits(column):
            columns.append(vacancy(piece.number))
        else:
            taken.add(column)
            columns.append(column)
    return columns


def remember(memory: Memory, instance: Instance, state: Convergence, plan: Mapping[str, Team]) -> None:
    """Leave the prices of the bound, of each block the teams that were nearest to it, and the plan."""
    proof, market = state.proof, state.shop.market
    if proof is None or not proof.bounds:
        return
    places = list(instance.blocks)
    near = _nearest(state, proof)
    left = _left(market, proof, near, places, REMEMBERED)
    memory.prices, memory.teams = dict(left.prices), {place: [*teams] for place, teams in left.teams.items()}
    pooled = [column for found in near.values() for less, column in found if less <= FAR * SCALE]
    memory.pool = Pool(
        instance.round, instance.book, instance.floor, tuple(market.links), tuple(places), tuple(pooled)
    )
    memory.plan = dict(plan)
    for place, team in memory.plan.items():
        memory.teams.setdefault(place, []).append(list(team))


def left_by(state: Convergence, places: Sequence[str], many: int) -> Left:
    """Return the prices of the best bound so far, and of each block the ``many`` teams that are nearest to it."""
    proof = state.proof
    if proof is None or not proof.bounds:
        return Left()
    return _left(state.shop.market, proof, _nearest(state, proof), places, many)


def _nearest(state: Convergence, proof: Proof) -> dict[int, list[tuple[int, Column]]]:
    """Return every block's teams with what they are below its bound, the nearest first."""
    near: dict[int, list[tuple[int, Column]]] = defaultdict(list)
    lost = state.columns.lost(proof.prices, proof.bounds)
    for column, less in zip(state.columns.all, lost, strict=True):
        near[column.block].append((less, column))
    for found in near.values():
        found.sort(key=lambda item: item[0])
    return near


def _left(
    market: Market,
    proof: Proof,
    near: Mapping[int, Sequence[tuple[int, Column]]],
    places: Sequence[str],
    many: int,
) -> Left:
    return Left(
        {market.links[row].name: int(proof.prices[row]) for row in np.flatnonzero(proof.prices).tolist()},
        {places[block]: [list(column.team) for _, column in found[:many]] for block, found in near.items()},
    )
