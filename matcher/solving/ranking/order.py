"""The plans found, put in order: what was proven of each when it was found, and what holds at its rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matcher.check.distances import distances
from matcher.demands import better_plan
from matcher.solving.once import bounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.certificate import Certificate
    from matcher.check.alike import Alike
    from matcher.plan import Plan
    from matcher.round import Facts


@dataclass(frozen=True)
class Ranked:
    """A plan found, and what was proven when it was.

    Attributes
    ----------
    apart
        The plans that it was asked to differ from, by their numbers.
    bound
        No plan that differs so much from them scores more; ``certificate`` shows it.
    of_substance
        No such plan that differs from them in substance scores more, where that was asked. It is no bound on the
        plans at the distance, of which others may score more.
    """

    plan: Plan
    apart: frozenset[int]
    bound: int | None
    certificate: Certificate | None
    of_substance: int | None = None


def proven(found: Sequence[Ranked], own: Ranked, above: frozenset[int]) -> Plan:
    """Return a plan with the lowest bound that holds behind the plans ``above``.

    A bound on the plans that differ from some of them holds for those that differ from all.
    """
    holding = [one for one in found if one.bound is not None and one.apart <= above]
    best = min(holding, key=lambda one: one.bound or 0, default=None)
    bound = None if best is None else best.bound
    known: dict[str, Any] = {"certificate": None if best is None else best.certificate}
    if own.apart == above:
        known["substance_bound"] = own.of_substance
    elif not own.apart <= above:
        # What plans of substance there are was found out behind more plans than are above it now.
        known |= {"substance": None, "no_substance_within": None}
    return bounded(own.plan, bound).model_copy(update=known)


def far_enough(plans: Sequence[Plan], share: float, facts: Facts, alike: Alike) -> bool:
    """Return whether, in this order, every plan is as far from the better ones as was asked.

    Where a role has several seats, the distance of two plans can depend on the side from which it is counted.
    """
    for place, plan in enumerate(plans):
        counted = distances(facts, alike.book, plan, plans[:place], alike)
        for apart, other in zip(counted, plans[:place], strict=True):
            if apart.exchanged < better_plan(other, apart.rank, share, facts, alike).least:
                return False
    return True
