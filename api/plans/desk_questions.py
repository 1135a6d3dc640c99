"""Whether a question may be asked of a plan: all that is wrong with it is said before a run is queued for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.problems import Refused
from matcher.problems import InvalidInput, Problem
from matcher.questions.pairing import must_know
from matcher.rulebook import RuleBook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.plans.desk_table import Table
    from matcher.round import Round

#: Kinds of questions that are answered by the prices of a plan's bound alone.
_BY_PRICES = frozenset({"prices", "core"})


def may_ask(table: Table, question: Mapping[str, Any]) -> dict[str, Any]:
    """Refuse a question that no run could answer.

    Raises
    ------
    Refused
        With the code ``plan_not_askable`` or ``plan_without_prices``.
    InvalidInput
        With all that the round does not know.
    """
    round_, plan, kind = table.round(question["round"]), table.plan(question["plan"]), question["kind"]
    if plan.kind == "partial" or (kind != "core" and plan.rank != 1):
        raise Refused("plan_not_askable")
    if kind in _BY_PRICES and table.plan(question["best"]).certificate is None:
        raise Refused("plan_without_prices")
    asked = question["question"]
    if kind == "why_not":
        must_know(round_.facts, asked["cadre"], asked["village"], asked["role"], asked["unit"])
    if kind == "prices":
        _must_know_terms(round_, asked["terms"] or ())
    return {}


def _must_know_terms(round_: Round, terms: list[str] | tuple[str, ...]) -> None:
    known = {item.rule.id for item in RuleBook.of(round_.rules).terms}
    problems = [
        Problem("unknown_rule", "question", index, "terms", term, {"nearest": ""})
        for index, term in enumerate(terms)
        if term not in known
    ]
    if problems:
        raise InvalidInput(problems)
