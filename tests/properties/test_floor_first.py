"""Fairness first: the floor is the highest there is (within 0.01), the score the best on that floor."""

from fractions import Fraction

import pytest
from hypothesis import given

from matcher.check import check
from tests.outside.brute_force import best_floor, best_plan
from tests.outside.recount import differences
from tests.outside.small import Row

from .judged import best_of, plan_document, result_of, round_of, worst_index
from .tiny_rounds import drawn, seeded_round, tiny_rounds

SERIES = [range(start, start + 20) for start in range(0, 120, 20)]
STEP = Fraction(1, 100)


@pytest.mark.parametrize("seeds", SERIES, ids=lambda seeds: str(seeds.start))
def test_seeded_rounds(seeds: range) -> None:
    for seed in seeds:
        judge(seeded_round(seed))


@given(tiny_rounds())
@drawn(40)
def test_drawn_rounds(doc: Row) -> None:
    judge(doc)


def judge(doc: Row) -> None:
    result = result_of(doc, "floor_first")
    highest = best_floor(doc)
    if highest is None or result.best is None:
        assert (highest, result.best, result.status) == (None, None, "infeasible")
        return
    plan = plan_document(result)
    floor = worst_index(plan)
    assert floor <= highest < floor + STEP
    assert abs(plan["floor"]["index"] - floor) <= 0.00005
    assert plan["floor"]["proven"]
    assert plan["score"] == best_plan(doc, floor).score
    assert (result.status, plan["bound"], plan["proof"]) == ("optimal", plan["score"], "optimal")
    assert check(round_of(doc), result.best, attainable=True).ok
    assert differences(doc, plan) == []


def test_fairness_costs_score() -> None:
    """Or the comparison above would say nothing."""
    found = [(best_of(doc).score, result_of(doc, "floor_first").best) for doc in map(seeded_round, range(60))]
    assert sum(score != plan.score for score, plan in found if plan is not None) >= 10
