"""The firm core and the open rest: which posts every nearly as good plan has, and which are contested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher.check.distances import held
from matcher.problems import InvalidInput, Problem
from matcher.questions.at_prices import at_prices
from matcher.questions.of_round import must_be_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.plan import Plan
    from matcher.round import Round


@dataclass(frozen=True, slots=True)
class Firm:
    """How firm one post of a plan is.

    Attributes
    ----------
    cadre, place, role
        The post of the plan that is looked at.
    cost
        A plan without the cadre at this place scores at least so many points less than the best plan (proven by
        prices; it may be more); None where no plan can do without.
    firm
        Whether that is more than the points asked about: every plan within them has the cadre here.
    plans
        In how many of the ranked plans the cadre is at this place.
    """

    cadre: str
    place: str
    role: str
    cost: int | None
    firm: bool
    plans: int


def firm_core(
    round_: Round, plans: Sequence[Plan], within: int | None = None, *, rank: int = 1
) -> list[Firm]:
    """Return, for every post of a plan, whether plans nearly as good as the best can do without it.

    Parameters
    ----------
    round_
        The round.
    plans
        Ranked plans, the best first; it needs its certificate.
    within
        How many points below the best plan still count as nearly as good; half a per cent of its score where not given.
    rank
        The rank of the plan whose posts are looked at.

    Returns
    -------
    list[Firm]
        The contested posts first, those that are given up most cheaply at the front.

    Raises
    ------
    InvalidInput
        Where there is no plan of that rank, or a plan is one of another round.
    NoPrices
        Where the best plan has no certificate: it was found without prices.
    """
    if not 1 <= rank <= len(plans):
        raise InvalidInput([Problem("question_rank", "question", None, "rank", str(rank))])
    best, asked = plans[0], plans[rank - 1]
    for plan in (best, asked):
        must_be_of(round_, plan)
    reach = within if within is not None else half_per_cent(best)
    prices = at_prices(round_, best)
    others = [{(cadre, place) for cadre, place, _ in held(round_.facts, plan)} for plan in plans]
    found = []
    for cadre, place, role in sorted(held(round_.facts, asked), key=lambda post: (post[1], post[2], post[0])):
        bound = prices.bound_without(cadre, place)
        cost = None if bound is None else best.score - bound
        found.append(
            Firm(
                cadre=cadre,
                place=place,
                role=role,
                cost=cost,
                firm=cost is None or cost > reach,
                plans=sum((cadre, place) in posts for posts in others),
            )
        )
    return sorted(found, key=lambda post: (post.firm, post.cost is None, max(0, post.cost or 0), post.plans))


def half_per_cent(plan: Plan) -> int:
    """Return half a per cent of a plan's score, in whole points and at least 1."""
    return max(1, abs(plan.score) // 200)
