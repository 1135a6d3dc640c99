"""Ranking: one solve after another, each for the best plan that differs from all before it."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

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
from matcher.explaining import explained
from matcher.explaining.tradeoff import tradeoff
from matcher.rulebook import RuleBook
from matcher.solving.memory import Memory
from matcher.solving.once import Listeners
from matcher.solving.ranking.ending import ending
from matcher.solving.ranking.kinds import kind_of
from matcher.solving.ranking.order import Ranked, far_enough, proven
from matcher.solving.ranking.pooled import plan_from_pool
from matcher.solving.recorder import Recorder
from matcher.solving.staged import solve_stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from matcher.checkpoint import StageName
    from matcher.demands.book import Demand
    from matcher.plan import Distance as PlanDistance
    from matcher.plan import Plan
    from matcher.result import RankingEnd
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving.forecast import Forecast
    from matcher.solving.incumbent import Progress
    from matcher.solving.once import Found
    from matcher.solving.stopping import Stop

#: A plan of substance whose gap is above this is worth another solve for a nearer bound.
NEAR = 0.001
#: The share of its score that a plan may be worse than one at the distance, for the sake of substance.
GIVEN_UP = 0.05


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
    recorder
        Takes and gives back what is done.

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
        recorder: Recorder | None = None,
    ) -> None:
        self.round = round_
        self.settings = settings
        self.stop = stop
        self.memory = memory if memory is not None else Memory()
        self.work = 0.0
        self.ended: RankingEnd | None = None
        self._on_progress = on_progress
        self._recorder = recorder if recorder is not None else Recorder(round_, settings, stop)
        self._rank = 1
        self._kind = kind_of(round_, settings)
        self._alike = Alike(round_.facts, RuleBook.of(round_.rules))
        self._found: list[Ranked] = []
        self._first: Found | None = None

    def first(self, on_forecast: Callable[[Forecast], None] | None = None) -> Found:
        """Find the plan of rank 1."""
        self.work += self._kind.settle(self.stop, self._recorder)
        self.memory.pool = None
        if self._kind.shown is not None:
            self.memory.begin_with(self.round.facts, self._kind.shown)
        self._first = found = self._solve(self._kind.demands, self.memory, on_forecast=on_forecast)
        if found.plan is not None:
            self._found.append(Ranked(found.plan, frozenset(), found.bound, found.plan.certificate))
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
        better, apart_from = self._better, frozenset(range(len(self._found)))
        at_hand = self._recorder.at_hand(self._rank, self.round, lambda: self._from_pool(better))
        if at_hand is not None:
            self._found.append(Ranked(at_hand, apart_from, None, None))
            return "found"
        apart = DistanceParams(better=better, sizes_vary=self._sizes_vary())
        far = [*self._kind.demands, demand(Distance(), apart)]
        found = self._solve(far, self._memory_without_plan())
        if found.plan is None:
            return found.status
        one = Ranked(found.plan, apart_from, found.bound, found.plan.certificate)
        # With fairness first, a plan of substance may stand on another floor, of which this bound says nothing.
        if self._kind.by_score and not self._of_substance(found.plan):
            one = self._with_substance(one, far, better)
        self._found.append(one)
        return "found"

    def _from_pool(self, better: tuple[Better, ...]) -> Plan | None:
        """Return a plan out of the teams that the first solve left, if it is near enough to the bound of all plans."""
        pool, first = self.memory.pool, self._first
        bounds = [one.bound for one in self._found if one.bound is not None]
        if pool is None or first is None or not bounds or not self._kind.by_score:
            return None
        near = self._gap * max(1, abs(self._found[0].plan.score))
        plan, work = plan_from_pool(
            first,
            pool,
            better,
            self.stop,
            self._told,
            sizes_vary=self._sizes_vary(),
            within=max(0.5, near / 4),
            enough=min(bounds) - near,
        )
        self.work += work
        if plan is None:
            return None
        apart = zip(self._apart(plan), better, strict=True)
        far = all(one.exchanged >= other.least and 2 * one.substantial >= one.teams for one, other in apart)
        enough = min(bounds) - plan.score <= self._gap * max(1, abs(plan.score))
        return plan if far and enough else None

    def _with_substance(self, one: Ranked, far: list[Demand], better: tuple[Better, ...]) -> Ranked:
        """Return the best plan of which half the teams that differ do so in substance, or what is proven of it.

        Where it gives up too many points the plan at the distance stays: a committee that reads that half of the
        teams only swap names wants to know what real difference costs, not to find a far worse plan in its place.
        """
        plan, bound = one.plan, one.bound
        least = plan.score - max(1, round(GIVEN_UP * abs(plan.score)))
        strict = self._substantial("secretaries", far, better).plan
        if strict is not None and not self._of_substance(strict):
            strict = None
        if strict is not None and bound is not None and bound - strict.score <= NEAR * abs(strict.score):
            return replace(one, plan=strict)
        wide = self._substantial("everything", far, better)
        candidates = [p for p in (strict, wide.plan) if p is not None and self._of_substance(p)]
        best = max(candidates, key=lambda plan: plan.score, default=None)
        if best is not None and best.score >= least:
            # Only where the plan at the distance scores more does a bound of their own say anything of plans of substance.
            return replace(one, plan=best, of_substance=wide.bound if best.score < plan.score else None)
        known: dict[str, Any] = {"substance": "open"}
        if wide.status == "infeasible":
            known = {"substance": "none"}
        elif wide.bound is not None and wide.bound < plan.score:
            known = {"substance": "none_within", "no_substance_within": plan.score - wide.bound - 1}
        return replace(one, plan=plan.model_copy(update=known))

    def _substantial(
        self, counting: Literal["secretaries", "everything"], far: list[Demand], better: tuple[Better, ...]
    ) -> Found:
        """Find the best plan that differs in substance too."""
        asked = [*far, self._substance(better, counting)]
        return self._solve(asked, self._memory_without_plan(), counting)

    def _solve(
        self,
        demands: list[Demand],
        memory: Memory,
        name: StageName = "plan",
        on_forecast: Callable[[Forecast], None] | None = None,
    ) -> Found:
        settings = self._kind.settings
        if self._first is not None:
            settings = settings.model_copy(update={"gap": self._gap})
        self._recorder.enter(self._rank, name)
        found = solve_stage(
            self._recorder,
            self.round,
            settings,
            self.stop,
            demands=demands,
            memory=memory,
            wider=self._first if self._kind.by_score else None,
            told=Listeners(self._told, on_forecast, self._recorder),
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
            for rank, plan in enumerate((one.plan for one in self._found), start=1)
        )

    def _sizes_vary(self) -> bool:
        return sizes_vary(self._alike.book, self.round.facts.places.values())

    @staticmethod
    def _substance(better: tuple[Better, ...], counting: str) -> Demand:
        params = SubstanceParams.model_validate({"better": better, "counting": counting})
        return demand(Substance(), params)

    def _apart(self, plan: Plan) -> tuple[PlanDistance, ...]:
        return distances(
            self.round.facts, self._alike.book, plan, [one.plan for one in self._found], self._alike
        )

    def _of_substance(self, plan: Plan) -> bool:
        return all(2 * one.substantial >= one.teams for one in self._apart(plan))

    @property
    def _gap(self) -> float:
        """The gap at which a plan after the first is good enough."""
        return max(self._kind.settings.gap, self.settings.rank_gap)

    def _finished(self) -> list[Plan]:
        """Return the plans in order, each with the best bound that holds at its rank."""
        numbers = list(range(len(self._found)))
        if self._kind.by_score:
            numbers.sort(key=lambda number: (-self._found[number].plan.score, number))
            plans = [self._found[number].plan for number in numbers]
            if not far_enough(plans, self.settings.min_distance, self.round.facts, self._alike):
                numbers = self._as_near_as_may_be()
        done: list[Plan] = []
        for place, number in enumerate(numbers):
            above = frozenset(numbers[:place])
            # With fairness first each bound speaks of the plans on that plan's own floor.
            known = self._found if self._kind.by_score else [self._found[number]]
            plan = proven(known, self._found[number], above)
            if not self._kind.can_be_shown:
                plan = plan.model_copy(update={"certificate": None})
            done.append(self._described(plan, done))
        return done

    def _as_near_as_may_be(self) -> list[int]:
        """Return the order by score, as far as every plan then is as far from the better ones as was asked.

        As they were found they are; so two neighbours change places where that still holds.
        """
        numbers, moved = list(range(len(self._found))), True
        while moved:
            moved = False
            for place in range(1, len(numbers)):
                swapped = [*numbers[: place - 1], numbers[place], numbers[place - 1], *numbers[place + 1 :]]
                before, after = (self._found[numbers[at]].plan for at in (place - 1, place))
                if after.score > before.score and far_enough(
                    [self._found[number].plan for number in swapped],
                    self.settings.min_distance,
                    self.round.facts,
                    self._alike,
                ):
                    numbers, moved = swapped, True
        return numbers

    def _described(self, plan: Plan, better: list[Plan]) -> Plan:
        """Return a plan with its rank and how it stands to the better ones."""
        facts, book = self.round.facts, self._alike.book
        known: dict[str, Any] = {
            "rank": len(better) + 1,
            "kind": self.settings.kind,
            "first": self._kind.first,
            "substance": None,
        }
        if better:
            known["distance"] = apart = distances(facts, book, plan, better, self._alike)
            known["min_distance"] = self.settings.min_distance
            known["tradeoff"] = tradeoff(book, plan, better[0])
            met = all(2 * one.substantial >= one.teams for one in apart)
            known["substance"] = "met" if met else plan.substance or "open"
        if known["substance"] != "met":
            known["substance_bound"] = None
        if known["substance"] != "none_within":
            known["no_substance_within"] = None
        plan = plan.model_copy(update=known)
        return explained(self.round, plan)
