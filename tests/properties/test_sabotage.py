"""No plan leaves the engine that the checker counts differently: every encoding, spoilt, is found out."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from matcher import constraints, scoring, screening
from matcher.constraints.decisions import Decisions
from matcher.rulekit import Linear
from matcher.screening.decided import Decided
from matcher.settings import Settings
from matcher.solving import solve
from matcher.solving.incumbent import RecountDiffers
from tests.outside.small import Row

from .influence import CASES, judged
from .judged import optimum, round_of
from .tiny_rounds import seeded_round

Patch = pytest.MonkeyPatch
PLAN_CASES = [case for case in CASES if case.mode in ("hard", "soft")]
DECIDED_CASES = [case for case in CASES if case.mode == "decided"]
SCREENING_CASES = [case for case in CASES if case.mode == "on"]


def telling_rounds(case: Any) -> Iterator[Row]:
    """Rounds whose optimum the rule changes, so that a plan made without it is wrong."""
    for seed in range(60):
        doc = case.changed(seeded_round(seed, case.rule))
        without = judged(case.unchanged(seeded_round(seed, case.rule)))
        if without not in (None, judged(doc)):
            yield doc


def nothing(*_arguments: Any) -> tuple[()]:
    return ()


def refused(doc: Row) -> None:
    with pytest.raises(RecountDiffers):
        solve(round_of(doc), Settings(effort=5))


@pytest.mark.parametrize("case", PLAN_CASES, ids=str)
def test_a_rule_that_encodes_nothing(case: Any, monkeypatch: Patch) -> None:
    doc = next(telling_rounds(case))
    rule = next(rule for rule in constraints.RULES if rule.id == case.rule)
    for part in ("team", "rows", "load"):
        monkeypatch.setattr(type(rule), part, nothing)
    refused(doc)


@pytest.mark.parametrize("case", SCREENING_CASES, ids=str)
def test_a_screening_rule_that_refuses_nobody(case: Any, monkeypatch: Patch) -> None:
    doc = next(telling_rounds(case))
    rule = next(rule for rule in screening.RULES if rule.id == case.rule)
    monkeypatch.setattr(type(rule), "refusals", nothing)
    refused(doc)


@pytest.mark.parametrize("case", DECIDED_CASES, ids=str)
def test_decisions_that_bind_nobody(case: Any, monkeypatch: Patch) -> None:
    doc = next(telling_rounds(case))
    monkeypatch.setattr(Decided, "refusals", nothing)
    for part in ("team", "rows", "load"):
        monkeypatch.setattr(Decisions, part, nothing)
    refused(doc)


@pytest.mark.parametrize("term", scoring.TERMS, ids=lambda term: term.id)
def test_a_term_that_counts_one_too_many(term: Any, monkeypatch: Patch) -> None:
    off = not term.default_weight
    docs = (seeded_round(seed, term.id if off else "") for seed in range(100))
    doc = next(
        doc
        for doc in docs
        if optimum(doc) is not None and off == any(row["id"] == term.id for row in doc["rules"])
    )
    points: Callable[..., Linear] = term.points

    def one_more(team: Any, params: Any) -> Linear:
        return points(team, params) + 1

    monkeypatch.setattr(term, "points", one_more)
    refused(doc)
