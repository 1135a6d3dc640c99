"""Why not: refused by a rule, possible at a proven cost, or not settled within the effort given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from matcher.check.distances import held
from matcher.check.ranks import demands_of
from matcher.codes import ROLES
from matcher.demands import Holds, HoldsParams, with_demands
from matcher.demands.book import demand
from matcher.explaining import explained
from matcher.model.instance import Instance
from matcher.problems import InvalidInput, Problem
from matcher.questions.answer import WhyNot
from matcher.questions.at_prices import at_prices
from matcher.questions.of_round import must_be_of
from matcher.questions.refusing import may_lead, passes, refusals_of, refusals_of_unit, without_seat
from matcher.rulebook import RuleBook
from matcher.screening.outcome import screen
from matcher.settings import Settings
from matcher.solving.infeasible.conflict import find_conflict
from matcher.solving.once import bounded, solve_once
from matcher.solving.stopping import Stop
from matcher.study.changes import moves

if TYPE_CHECKING:
    from matcher.demands.book import Demand
    from matcher.plan import Plan
    from matcher.questions.at_prices import AtPrices
    from matcher.result import Conflict
    from matcher.round import Round
    from matcher.round.facts import Facts
    from matcher.solving.memory import Memory
    from matcher.solving.once import Found


def why_not(  # noqa: PLR0913 - a question and how to answer it
    round_: Round,
    plan: Plan,
    cadre: str = "",
    village: str = "",
    role: str = "",
    *,
    unit: str = "",
    settings: Settings | None = None,
    memory: Memory | None = None,
    stop: Stop | None = None,
    solve: bool = True,
) -> WhyNot:
    """Return why a cadre is not posted to a village, or a unit does not lead it.

    Parameters
    ----------
    round_, plan
        The round and its best plan.
    cadre, village, role
        The pairing asked for; in any role where none is given. For a captain, ``village`` is the township, as
        ``county/township``.
    unit
        In place of a cadre: the unit that should lead the village.
    settings
        How to solve for the best plan with the pairing.
    memory
        What the solve of ``plan`` left, to start from.
    stop
        Ends the search and keeps what is known.
    solve
        Whether to look for the best plan with the pairing; without, the answer comes at once from the prices.

    Raises
    ------
    InvalidInput
        Where the round has no such cadre, unit, village or role, or the plan is one of another round.
    """
    must_know(round_.facts, cadre, village, role, unit)
    must_be_of(round_, plan)
    prices = _prices(round_, plan)
    screening = (
        screen(round_.facts, RuleBook.of(round_.rules)) if prices is None else prices.instance.screening
    )
    asked = demand(Holds(), HoldsParams(place=village, cadre=cadre, role=role, unit=unit))
    if _has(round_.facts, plan, cadre, village, role, unit):
        return WhyNot(asked, "held", plan.score, 0, 0, plan, kind=plan.kind)
    refusals = (
        refusals_of(screening, cadre, village, role) if cadre else refusals_of_unit(screening, unit, village)
    )
    if not (passes(screening, cadre, village, role) if cadre else may_lead(screening, unit, village)):
        refusals = refusals or (without_seat(screening, cadre, village),)
        return WhyNot(asked, "refused", plan.score, refusals=refusals, kind=plan.kind)
    refusals = refusals if cadre else ()
    first = replace(_at_once(prices, plan, asked, village), refusals=refusals, kind=plan.kind)
    if not solve or first.answer == "impossible":
        return first
    how = settings or Settings()
    search = _Search(round_, plan, first.asked, village, prices)
    return _solved(search, first, how, memory, stop or Stop(how.time_limit))


def must_know(facts: Facts, cadre: str, village: str, role: str, unit: str) -> None:
    """Refuse a question about somebody or something that the round has not.

    Raises
    ------
    InvalidInput
        With everything that is unknown.
    """
    problems = []
    if bool(cadre) == bool(unit):
        problems.append(Problem("question_whom", "question", field="cadre"))
    if cadre and cadre not in facts.people:
        problems.append(Problem("dangling_id", "question", None, "cadre", cadre, {"target": "cadres"}))
    if unit and unit not in facts.units:
        problems.append(Problem("dangling_id", "question", None, "unit", unit, {"target": "units"}))
    if village not in facts.places and village not in screen(facts, RuleBook.of(facts.round.rules)).places:
        problems.append(Problem("dangling_id", "question", None, "village", village, {"target": "villages"}))
    if unit and role:
        problems.append(Problem("question_of_unit", "question", None, "role", role))
    if role and role not in ROLES:
        problems.append(Problem("question_role", "question", None, "role", role))
    if problems:
        raise InvalidInput(problems)


def _has(facts: Facts, plan: Plan, cadre: str, village: str, role: str, unit: str) -> bool:
    if unit:
        return any(b.unit == unit and b.village == village and b.kind == "lead" for b in plan.bundles)
    return any(c == cadre and place == village and role in ("", r) for c, place, r in held(facts, plan))


def _prices(round_: Round, plan: Plan) -> AtPrices | None:
    """Return the prices of the plan's bound; None where there are none that speak of all plans."""
    if plan.certificate is None or plan.certificate.floor is not None:
        return None  # what holds above a floor says nothing of plans below it
    return at_prices(round_, plan)


def _at_once(prices: AtPrices | None, plan: Plan, asked: Demand, village: str) -> WhyNot:
    """Return what the prices of the plan's bound say of the pairing."""
    if prices is None:
        return WhyNot(asked, "open", plan.score)
    bound = prices.bound_asked(asked, village)
    if bound is None:
        return WhyNot(asked, "impossible", plan.score)
    return WhyNot(asked, "open", plan.score, at_least=plan.score - bound)


@dataclass(frozen=True, slots=True)
class _Search:
    """The search for the best plan with a pairing."""

    round: Round
    plan: Plan
    asked: Demand
    place: str
    prices: AtPrices | None

    def best(self, settings: Settings, memory: Memory | None, stop: Stop) -> Found:
        """Find the best plan that meets the demand: on what the prices have opened already, where that serves."""
        opened = self.prices.opened if self.prices is not None else None
        if opened is None or not opened.serves(settings):
            return solve_once(self.round, settings, stop, demands=self.demands, memory=memory)
        return opened.best(self.asked, self.place, settings, stop, self.plan, memory)

    @property
    def demands(self) -> list[Demand]:
        """What is asked, and what the kind of the plan at hand asks."""
        of_kind = demands_of(self.round.facts, RuleBook.of(self.round.rules), self.plan, ())
        return [*of_kind, self.asked]

    def conflict(self, solved: Instance, stop: Stop, seed: int) -> Conflict:
        """Return which rules the pairing can't be met with, its demand a row over the round like theirs."""
        book = with_demands(RuleBook.of(self.round.rules), self.demands)
        instance = Instance(self.round, book, solved.attainable, floor=solved.floor)
        return find_conflict(instance, stop, seed=seed)


def _solved(search: _Search, first: WhyNot, settings: Settings, memory: Memory | None, stop: Stop) -> WhyNot:
    """Return the answer after a search for the best plan with the pairing."""
    plan = search.plan
    with stop.on_signals():
        if plan.kind == "fairest":
            settings = settings.model_copy(update={"equity": "floor_first"})
        found = search.best(settings, memory, stop)
        if found.status == "infeasible":
            conflict = search.conflict(found.run.instance, stop.patient(), settings.seed)
            return replace(first, answer="impossible", at_least=None, conflict=conflict)
    limits = [limit for limit in (first.at_least, _cost(plan, found.bound)) if limit is not None]
    at_least = max(limits, default=None)
    if found.plan is None:
        return replace(first, at_least=at_least)
    at_most = plan.score - found.plan.score
    return replace(
        first,
        answer="better" if at_most < 0 else "cost",
        at_least=at_least,
        at_most=at_most,
        plan=explained(search.round, _as_any(found.plan, plan)),
        moves=tuple(moves(search.round.facts, plan, found.plan)),
    )


def _as_any(found: Plan, plan: Plan) -> Plan:
    """Return a plan with a pairing as one of all plans: what is proven of these, not of those with the pairing."""
    first = plan.rank == 1 and plan.kind == "best"
    found = found.model_copy(update={"certificate": plan.certificate if first else None})
    return bounded(found, plan.bound if first else None)


def _cost(plan: Plan, bound: int | None) -> int | None:
    return None if bound is None else plan.score - bound
