"""Ranking: one solve after another, each for the best plan that differs from all before it."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from matcher.check.alike import Alike
from matcher.check.distances import distances
from matcher.demands import (
    Better,
    Distance,
    DistanceParams,
    Substance,
    SubstanceParams,
    better_plan,
    sizes_vary,
)
from matcher.demands.book import demand
from matcher.explaining.explanation import explanation_of
from matcher.rulebook import RuleBook
from matcher.solving.memory import Memory
from matcher.solving.once import Found, bounded, solve_once
from matcher.solving.ranking.ending import ending
from matcher.solving.ranking.kinds import kind_of
from matcher.solving.ranking.tradeoff import tradeoff

if TYPE_CHECKING:
    from collections.abc import Callable

    from matcher.certificate import Certificate
    from matcher.demands.book import Demand
    from matcher.plan import Plan
    from matcher.result import RankingEnd
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving.forecast import Forecast
    from matcher.solving.incumbent import Progress
    from matcher.solving.stopping import Stop

#: A plan of substance whose gap is above this is worth another solve for a nearer bound.
NEAR = 0.001


@dataclass(frozen=True)
class Proven:
    """A bound on every plan that differs from ``apart``, a set of the plans found, by their numbers."""

    apart: frozenset[int]
    bound: int
    certificate: Certificate | None


class Ranking:
    """The ranked plans of one round.

    Parameters
    ----------
    round_, settings
        The round and how to solve it; ``plans``, ``min_distance`` and ``kind`` say what is asked.
    stop
        Ends the ranking and keeps the plans found.
    on_progress
        As in :func:`matcher.solve`; ``rank`` says which plan is worked on.
    memory
        What the last solve left; the best plan's solve leaves its own there.

    Attributes
    ----------
    work
        Deterministic work spent.
    ended
        Why there are fewer plans than asked for; None where there are not.
    """

    def __init__(
        self,
        round_: Round,
        settings: Settings,
        stop: Stop,
        *,
        on_progress: Callable[[Progress], None] | None = None,
        memory: Memory | None = None,
    ) -> None:
        self.round = round_
        self.settings = settings
        self.stop = stop
        self.memory = memory if memory is not None else Memory()
        self.work = 0.0
        self.ended: RankingEnd | None = None
        self._on_progress = on_progress
        self._rank = 1
        self._kind = kind_of(round_, settings)
        self._alike = Alike(round_.facts, RuleBook.of(round_.rules))
        self._plans: list[Plan] = []
        self._proven: list[Proven] = []

    def first(self, on_forecast: Callable[[Forecast], None] | None = None) -> Found:
        """Find the plan of rank 1."""
        self.work += self._kind.settle(self.stop)
        found = self._solve(self._kind.demands, self.memory, on_forecast)
        if found.plan is not None:
            self._keep(found.plan, found.bound, frozenset(), found.plan.certificate)
        return found

    def ranked(self) -> list[Plan]:
        """Find the other plans that are asked for; return all, best first, with every figure."""
        for rank in range(2, self.settings.plans + 1):
            self._rank = rank
            status = "cancelled" if self.stop.now else self._one_more()
            if status != "found":
                self.ended = ending(rank, status)
                break
        return self._finished()

    def _one_more(self) -> str:
        """Find the best plan that differs from all before it; return ``found``, or the status without one."""
        better = self._better
        apart = DistanceParams(better=better, sizes_vary=self._sizes_vary())
        far = [*self._kind.demands, demand(Distance(), apart)]
        found = self._solve(far, self._memory_without_plan())
        plan, bound = found.plan, found.bound
        if plan is None:
            return found.status
        proof = plan.certificate
        if not self._of_substance(plan):
            plan, bound = self._with_substance(plan, bound, far, better)
        self._keep(plan, bound, frozenset(range(len(self._plans))), proof)
        return "found"

    def _with_substance(
        self, plan: Plan, bound: int | None, far: list[Demand], better: tuple[Better, ...]
    ) -> tuple[Plan, int | None]:
        """Return the best plan of which half the teams that differ do so in substance, or what is proven of it."""
        strict = self._solve([*far, self._substance(better, "secretaries")], self._memory_without_plan()).plan
        if (
            strict is not None
            and bound is not None
            and bound - strict.score <= NEAR * max(1, abs(strict.score))
        ):
            return strict, bound
        wide = self._solve([*far, self._substance(better, "everything")], self._memory_without_plan())
        bounds = [known for known in (bound, wide.bound) if known is not None]
        candidates = [one for one in (strict, wide.plan) if one is not None and self._of_substance(one)]
        if candidates:
            return max(candidates, key=lambda one: one.score), min(bounds, default=None)
        if wide.status == "infeasible":
            return plan.model_copy(update={"substance": "none"}), bound
        if wide.bound is not None and wide.bound < plan.score:
            within = {"substance": "none_within", "no_substance_within": plan.score - wide.bound - 1}
            return plan.model_copy(update=within), bound
        return plan.model_copy(update={"substance": "open"}), bound

    def _solve(
        self, demands: list[Demand], memory: Memory, on_forecast: Callable[[Forecast], None] | None = None
    ) -> Found:
        found = solve_once(
            self.round,
            self._kind.settings,
            self.stop,
            demands=demands,
            on_progress=self._told,
            on_forecast=on_forecast,
            memory=memory,
        )
        self.work += found.run.work
        return found

    def _told(self, progress: Progress) -> None:
        if self._on_progress is not None:
            self._on_progress(replace(progress, rank=self._rank))

    def _memory_without_plan(self) -> Memory:
        """Return teams and prices to start from, but not the plan that is not to be found again."""
        memory = copy(self.memory)
        memory.plan = {}
        return memory

    @property
    def _better(self) -> tuple[Better, ...]:
        """The plans found, as plans to differ from."""
        share, facts = self.settings.min_distance, self.round.facts
        return tuple(
            better_plan(plan, rank, share, facts, self._alike)
            for rank, plan in enumerate(self._plans, start=1)
        )

    def _sizes_vary(self) -> bool:
        return sizes_vary(self._alike.book, self.round.facts.places.values())

    @staticmethod
    def _substance(better: tuple[Better, ...], counting: str) -> Demand:
        params = SubstanceParams.model_validate({"better": better, "counting": counting})
        return demand(Substance(), params)

    def _of_substance(self, plan: Plan) -> bool:
        apart = distances(self.round.facts, self._alike.book, plan, self._plans, self._alike)
        return all(2 * one.substantial >= one.teams for one in apart)

    def _keep(self, plan: Plan, bound: int | None, apart: frozenset[int], proof: Certificate | None) -> None:
        if bound is not None:
            self._proven.append(Proven(apart, bound, proof))
        self._plans.append(plan)

    def _finished(self) -> list[Plan]:
        """Return the plans in order, each with the best bound that holds at its rank."""
        numbers = list(range(len(self._plans)))
        if self._kind.by_score:
            numbers.sort(key=lambda number: (-self._plans[number].score, number))
        done: list[Plan] = []
        for place, number in enumerate(numbers):
            above = frozenset(numbers[:place])
            holding = [proven for proven in self._proven if proven.apart <= above]
            best = min(holding, key=lambda proven: proven.bound, default=None)
            plan = bounded(self._plans[number], None if best is None else best.bound)
            # What proves a bound on more plans proves it on fewer.
            plan = plan.model_copy(update={"certificate": None if best is None else best.certificate})
            done.append(self._described(plan, done))
        return done

    def _described(self, plan: Plan, better: list[Plan]) -> Plan:
        """Return a plan with its rank and how it stands to the better ones."""
        facts, book = self.round.facts, self._alike.book
        known: dict[str, Any] = {
            "rank": len(better) + 1,
            "kind": self.settings.kind,
            "first": self._kind.first,
        }
        if better:
            known["distance"] = distances(facts, book, plan, better, self._alike)
            known["min_distance"] = self.settings.min_distance
            known["tradeoff"] = tradeoff(book, plan, better[0])
            known["substance"] = plan.substance or "met"
        plan = plan.model_copy(update=known)
        return plan.model_copy(update={"explanation": explanation_of(self.round, plan, book)})
