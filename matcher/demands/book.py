"""The rules in effect with demands on top."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from matcher.rulebook import InForce

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matcher.rulebook import RuleBook
    from matcher.rulekit import Params, PlanRule

#: A demand with its parameters.
Demand = InForce["PlanRule[Any]"]


def demand(rule: PlanRule[Any], params: Params) -> Demand:
    """Return a demand that has to be met."""
    return InForce(rule, "hard", 0, params)


def with_demands(book: RuleBook, demands: Iterable[Demand]) -> RuleBook:
    """Return the rules in effect with ``demands`` behind the round's own."""
    return replace(book, plan=(*book.plan, *demands))
