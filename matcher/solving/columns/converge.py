"""Column generation: prices from the master, teams from pricing, until no better team exists anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from matcher.solving.columns.column import Columns
from matcher.solving.columns.market import SCALE
from matcher.solving.columns.master import Master
from matcher.solving.columns.outside import Outside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.market import Ints
    from matcher.solving.columns.master import Mix
    from matcher.solving.columns.shop import Round, Shop
    from matcher.solving.stopping import Stop

#: How much of the best prices so far goes into the prices asked next: the master's own jump about.
SMOOTHING = 0.8
#: How much of it is taken back each time nothing new was found, and each time the bound became better: then the master's
#: prices can be trusted a little more.
LESS, TRUSTED = 0.4, 0.2
#: What leaving a block without a team costs at first, in points; raised while teams are missing.
NOBODY = 500.0
DEAREST = 5e7
#: In place of a bound where there is none yet.
UNPROVEN = 10**17
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
        The bound on what the blocks are worth together, in price units: for all blocks of a round, on any plan's
        score without the score's constant.
    """

    prices: Ints
    bounds: dict[int, int]
    total: int


@dataclass
class Convergence:
    """How far column generation has come.

    Attributes
    ----------
    blocks
        The blocks that are priced; the others stay as ``outside`` has them.
    columns
        Every team so far.
    proof
        The best bound so far; None before the first pricing.
    mix
        The last solution of the master; None before the first.
    nobody
        What leaving a block without a team costs, in points.
    closed
        Whether the bound has met the master's value: no team exists that would make it better.
    """

    shop: Shop
    blocks: Sequence[int]
    outside: Outside
    columns: Columns
    proof: Proof | None = None
    mix: Mix | None = None
    closed: bool = False
    rounds: int = 0
    nobody: float = NOBODY
    master: Master | None = field(default=None, repr=False)

    @property
    def work(self) -> float:
        """Deterministic work spent so far."""
        iterations = self.master.iterations if self.master is not None else 0
        return self.shop.work + ONE_ITERATION * iterations


def begin(
    shop: Shop,
    columns: Iterable[Column] = (),
    prices: Ints | None = None,
    *,
    blocks: Sequence[int] | None = None,
    outside: Outside | None = None,
    nobody: float = NOBODY,
) -> Convergence:
    """Return a convergence to be run, from columns and prices of before where there are any.

    Parameters
    ----------
    blocks, outside
        The blocks that choose, and how the link rows stand for them; without them all blocks, and nothing else.
    nobody
        What leaving a block without a team costs at first, in points.
    """
    whole = range(len(shop.pieces)) if blocks is None else blocks
    around = Outside(shop.market) if outside is None else outside
    state = Convergence(shop, whole, around, Columns(len(shop.pieces)), nobody=nobody)
    state.master = Master(whole, around, nobody)
    state.master.add(state.columns.add(column for column in columns if around.admits(column)))
    start = np.zeros(len(shop.market), np.int64) if prices is None else prices
    state.proof = Proof(start, {}, UNPROVEN)
    return state


def converge(
    state: Convergence,
    stop: Stop,
    *,
    work: float,
    near: float,
    seed: int,
    usual: float = SMOOTHING,
    on_round: Callable[[Convergence], bool],
) -> None:
    """Generate columns until bound and master meet within ``near`` points, or the work is spent.

    Parameters
    ----------
    usual
        How much of the best prices so far goes into the prices asked next, as a rule.
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
    smoothing, exactly = 1.0, False
    if state.columns.all:
        state.mix = master.solve()
    while not stop.now and state.work < work:
        asked = _blend(state, proof, smoothing)
        known = columns.best(asked)
        got = shop.price(state.blocks, asked, known, stop, exactly=exactly, seed=seed)
        if got is None:
            return
        state.rounds += 1
        before = proof.total
        new = _take(state, proof, master, asked, got)
        mix = state.mix = master.solve() if new or state.mix is None else state.mix
        tolerance = near + NEAR_SHARE * abs(mix.value)
        state.closed = proof.total / SCALE - mix.value < tolerance and mix.missing < 1e-6  # noqa: PLR2004
        if on_round(state) or state.closed:
            return
        if new:
            smoothing = max(0.0, min(smoothing, usual) - TRUSTED) if proof.total < before else usual
        elif smoothing > 0:
            smoothing = max(0.0, min(smoothing, usual) - LESS)
        elif mix.missing > 1e-6 and state.nobody < DEAREST:  # noqa: PLR2004
            state.nobody *= 10
            master.charge(state.nobody)
            state.mix = master.solve()
        elif got.unproven and not exactly:
            exactly = True
        else:
            return


def _take(state: Convergence, proof: Proof, master: Master, asked: Ints, got: Round) -> bool:
    """Take a better bound and the new teams of a round of pricing; return whether there are any."""
    total = sum(got.bounds.values()) + state.outside.limits_worth(asked)
    if total < proof.total:
        proof.prices, proof.bounds, proof.total = asked, got.bounds, total
    new = state.columns.add(column for column in got.columns if state.outside.admits(column))
    master.add(new)
    return bool(new)


def _blend(state: Convergence, proof: Proof, smoothing: float) -> Ints:
    """Return prices between those of the best bound and those of the master."""
    prices = proof.prices
    if state.mix is not None:
        wanted = state.mix.prices + state.outside.charges / SCALE
        prices = state.shop.market.allowed(smoothing * proof.prices / SCALE + (1 - smoothing) * wanted)
    return state.outside.asked(prices)
