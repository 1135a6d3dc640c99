"""Every rule and every term, in every mode, changes the optimum of many rounds."""

from collections.abc import Iterator
from itertools import islice

import pytest

from matcher import constraints, scoring, screening

from .influence import CASES, one_post_influences

ENOUGH = 20
ROUNDS = 250  # within so many rounds of the fixed series


def influential(series: Iterator[bool]) -> int:
    """How many rounds of the series are changed by the rule, counted up to what is enough."""
    return sum(1 for _ in islice((1 for changed in islice(series, ROUNDS) if changed), ENOUGH))


@pytest.mark.parametrize("rule", dict.fromkeys(case.rule for case in CASES))
def test_influence(rule: str) -> None:
    counts = {case.mode: influential(case.influences()) for case in CASES if case.rule == rule}
    assert counts == dict.fromkeys(counts, ENOUGH)


def test_influence_of_one_post() -> None:
    assert influential(one_post_influences()) == ENOUGH


def test_no_rule_is_forgotten() -> None:
    """A new rule or term wants a case here."""
    judged = {(case.rule, case.mode) for case in CASES}
    assert {(rule.id, mode) for rule in constraints.RULES for mode in rule.modes if mode != "off"} == {
        (rule, mode) for rule, mode in judged if mode in ("hard", "soft")
    } | {("one_post", "hard"), ("decisions", "hard")}
    assert {rule.id for rule in screening.RULES} - {"decisions"} == {
        rule for rule, mode in judged if mode == "on"
    }
    assert {term.id for term in scoring.TERMS} == {rule for rule, mode in judged if mode == "weighted"}
