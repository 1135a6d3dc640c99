"""The column method finds the best of all plans and proves it, whatever the rules are."""

from collections import Counter
from fractions import Fraction

import pytest

from matcher.check import check
from tests.outside.brute_force import best_floor, best_plan
from tests.outside.recount import differences
from tests.outside.small import Row
from tests.pricing.pieces import ruled_round
from tests.properties.influence import CASES
from tests.properties.judged import best_of, instance_of, plan_document, round_of, worst_index
from tests.properties.tiny_rounds import seeded_round

from .solved import alone, columns_of

RULED = [case for case in CASES if case.mode in ("hard", "soft")]
SERIES = [range(start, start + 20) for start in range(0, 80, 20)]
STEP = Fraction(1, 100)


def judge(doc: Row) -> None:
    """The whole method against the best of all plans; then columns without the one model behind them."""
    best = best_of(doc)
    result = columns_of(doc)
    assert result.provenance["method"] == "columns"
    assert result.status == ("optimal" if best.feasible else "infeasible")
    if best.feasible:
        plan = plan_document(result)
        assert (plan["score"], plan["bound"], plan["proof"]) == (best.score, best.score, "optimal")
        assert result.best is not None
        assert check(round_of(doc), result.best, attainable=True).ok
        assert differences(doc, plan) == []
    judge_alone(doc, best.score)


def judge_alone(doc: Row, score: int | None) -> None:
    """Every plan of the columns is a plan, every bound a bound, and what they call closed is."""
    method = alone(instance_of(doc))
    incumbent = method.incumbent
    if score is None:
        assert incumbent.score is None
        return
    assert incumbent.score is None or incumbent.score <= score
    assert incumbent.bound is None or incumbent.bound >= score


@pytest.mark.parametrize("case", RULED, ids=str)
def test_every_plan_rule(case: object) -> None:
    for seed in range(7000, 7002):
        judge(case.changed(seeded_round(seed, case.rule)))  # type: ignore[attr-defined]


@pytest.mark.parametrize("seeds", SERIES, ids=lambda seeds: str(seeds.start))
def test_seeded_rounds(seeds: range) -> None:
    for seed in seeds:
        judge(seeded_round(seed))


@pytest.mark.parametrize("seeds", SERIES[:1], ids=lambda seeds: str(seeds.start))
def test_rules_in_any_mode(seeds: range) -> None:
    for doc in map(ruled_round, seeds):
        if best_of(doc).feasible:
            judge(doc)
        else:
            judge_alone(doc, None)


def test_columns_alone_settle_most_rounds() -> None:
    """Or the one model behind them would answer for all of the above."""
    ended = Counter[str]()
    for doc in (seeded_round(seed) for seed in range(80)):
        best = best_of(doc)
        if best.feasible:
            method = alone(instance_of(doc))
            ended["found"] += method.incumbent.score == best.score
            ended["proven"] += method.incumbent.bound == best.score
            ended["feasible"] += 1
    assert ended["found"] > 0.9 * ended["feasible"] > 30, ended
    assert ended["proven"] > 0.8 * ended["feasible"], ended


@pytest.mark.parametrize("term", ["min_change", "keep_unit"])
def test_with_a_baseline_few_change(term: str) -> None:
    held = 0
    for seed in range(7100, 7115):
        doc = seeded_round(seed, term)
        judge(doc)
        held += bool(doc["baseline"]) and best_of(doc).feasible
    assert held > 5


@pytest.mark.parametrize("start", range(7200, 7220, 10))
def test_fairness_first(start: int) -> None:
    """The floor is the highest there is, the score the best on it; the bound is of the plans that keep it."""
    for seed in range(start, start + 10):
        doc = seeded_round(seed)
        result, highest = columns_of(doc, "floor_first"), best_floor(doc)
        if highest is None or result.best is None:
            assert (highest, result.best, result.status) == (None, None, "infeasible")
            continue
        plan = plan_document(result)
        floor = worst_index(plan)
        assert floor <= highest < floor + STEP
        assert plan["score"] == best_plan(doc, floor).score == plan["bound"]
        report = check(round_of(doc), result.best, attainable=True, bound=True)
        assert report.ok, report.document()


def test_a_floor_is_kept_by_every_column() -> None:
    """Under a floor that some team misses, none of the plans goes below it."""
    bound = 0
    for seed in range(60):
        doc = seeded_round(seed)
        if not best_of(doc).feasible:
            continue
        instance = instance_of(doc)
        attainable = alone(instance).incumbent.attainable
        floored = type(instance)(instance.round, instance.book, attainable, floor=Fraction(9, 10))
        method = alone(floored)
        judged = best_plan(doc, Fraction(9, 10)).score
        assert method.incumbent.score is None or (judged is not None and method.incumbent.score <= judged)
        assert judged is None or (method.incumbent.bound is not None and method.incumbent.bound >= judged)
        bound += judged != best_of(doc).score
    assert bound > 5
