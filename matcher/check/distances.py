"""How far ranked plans are from each other, counted from their posts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.check.alike import Alike
from matcher.check.posts import known
from matcher.check.view import PlanView
from matcher.demands.distance import better_plan
from matcher.demands.substance import differing_teams
from matcher.plan import Distance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.plan import Plan
    from matcher.round.facts import Facts
    from matcher.rulebook import RuleBook

#: A post as it is compared: cadre, place, role.
Held = tuple[str, str, str]


def distances(
    facts: Facts, book: RuleBook, plan: Plan, better: Sequence[Plan], alike: Alike | None = None
) -> tuple[Distance, ...]:
    """Return how far ``plan`` is from each of the plans that are ranked better, rank 1 first."""
    alike = alike if alike is not None else Alike(facts, book)
    plan, *better = (_real(facts, book, one) for one in (plan, *better))
    view = PlanView(facts, book, plan.posts)
    own = held(facts, plan)
    found = []
    for rank, other in enumerate(better, start=1):
        lacking = own - held(facts, other)
        measure = better_plan(other, rank, 0, facts, alike)
        teams, substantial = differing_teams(view, measure)
        found.append(
            Distance(
                rank=rank,
                posts=len(lacking),
                villages=len({place for _, place, _ in lacking if place in facts.places}),
                exchanged=sum(not measure.has(place, role, cadre) for cadre, place, role in lacking),
                teams=teams,
                substantial=substantial,
            )
        )
    return tuple(found)


def _real(facts: Facts, book: RuleBook, plan: Plan) -> Plan:
    """Return a plan without the posts that the round does not know."""
    return plan.model_copy(update={"posts": tuple(known(facts, book, plan.posts)[0])})


def held(facts: Facts, plan: Plan) -> set[Held]:
    """Return a plan's posts as (cadre, place, role)."""
    return {
        (
            post.cadre,
            post.village or "/".join(facts.township_of(post.county or "", post.township or "")),
            post.role,
        )
        for post in plan.posts
    }
