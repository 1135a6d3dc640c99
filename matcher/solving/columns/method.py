"""The column method: converge on prices, choose whole teams, close the gap."""

from __future__ import annotations

import os
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from matcher.solving.certify import certificate_of
from matcher.solving.columns.closing import PATIENT, QUICK, close
from matcher.solving.columns.column import complete, vacancy
from matcher.solving.columns.converge import UNPROVEN, begin, converge
from matcher.solving.columns.dive import Dive
from matcher.solving.columns.integer import best_choice
from matcher.solving.columns.market import SCALE
from matcher.solving.columns.outside import Outside
from matcher.solving.columns.polish import Polish
from matcher.solving.columns.shop import NoTeam, Shop
from matcher.solving.columns.sketch import Taken, sketch
from matcher.solving.columns.subgradient import first_prices
from matcher.solving.memory import Memory
from matcher.solving.pool import Pool

if TYPE_CHECKING:
    from matcher.certificate import Certificate
    from matcher.model.encode import Team
    from matcher.model.instance import Instance
    from matcher.settings import Settings
    from matcher.solving.columns.closing import Patience
    from matcher.solving.columns.column import Column
    from matcher.solving.columns.converge import Convergence
    from matcher.solving.incumbent import Incumbent
    from matcher.solving.stopping import Stop

#: Bound and master are as good as one within this many points.
NEAR = 0.05
#: Gaps of the master at which a plan is made out of the columns so far, as shares of its value.
PLANS_AT = (0.3, 0.1, 0.03, 0.01, 0.003)
#: The gap of the master at which a round of at least so many blocks is dived into, to have a good plan early.
DIVE_AT, LARGE = 0.001, 80
#: Columns whose worth is this far, in points, below their block's bound are left out of the integer master.
FAR = 25
#: The share of the effort that polishing may take.
POLISHING = 0.5
#: Teams of each block that are left to the next solve.
REMEMBERED = 25
#: Nodes of branch and bound for a plan out of all columns.
CHOOSING = 200
#: Threads at most: the master takes turns with them.
THREADS = 8


class ColumnMethod:
    """One run of the method over an instance.

    Parameters
    ----------
    instance, incumbent
        The problem, and what takes its plans and bounds.
    """

    def __init__(
        self,
        instance: Instance,
        incumbent: Incumbent,
        settings: Settings,
        stop: Stop,
        memory: Memory | None = None,
    ) -> None:
        self.instance = instance
        self.incumbent = incumbent
        self.settings = settings
        self.stop = stop
        self.memory = memory if memory is not None else Memory()
        self.places = list(instance.blocks)
        self.work = 0.0
        self.waiting = list(PLANS_AT)
        self.dived = False
        self.dive: list[Column] | None = None
        self.taken_over = False
        self.certificate: Certificate | None = None

    def run(self) -> None:
        """Run the method; afterwards the incumbent holds what was found."""
        workers = self.settings.workers or min(THREADS, len(os.sched_getaffinity(0)))
        self.incumbent.enter("columns")
        with Shop(self.instance.links, self.instance.blocks.values(), workers) as shop:
            try:
                state = self._begin(shop)
                converge(
                    state,
                    self.stop,
                    work=self.settings.work,
                    near=NEAR,
                    seed=self.settings.seed,
                    on_round=self._round,
                )
            except NoTeam:
                return
            self._finish(state)
            self._remember(state)
            self.work += state.work
            if state.proof is not None and state.proof.bounds:
                places = list(self.instance.screening.places.values())
                self.certificate = certificate_of(self.instance, shop.market, places, state.proof)

    def _begin(self, shop: Shop) -> Convergence:
        """Begin from the teams and prices of the last solve, or else from those of an incremental subgradient."""
        if self.memory.empty:
            first, found = first_prices(shop, Outside(shop.market), self.stop, self.settings.seed)
            return begin(shop, found, first)
        columns = []
        for piece in shop.pieces:
            for team in self.memory.teams.get(self.places[piece.number], ()):
                column = piece.column(team) if piece.block.can_hold(team) else None
                if column is not None:
                    columns.append(column)
        self._take_over(shop)
        prices = np.zeros(len(shop.market))
        for name, price in self.memory.prices.items():
            if name in shop.market.number:
                prices[shop.market.number[name]] = price / SCALE
        return begin(shop, columns, shop.market.allowed(prices))

    def _take_over(self, shop: Shop) -> None:
        """Begin with the plan of the last solve, vacant where its teams are no longer possible: it is mended later."""
        if not self.memory.plan:
            return
        taken, self.dive, self.dived, self.waiting = Taken(Outside(shop.market)), [], True, []
        for place, piece in zip(self.places, shop.pieces, strict=True):
            team = self.memory.plan.get(place)
            fits = team is not None and piece.block.can_hold(team)
            column = piece.column(team) if fits and team is not None else None
            if column is None or not taken.admits(column):
                self.dive.append(vacancy(piece.number))
            else:
                taken.add(column)
                self.dive.append(column)
        self.taken_over = True

    def _remember(self, state: Convergence) -> None:
        """Leave the prices of the bound, and of each block the teams that were nearest to it."""
        proof, memory, market = state.proof, self.memory, state.shop.market
        if proof is None or not proof.bounds:
            return
        memory.prices = {
            market.links[row].name: int(proof.prices[row]) for row in np.flatnonzero(proof.prices).tolist()
        }
        memory.teams = {}
        near: dict[int, list[tuple[int, Column]]] = defaultdict(list)
        for column, worth in zip(
            state.columns.all, state.columns.reduced(proof.prices).tolist(), strict=True
        ):
            near[column.block].append((proof.bounds[column.block] - worth, column))
        for block, found in near.items():
            found.sort(key=lambda item: item[0])
            memory.teams[self.places[block]] = [list(column.team) for _, column in found[:REMEMBERED]]
        pooled = [column for found in near.values() for less, column in found if less <= FAR * SCALE]
        memory.pool = Pool(tuple(market.links), tuple(self.places), tuple(pooled))
        memory.plan = dict(self.incumbent.teams or {})
        for place, team in memory.plan.items():
            memory.teams.setdefault(place, []).append(list(team))

    def _finish(self, state: Convergence) -> None:
        """Make the mix whole, close the gap where that is quick, polish, and close it at leisure."""
        if state.proof is None or not state.proof.bounds:
            return
        steps = (self._dive, self._close_quickly, self._polish, self._close)
        for step in steps:
            if self._good_enough or self.stop.now:
                return
            step(state)

    def _close_quickly(self, state: Convergence) -> None:
        self.incumbent.enter("prove")
        self._closed_within(state, QUICK)

    def _close(self, state: Convergence) -> None:
        self.incumbent.enter("prove")
        self._closed_within(state, PATIENT)

    def _closed_within(self, state: Convergence, patience: Patience) -> None:
        if not state.closed:
            return
        left = self.settings.work - self.work - state.work
        found = close(state, self.stop, score=self._score, offer=self._offer, work=left, patience=patience)
        self.work += found.work
        if found.bound is not None:
            self.incumbent.prove(found.bound + self.instance.constant)

    def _dive(self, state: Convergence) -> None:
        if self.dived:
            return
        self.dived = True
        self.incumbent.enter("plan")
        self.dive = Dive(state, self.stop).run()
        if self.dive is not None and complete(self.dive):
            self._offer(self.dive)

    def _polish(self, state: Convergence) -> None:
        """Improve the best plan; where there is none, mend what the dive left open."""
        if self.incumbent.teams is None and self.dive is None:
            self._choose(state)
        columns = self._of_incumbent(state) if self.incumbent.teams is not None else self.dive
        if columns is None:
            return
        self.incumbent.enter("improve")
        state.columns.add(column for column in columns if complete([column]))

        def enough(better: list[Column]) -> bool:
            if complete(better):
                self._offer(better)
            return self._good_enough

        polish = Polish(state, columns, self.stop)
        polish.run(work=POLISHING * self.settings.work, enough=enough)
        self.work += polish.work

    def _of_incumbent(self, state: Convergence) -> list[Column]:
        """Return the teams of the best plan as columns."""
        teams = self.incumbent.teams or {}
        found = (piece.column(teams[self.places[piece.number]]) for piece in state.shop.pieces)
        return [column for column in found if column is not None]

    def _round(self, state: Convergence) -> bool:
        """Take the bound; make a plan where it is time; return whether the gap asked for is reached."""
        proof, mix = state.proof, state.mix
        if proof is not None and proof.total < UNPROVEN:
            self.incumbent.prove(proof.total // SCALE + self.instance.constant)
        if proof is not None and mix is not None and mix.missing < 1e-6:  # noqa: PLR2004
            gap = (proof.total / SCALE - mix.value) / max(1.0, abs(mix.value))
            if self.waiting and gap <= self.waiting[0]:
                while self.waiting and gap <= self.waiting[0]:
                    self.waiting.pop(0)
                columns = sketch(state)
                if columns is not None:
                    self._offer(columns)
            if self.taken_over and gap <= DIVE_AT:
                self.taken_over = False
                self._polish(state)
            if not self.dived and gap <= DIVE_AT and len(self.places) >= LARGE:
                self._dive(state)
        return self._good_enough

    def _choose(self, state: Convergence) -> None:
        """Make the best plan out of the columns so far."""
        proof = state.proof
        if proof is None or not proof.bounds:
            return
        bounds = np.array([proof.bounds[column.block] for column in state.columns.all])
        missing = bounds - state.columns.reduced(proof.prices)
        near = [c for c, less in zip(state.columns.all, missing.tolist(), strict=True) if less <= FAR * SCALE]
        for columns in (near, state.columns.all):
            chosen = best_choice(
                columns, range(len(self.places)), state.shop.market, self.stop, nodes=CHOOSING
            )
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
        return self.incumbent.within(self.settings.gap)
