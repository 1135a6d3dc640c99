"""The column method: converge on prices, choose whole teams, close the gap."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from matcher.solving.certify import certificate_of
from matcher.solving.columns.at_hand import NOTHING, AtHand
from matcher.solving.columns.closing import PATIENT, QUICK, close
from matcher.solving.columns.column import complete
from matcher.solving.columns.converge import UNPROVEN, begin, converge
from matcher.solving.columns.dive import CAREFUL, Dive, Pace
from matcher.solving.columns.hopeless import least_worth
from matcher.solving.columns.integer import best_choice
from matcher.solving.columns.market import SCALE
from matcher.solving.columns.outside import Outside
from matcher.solving.columns.polish import Polish
from matcher.solving.columns.rounding import quick_choice
from matcher.solving.columns.shop import NoTeam, Shop
from matcher.solving.columns.sketch import sketch
from matcher.solving.columns.subgradient import first_prices
from matcher.solving.columns.warm import (
    FAR,
    known_prices,
    known_teams,
    left_by,
    nobody_of,
    remember,
    taken_over,
)
from matcher.solving.memory import LEFT, Memory

if TYPE_CHECKING:
    from collections.abc import Callable

    from matcher.certificate import Certificate
    from matcher.model.encode import Team
    from matcher.model.instance import Instance
    from matcher.settings import Settings
    from matcher.solving.columns.closing import Patience
    from matcher.solving.columns.column import Column
    from matcher.solving.columns.converge import Convergence
    from matcher.solving.columns.market import Ints
    from matcher.solving.incumbent import Incumbent
    from matcher.solving.stopping import Stop

#: Bound and master are as good as one within this many points, as a rule.
NEAR = 0.05
#: Gaps of the master at which a plan is made out of the columns so far, as shares of its value.
PLANS_AT = (0.3, 0.1, 0.03, 0.01, 0.003)
#: The gap of the master at which a round of at least so many blocks is dived into, to have a good plan early.
DIVE_AT, LARGE = 0.001, 80
#: The gap of the master at which the last solve's plan is mended: half of the gap asked for, between these.
MEND_AT, NEARLY = 0.001, 0.0001
#: The share of the effort that polishing may take, as a rule.
POLISHING = 0.5
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
    at_hand
        What is ready already of the same round.

    Attributes
    ----------
    near
        Bound and master are as good as one within this many points.
    far
        Teams that are so many points behind their village's best are of no use for a whole plan.
    dive_at, pace
        At which gap of the master a large round is dived into, and how.
    polishing
        The share of the effort that polishing may take.
    """

    near: float = NEAR
    far: float = FAR
    dive_at: float = DIVE_AT
    pace: Pace = CAREFUL
    polishing: float = POLISHING

    def __init__(
        self,
        instance: Instance,
        incumbent: Incumbent,
        settings: Settings,
        stop: Stop,
        memory: Memory | None = None,
        at_hand: AtHand = NOTHING,
    ) -> None:
        self.instance = instance
        self.incumbent = incumbent
        self.settings = settings
        self.stop = stop
        self.memory = memory if memory is not None else Memory()
        self.at_hand = at_hand
        self.places = list(instance.blocks)
        self.work = 0.0
        self.waiting = list(PLANS_AT)
        self.dived = False
        self.dive: list[Column] | None = None
        self.taken_over = False
        self.infeasible = False
        self._least_worth: int | None = None
        self.certificate: Certificate | None = None

    def run(self) -> None:
        """Run the method; afterwards the incumbent holds what was found."""
        workers = self.settings.workers or min(THREADS, len(os.sched_getaffinity(0)))
        self.incumbent.enter("columns")
        blocks = self.instance.blocks.values()
        with Shop(self.instance.links, blocks, workers, at_hand=self.at_hand.pieces) as shop:
            try:
                state = self._begin(shop)
                converge(
                    state,
                    self.stop,
                    work=self.settings.work,
                    near=self.near,
                    seed=self.settings.seed,
                    on_round=self._round,
                )
            except NoTeam:
                self.infeasible = True
                return
            if not self.infeasible:
                self._finish(state)
            remember(self.memory, self.instance, state, self.incumbent.teams or {})
            self.work += state.work
            if state.proof is not None and state.proof.bounds:
                places = list(self.instance.screening.places.values())
                self.certificate = certificate_of(self.instance, shop.market, places, state.proof)

    def _begin(self, shop: Shop) -> Convergence:
        """Begin from the teams and prices of the last solve, or else from those of an incremental subgradient."""
        if self.memory.empty:
            start, near = self._likely_prices(shop)
            around, seed = Outside(shop.market), self.settings.seed
            first, found = first_prices(shop, around, self.stop, seed, start, near=near)
            return begin(shop, found, first, nobody=nobody_of(shop))
        columns = known_teams(shop, self.places, self.memory, self.at_hand)
        self._take_over(shop)
        return begin(shop, columns, known_prices(shop, self.memory), nobody=nobody_of(shop))

    def _likely_prices(self, shop: Shop) -> tuple[Ints | None, bool]:  # noqa: ARG002
        """Return the prices to begin with where nothing is left from before, and whether they are near the best ones."""
        return None, False

    def _take_over(self, shop: Shop) -> None:
        """Begin with the plan of the last solve, vacant where its teams are no longer possible: it is mended later."""
        if self.memory.plan:
            self.dive, self.dived, self.waiting = taken_over(shop, self.places, self.memory.plan), True, []
            self.taken_over = True

    def _finish(self, state: Convergence) -> None:
        """Make the mix whole, close the gap where that is quick, polish, and close it at leisure."""
        if state.proof is None or not state.proof.bounds:
            return
        for step in self._steps:
            if self._good_enough or self.stop.now:
                return
            step(state)

    @property
    def _steps(self) -> tuple[Callable[[Convergence], None], ...]:
        """What comes after the prices have converged, until the gap asked for is reached."""
        return self._dive, self._close_quickly, self._polish, self._close

    def _close_quickly(self, state: Convergence) -> None:
        if state.closed:
            self._prove_quickly(state)

    def _prove_quickly(self, state: Convergence) -> None:
        """Prove or find what a short list of teams can; the bound is better for it even where that is not all."""
        self.incumbent.enter("prove")
        self._closed_within(state, QUICK)

    def _close(self, state: Convergence) -> None:
        self.incumbent.enter("prove")
        if state.closed:
            self._closed_within(state, PATIENT)

    def _closed_within(self, state: Convergence, patience: Patience) -> None:
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
        self.dive = Dive(state, self.stop, self.pace).run()
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
        polish.run(work=self.polishing * self.settings.work, enough=enough)
        self.work += polish.work

    def _mend(self, state: Convergence) -> None:
        """Make a plan out of teams near their bounds, or else mend the last plan where its teams are gone."""
        state.columns.add(column for column in self.dive or () if complete([column]))
        proving = (self._prove_quickly,) if self.settings.gap < MEND_AT else ()
        for step in (self._choose_quickly, *proving, self._polish):
            if self._good_enough or self.stop.now:
                return
            step(state)

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
            self.incumbent.priced(lambda: left_by(state, self.places, LEFT))
            if self._hopeless(state, proof.total):
                self.infeasible = True
                return True
        if proof is not None and mix is not None and mix.missing < 1e-6:  # noqa: PLR2004
            gap = (proof.total / SCALE - mix.value) / max(1.0, abs(mix.value))
            if self.waiting and gap <= self.waiting[0]:
                while self.waiting and gap <= self.waiting[0]:
                    self.waiting.pop(0)
                columns = sketch(state)
                if columns is not None:
                    self._offer(columns)
            if self.taken_over and gap <= min(MEND_AT, max(self.settings.gap / 2, NEARLY)):
                self.taken_over = False
                self._mend(state)
            if not self.dived and gap <= self.dive_at and len(self.places) >= LARGE:
                self._dive(state)
        return self._good_enough

    def _hopeless(self, state: Convergence, bound: int) -> bool:
        """Return whether the bound, which sinks while teams are missing, proves that there is no plan."""
        if self.incumbent.teams is not None or bound >= 0 or state.mix is None or state.mix.missing == 0:
            return False
        if self._least_worth is None:
            self._least_worth = least_worth(state.shop)
        return bound < self._least_worth

    def _choose(self, state: Convergence) -> None:
        """Make the best plan out of the columns so far."""
        for columns in (self._near(state), state.columns.all):
            if columns is None or self.stop.now:
                return
            blocks, market = range(len(self.places)), state.shop.market
            chosen = best_choice(columns, blocks, market, self.stop, nodes=CHOOSING)
            self.work += chosen.work
            if chosen.columns is not None:
                self._offer(chosen.columns)
                return

    def _choose_quickly(self, state: Convergence) -> None:
        """Make a plan out of the columns near their blocks' bounds, if one is soon as good as half the gap asked for."""
        columns = self._near(state)
        if columns is None:
            return
        within = max(0.5, self.settings.gap / 2 * abs(self.incumbent.bound or 0))
        blocks = range(len(self.places))
        chosen = quick_choice(columns, blocks, state.shop.market, self.stop, within=within)
        self.work += chosen.work
        if chosen.columns is not None and chosen.complete:
            self._offer(chosen.columns)

    def _near(self, state: Convergence) -> list[Column] | None:
        """Return the columns near their blocks' bounds; None where there are no bounds."""
        proof = state.proof
        if proof is None or not proof.bounds:
            return None
        lost = state.columns.lost(proof.prices, proof.bounds)
        return [
            column for column, less in zip(state.columns.all, lost, strict=True) if less <= self.far * SCALE
        ]

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
