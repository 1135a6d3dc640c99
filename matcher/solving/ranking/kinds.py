"""The kinds of plan that committees ask for: what each puts before the score."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import gcd
from typing import TYPE_CHECKING, Any

from matcher.check.posts import known
from matcher.check.view import PlanView
from matcher.demands import TermsAtLeast, TermsAtLeastParams
from matcher.demands.book import demand
from matcher.demands.terms_at_least import counted
from matcher.plan import First
from matcher.problems import InvalidInput, Problem
from matcher.rulebook import RuleBook
from matcher.solving.staged import solve_stage

if TYPE_CHECKING:
    from matcher.demands.book import Demand
    from matcher.plan import Plan
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving.recorder import Recorder
    from matcher.solving.stopping import Stop

#: A gap with which any plan will do.
ANY_PLAN = 1e6
#: The terms of the bundle of projects, funds, responsibility and people.
BUNDLES = ("strong_unit", "bundled_people", "unit_fit", "keep_bundle")


@dataclass
class Kind:
    """A kind of plan on one round.

    Attributes
    ----------
    settings
        How each of its plans is solved.
    terms
        The terms that come before the score.
    demands
        What every plan of the kind has to bring, once it is settled.
    first
        The same as the plans state it.
    shown
        A plan that brings as much.
    """

    round: Round
    settings: Settings
    terms: tuple[str, ...] = ()
    demands: list[Demand] = field(default_factory=list)
    first: First | None = None
    shown: Plan | None = None

    @property
    def can_be_shown(self) -> bool:
        """Whether the checker can show a bound again: it prices members one by one."""
        return all(item.rule.additive for one in self.demands for item in one.params.terms)

    @property
    def by_score(self) -> bool:
        """Whether a plan with a higher score is the better one of two that meet the demands."""
        return self.settings.equity == "none"

    def settle(self, stop: Stop, recorder: Recorder) -> float:
        """Find the most points that the terms can bring, rules that may give left aside; return the work spent."""
        if not self.terms:
            return 0.0
        alone = self.round.patched(rules=_only(self.round, self.terms))
        recorder.enter(1, "first")
        found = solve_stage(recorder, alone, self.settings, stop)
        work = found.run.work
        if found.plan is None:
            return work
        self.shown = found.plan
        least: int | None = found.plan.score
        bound = None if found.bound is None else found.bound // self._step * self._step
        if RuleBook.of(self.round.rules).plan_rule("village_floor").mode == "hard":
            # Whether a village is served well enough depends on the terms that were left aside.
            least, bound, more = self._above_the_floor(
                found.plan.score if bound is None else bound, stop, recorder
            )
            work += more
        if least is not None:
            self.demands = [self._asking(least)]
            self.first = First(terms=self.terms, least=least, bound=bound)
        return work

    def _above_the_floor(self, highest: int, stop: Stop, recorder: Recorder) -> tuple[int | None, int, float]:
        """Return the most points of the terms in a plan of the round itself, their bound, and the work, by halving."""
        any_plan = self.settings.model_copy(update={"gap": ANY_PLAN})
        recorder.enter(1, "first")
        found = solve_stage(recorder, self.round, any_plan, stop)
        work, least, self.shown = (
            found.run.work,
            None if found.plan is None else self._points(found.plan),
            found.plan,
        )
        while least is not None and least < highest and not stop.now:
            middle = (least + highest + 1) // 2
            asked = [self._asking(middle)]
            recorder.enter(1, "first")
            found = solve_stage(recorder, self.round, any_plan, stop, demands=asked)
            work += found.run.work
            if found.plan is not None:
                least, self.shown = self._points(found.plan), found.plan
            elif found.status == "infeasible":
                highest = middle - 1
            else:
                break
        return least, highest, work

    @property
    def _step(self) -> int:
        """What the terms' points are a multiple of."""
        return gcd(*(item.weight for item in self._asking(0).params.terms)) or 1

    def _asking(self, least: int) -> Demand:
        book = RuleBook.of(self.round.rules)
        return demand(TermsAtLeast(), TermsAtLeastParams.of(book, self.terms, least))

    def _points(self, plan: Plan) -> int:
        """Return what the terms bring in a plan."""
        facts, book = self.round.facts, RuleBook.of(self.round.rules)
        view = PlanView(facts, book, known(facts, book, plan.posts)[0])
        return counted(view, TermsAtLeastParams.of(book, self.terms, 0))


def kind_of(round_: Round, settings: Settings) -> Kind:
    """Return the kind of plan that is asked for.

    Raises
    ------
    InvalidInput
        For the fewest changes, where the round has neither a plan in force nor incumbents.
    """
    usual = settings.model_copy(update={"plans": 1, "kind": "best"})
    if settings.kind == "fairest":
        return Kind(round_, usual.model_copy(update={"equity": "floor_first"}))
    if settings.kind == "strongest_bundles":
        return Kind(round_, usual, BUNDLES)
    if settings.kind == "fewest_changes":
        if round_.baseline:
            return Kind(round_, usual, ("min_change",))
        if not round_.incumbents:
            raise InvalidInput([Problem("nothing_to_keep", "settings", None, "kind", settings.kind)])
        return Kind(round_, usual, ("retain",))
    return Kind(round_, usual)


def _only(round_: Round, terms: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return a rules table under which only ``terms`` count, and what breaks a soft rule costs nothing.

    Off is not the same: without the rule, a township has no captain who could be kept.
    """
    book = RuleBook.of(round_.rules)
    rows = {row["id"]: dict(row) for row in round_.document().get("rules", [])}
    for item in book.terms:
        row = rows.setdefault(item.rule.id, {"id": item.rule.id})
        row.pop("mode", None)
        row["weight"] = (item.weight or item.rule.default_weight) if item.rule.id in terms else 0
    for rule in book.plan:
        if rule.mode == "soft":
            rows.setdefault(rule.rule.id, {"id": rule.rule.id}).update(mode="soft", weight=0)
    return list(rows.values())
