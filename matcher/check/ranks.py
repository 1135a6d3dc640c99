"""What a plan says of its rank: distances, what comes first, what it gives up; counted again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.check.alike import Alike
from matcher.check.difference import Difference
from matcher.check.distances import distances
from matcher.check.posts import known
from matcher.check.view import PlanView
from matcher.demands import (
    Distance,
    DistanceParams,
    TermsAtLeast,
    TermsAtLeastParams,
    better_plan,
    sizes_vary,
)
from matcher.demands.book import demand
from matcher.explaining.tradeoff import tradeoff

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matcher.demands.book import Demand
    from matcher.plan import Plan
    from matcher.round.facts import Facts
    from matcher.rulebook import RuleBook


def standing(facts: Facts, book: RuleBook, plan: Plan, better: Sequence[Plan]) -> Iterator[Difference]:
    """Yield what a plan states of its rank and the posts don't bear out.

    Without the better plans, distances can't be counted; a plan by itself then states nothing of them that is believed.
    """
    yield from _first(facts, book, plan)
    if not better:
        return
    if plan.rank != len(better) + 1:
        yield Difference("rank", plan.rank, len(better) + 1)
    alike = Alike(facts, book)
    counted = distances(facts, book, plan, better, alike)
    for own, right in zip(plan.distance, counted, strict=False):
        if own != right:
            yield Difference(f"distance to rank {right.rank}", own.model_dump(), right.model_dump())
    if len(plan.distance) != len(counted):
        yield Difference("distances", len(plan.distance), len(counted))
    for right, other in zip(counted, better, strict=True):
        if plan.min_distance is not None:
            least = better_plan(other, right.rank, plan.min_distance, facts, alike).least
            if right.exchanged < least:
                yield Difference(f"distance asked for to rank {right.rank}", right.exchanged, f"≥ {least}")
    met = all(2 * right.substantial >= right.teams for right in counted)
    if met != (plan.substance == "met"):
        yield Difference("substance", plan.substance, "met" if met else "not met")
    if (plan.no_substance_within is not None) != (plan.substance == "none_within"):
        yield Difference("points without a plan of substance", plan.no_substance_within, plan.substance)
    if plan.substance_bound is not None and (plan.substance != "met" or plan.substance_bound < plan.score):
        yield Difference("bound on plans of substance", plan.substance_bound, f"≥ {plan.score}")
    right_tradeoff = tradeoff(book, plan, better[0])
    if plan.tradeoff is not None and plan.tradeoff != right_tradeoff:
        yield Difference("tradeoff", plan.tradeoff.model_dump(), right_tradeoff.model_dump())


def _first(facts: Facts, book: RuleBook, plan: Plan) -> Iterator[Difference]:
    """Yield where the plan has less of what it puts first than it says."""
    if plan.first is None:
        return
    params = _terms(book, plan)
    known_terms = sorted(item.rule.id for item in params.terms)
    if sorted(plan.first.terms) != known_terms:
        yield Difference("terms that come first", list(plan.first.terms), known_terms)
    view = PlanView(facts, book, known(facts, book, plan.posts)[0])
    for breach in TermsAtLeast().breaches(view, params):
        yield Difference("points of what comes first", breach.data["points"], f"≥ {plan.first.least}")
    if plan.first.bound is not None and plan.first.bound < plan.first.least:
        yield Difference("bound of what comes first", plan.first.bound, f"≥ {plan.first.least}")


def demands_of(facts: Facts, book: RuleBook, plan: Plan, better: Sequence[Plan]) -> list[Demand]:
    """Return what was asked of a plan beyond the rules of the round, as its own figures say."""
    asked: list[Demand] = []
    if plan.first is not None:
        asked.append(demand(TermsAtLeast(), _terms(book, plan)))
    if better and plan.min_distance is not None:
        alike = Alike(facts, book)
        plans = tuple(
            better_plan(other, rank, plan.min_distance, facts, alike)
            for rank, other in enumerate(better, start=1)
        )
        vary = sizes_vary(book, facts.places.values())
        asked.append(demand(Distance(), DistanceParams(better=plans, sizes_vary=vary)))
    return asked


def _terms(book: RuleBook, plan: Plan) -> TermsAtLeastParams:
    """Return the terms that the plan puts first, with the weights they count with there."""
    named = plan.first.terms if plan.first is not None else ()
    least = plan.first.least if plan.first is not None else 0
    return TermsAtLeastParams.of(book, named, least)
