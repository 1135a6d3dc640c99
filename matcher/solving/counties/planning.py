"""A plan of one county, or of some as if they were one, on terms that leave nothing open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.solving.columns.closing import QUICK, close
from matcher.solving.columns.column import complete
from matcher.solving.columns.converge import begin, converge
from matcher.solving.columns.dive import Dive
from matcher.solving.columns.market import SCALE
from matcher.solving.columns.outside import Outside
from matcher.solving.columns.polish import Polish
from matcher.solving.counties.requests import Planned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.converge import Convergence
    from matcher.solving.columns.market import Market
    from matcher.solving.columns.shop import Shop
    from matcher.solving.counties.requests import Planning
    from matcher.solving.stopping import Stop

#: Rounds of pricing before a plan is made, at most.
PLAN_ROUNDS = 12
#: Work that goes into filling what a dive left vacant.
FILLING = 4.0
#: With more work than this, teams near the bound are listed too.
PATIENT_WORK = 10.0


def plan_on(shop: Shop, asked: Planning, stop: Stop) -> Planned:
    """Make or improve a plan; blocks have the numbers that they have in the shop."""
    shop.work = 0.0
    terms = asked.terms
    outside = Outside(shop.market, base=terms.base, held=terms.held, charges=terms.charges)
    state = begin(shop, asked.columns, asked.prices, outside=outside)
    before = len(state.columns)
    converge(
        state,
        stop,
        work=float("inf"),
        near=0.05,
        seed=asked.seed,
        on_round=lambda state: _near(state, asked.near / 2) or state.rounds >= PLAN_ROUNDS,
    )
    chosen, besides = list(asked.chosen), 0.0
    if state.proof is not None and state.proof.bounds:
        if asked.pace is not None:
            dived = _filled(state, Dive(state, stop, asked.pace).run(), stop)
            chosen = _better(chosen, dived, outside)
        if asked.chosen:
            chosen, besides = _polished(state, chosen, asked, stop)
    return Planned(chosen, state.columns.all[before:], state.work + besides)


def _near(state: Convergence, share: float) -> bool:
    proof, mix = state.proof, state.mix
    if proof is None or mix is None or mix.missing > 1e-6:  # noqa: PLR2004
        return False
    return proof.total / SCALE - mix.value <= share * max(1.0, abs(mix.value))


def _filled(state: Convergence, dived: list[Column] | None, stop: Stop) -> list[Column] | None:
    """Return the choice of a dive with what it left vacant filled, if those around can make room."""
    if dived is None or complete(dived):
        return dived
    state.columns.add(column for column in dived if complete([column]))
    polish = Polish(state, dived, stop)
    polish.run(work=FILLING, enough=complete)
    return polish.chosen


def _better(chosen: list[Column], dived: list[Column] | None, outside: Outside) -> list[Column]:
    """Return the choice that breaks less, or else is worth more; a choice that leaves a block vacant is none."""
    if dived is None or not complete(dived):
        return chosen
    if not chosen:
        return dived

    def standing(columns: list[Column]) -> tuple[int, int]:
        return -outside.broken(columns), outside.together(columns)

    return max(chosen, dived, key=standing)


def _polished(
    state: Convergence, chosen: list[Column], asked: Planning, stop: Stop
) -> tuple[list[Column], float]:
    """Return a better choice, and the work spent besides pricing.

    It is looked for among the teams listed near the bound, where they are few, then by some blocks at a time.
    """
    market, total = state.shop.market, state.proof.total if state.proof is not None else 0
    base, room, spent = state.outside.loads(), asked.near * max(1, abs(total)), 0.0
    best = _Best(market, base, chosen)
    state.columns.add(column for column in chosen if complete([column]))
    if asked.work > PATIENT_WORK:
        patient = asked.work / 2
        spent = close(state, stop, score=best.score, offer=best.offer, work=patient, patience=QUICK).work
    if total - best.worth <= room:
        return best.chosen, spent
    state.columns.add(column for column in best.chosen if complete([column]))
    polish = Polish(state, sorted(best.chosen, key=lambda column: column.block), stop)
    before = state.shop.work
    polish.run(work=asked.work - spent, enough=lambda better: total - market.worth(better, base) <= room)
    pricing = state.shop.work - before  # is counted already
    return polish.chosen, spent + max(0.0, polish.work - pricing)


class _Best:
    """The best choice of columns so far, as closing asks for it."""

    def __init__(self, market: Market, base: Mapping[int, int], chosen: list[Column]) -> None:
        self.market = market
        self.base = base
        self.chosen = chosen
        self.worth = market.worth(chosen, base)

    def score(self) -> int | None:
        """Return what it is worth in points; None while a place is vacant."""
        return self.worth // SCALE if complete(self.chosen) else None

    def offer(self, columns: list[Column]) -> None:
        """Take a choice that is worth more."""
        worth = self.market.worth(columns, self.base)
        if worth > self.worth:
            self.chosen, self.worth = columns, worth
