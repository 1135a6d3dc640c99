"""Column generation: prices from the master, teams from pricing, until no better team exists anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from matcher.solving.columns.column import Columns
from matcher.solving.columns.market import SCALE
from matcher.solving.columns.master import Master

if TYPE_CHECKING:
    from collections.abc import Callable

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.market import Ints
    from matcher.solving.columns.master import Mix
    from matcher.solving.columns.shop import Shop
    from matcher.solving.stopping import Stop

#: How much of the best prices so far goes into the prices asked next: the master's own jump about.
SMOOTHING = 0.8
#: How much of it is taken back each time nothing new was found.
LESS = 0.4
#: What leaving a block without a team costs at first, in points; raised while teams are missing.
NOBODY = 500.0
DEAREST = 5e7
#: And within this share of the master's value besides.
NEAR_SHARE = 1e-5
#: Work of one simplex iteration.
ONE_ITERATION = 2e-5


@dataclass
class Proof:
    """The best bound so far and what proves it.

    Attributes
    ----------
    prices
        The prices.
    bounds
        Each block's bound at them, in price units.
    total
        The bound on any plan's score, in price units, without the score's constant.
    """

    prices: Ints
    bounds: tuple[int, ...]
    total: int


@dataclass
class Convergence:
    """How far column generation has come.

    Attributes
    ----------
    columns
        Every team so far.
    proof
        The best bound so far; None before the first pricing.
    mix
        The last solution of the master; None before the first.
    closed
        Whether the bound has met the master's value: no team exists that would make it better.
    """

    shop: Shop
    columns: Columns
    proof: Proof | None = None
    mix: Mix | None = None
    closed: bool = False
    rounds: int = 0
    master: Master | None = field(default=None, repr=False)

    @property
    def work(self) -> float:
        """Deterministic work spent so far."""
        iterations = self.master.iterations if self.master is not None else 0
        return self.shop.work + ONE_ITERATION * iterations


def begin(shop: Shop, columns: list[Column] | None = None, prices: Ints | None = None) -> Convergence:
    """Return a convergence to be run, from the columns and prices of an earlier run where there are any."""
    state = Convergence(shop, Columns(len(shop.pieces)))
    state.master = Master(range(len(shop.pieces)), shop.market, NOBODY)
    state.master.add(state.columns.add(columns or ()))
    start = np.zeros(len(shop.market), np.int64) if prices is None else prices
    state.proof = Proof(start, (), 10**17)
    return state


def converge(
    state: Convergence,
    stop: Stop,
    *,
    work: float,
    near: float,
    seed: int,
    on_round: Callable[[Convergence], bool],
) -> None:
    """Generate columns until bound and master meet within ``near`` points, or the work is spent.

    Parameters
    ----------
    on_round
        Called after each round with the state; True ends the convergence.

    Raises
    ------
    NoTeam
        Where a block has no team at all.
    """
    shop, columns, proof, master = state.shop, state.columns, state.proof, state.master
    if proof is None or master is None:
        raise LookupError("a convergence is begun with begin()")
    nobody, smoothing, exactly = NOBODY, 1.0, False
    if state.columns.all:
        state.mix = master.solve()
        smoothing = SMOOTHING
    while not stop.now and state.work < work:
        asked = _blend(shop, proof, state.mix, smoothing)
        got = shop.price(asked, columns.best(asked), stop, exactly=exactly, seed=seed)
        if got is None:
            return
        state.rounds += 1
        if got.total < proof.total:
            proof.prices, proof.bounds, proof.total = asked, got.bounds, got.total
        new = columns.add(got.columns)
        master.add(new)
        mix = master.solve() if new or state.mix is None else state.mix
        state.mix = mix
        tolerance = near + NEAR_SHARE * abs(mix.value)
        state.closed = proof.total / SCALE - mix.value < tolerance and mix.missing < 1e-6  # noqa: PLR2004
        if on_round(state) or state.closed:
            return
        if new:
            smoothing = SMOOTHING
        elif smoothing > 0:
            smoothing = max(0.0, smoothing - LESS)
        elif mix.missing > 1e-6 and nobody < DEAREST:  # noqa: PLR2004
            nobody *= 10
            master.charge(nobody)
            state.mix = master.solve()
        elif got.unproven and not exactly:
            exactly = True
        else:
            return


def _blend(shop: Shop, proof: Proof, mix: Mix | None, smoothing: float) -> Ints:
    """Return prices between those of the best bound and those of the master."""
    if mix is None:
        return proof.prices
    return shop.market.allowed(smoothing * proof.prices / SCALE + (1 - smoothing) * mix.prices)
