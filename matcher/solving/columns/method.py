"""The column method: converge on prices, choose whole teams, close the gap."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np

from matcher.solving.certify import certificate_of
from matcher.solving.columns.closing import close
from matcher.solving.columns.converge import begin, converge
from matcher.solving.columns.integer import best_choice
from matcher.solving.columns.market import SCALE
from matcher.solving.columns.shop import NoTeam, Shop
from matcher.solving.columns.sketch import sketch

if TYPE_CHECKING:
    from matcher.certificate import Certificate
    from matcher.model.encode import Team
    from matcher.model.instance import Instance
    from matcher.settings import Settings
    from matcher.solving.columns.column import Column
    from matcher.solving.columns.converge import Convergence
    from matcher.solving.incumbent import Incumbent
    from matcher.solving.stopping import Stop

#: Bound and master are as good as one within this many points.
NEAR = 0.02
#: Gaps of the master at which a plan is made out of the columns so far, as shares of its value.
PLANS_AT = (0.3, 0.1, 0.03, 0.01, 0.003)
#: Columns whose worth is this far, in points, below their block's bound are left out of the integer master.
FAR = 25
#: Threads at most: the master takes turns with them.
THREADS = 8


class ColumnMethod:
    """One run of the method over an instance.

    Parameters
    ----------
    instance, incumbent
        The problem, and what takes its plans and bounds.
    """

    def __init__(self, instance: Instance, incumbent: Incumbent, settings: Settings, stop: Stop) -> None:
        self.instance = instance
        self.incumbent = incumbent
        self.settings = settings
        self.stop = stop
        self.places = list(instance.blocks)
        self.work = 0.0
        self.waiting = list(PLANS_AT)
        self.certificate: Certificate | None = None
        self.closed = False

    def run(self) -> None:
        """Run the method; afterwards the incumbent holds what was found."""
        workers = self.settings.workers or min(THREADS, len(os.sched_getaffinity(0)))
        self.incumbent.enter("columns")
        with Shop(self.instance, workers) as shop:
            state = begin(shop)
            try:
                converge(
                    state, self.stop, work=self.settings.work, near=NEAR, seed=self.settings.seed, on_round=self._round
                )
            except NoTeam:
                return
            self._finish(state)
            self.work += state.work
            if state.proof is not None and state.proof.bounds:
                places = [piece.block.place for piece in shop.pieces]
                self.certificate = certificate_of(self.instance, shop.market, places, state.proof)

    def _finish(self, state: Convergence) -> None:
        """Choose out of the columns, then close the gap."""
        if self._good_enough or self.stop.now:
            return
        self.incumbent.enter("prove")
        if state.closed:
            left = self.settings.work - self.work - state.work
            self.closed, spent = close(state, self.stop, score=self._score, offer=self._offer, work=left)
            self.work += spent
            if self.closed and self.incumbent.score is not None:
                self.incumbent.prove(self.incumbent.score)
        if not self.closed and not self.stop.now:
            self._choose(state)

    def _round(self, state: Convergence) -> bool:
        """Take the bound; make a plan where it is time; return whether the gap asked for is reached."""
        proof, mix = state.proof, state.mix
        if proof is not None and proof.total < 10**17:
            self.incumbent.prove(proof.total // SCALE + self.instance.constant)
        if proof is not None and mix is not None and mix.missing < 1e-6:  # noqa: PLR2004
            gap = (proof.total / SCALE - mix.value) / max(1.0, abs(mix.value))
            if self.waiting and gap <= self.waiting[0]:
                while self.waiting and gap <= self.waiting[0]:
                    self.waiting.pop(0)
                columns = sketch(state)
                if columns is not None:
                    self._offer(columns)
        return self._good_enough

    def _choose(self, state: Convergence) -> None:
        """Make the best plan out of the columns so far."""
        proof = state.proof
        if proof is None or not proof.bounds:
            return
        bounds = np.array(proof.bounds)[[column.block for column in state.columns.all]]
        missing = bounds - state.columns.reduced(proof.prices)
        near = [c for c, less in zip(state.columns.all, missing.tolist(), strict=True) if less <= FAR * SCALE]
        for columns in (near, state.columns.all):
            chosen = best_choice(columns, range(len(self.places)), state.shop.market, self.stop)
            self.work += chosen.work
            if chosen.columns is not None:
                self._offer(chosen.columns)
            if chosen.columns is not None or self.stop.now:
                return

    def _offer(self, columns: list[Column]) -> None:
        teams: dict[str, Team] = {self.places[column.block]: list(column.team) for column in columns}
        self.incumbent.offer(teams)

    def _score(self) -> int | None:
        score = self.incumbent.score
        return None if score is None else score - self.instance.constant

    @property
    def _good_enough(self) -> bool:
        """Whether the gap asked for is proven."""
        score, bound = self.incumbent.score, self.incumbent.bound
        if score is None or bound is None:
            return False
        return bound <= score or (bound - score) / max(1, abs(score)) <= self.settings.gap
