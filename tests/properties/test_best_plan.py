"""The engine finds the best plan that there is, and every figure of it is right: brute force tries them all."""

from collections import Counter

import pytest
from hypothesis import given

from matcher.check import check
from tests.outside.recount import differences
from tests.outside.small import Row

from .judged import attainable_of, best_of, optimum, outside, plan_document, result_of, round_of
from .tiny_rounds import drawn, seeded_round, tiny_rounds

SERIES = [range(start, start + 25) for start in range(0, 300, 25)]


@pytest.mark.parametrize("seeds", SERIES, ids=lambda seeds: str(seeds.start))
def test_seeded_rounds(seeds: range) -> None:
    for seed in seeds:
        judge(seeded_round(seed))


@given(tiny_rounds())
@drawn(100)
def test_drawn_rounds(doc: Row) -> None:
    judge(doc)


def judge(doc: Row) -> None:
    """The bare model, the model without what it leaves out, and the whole engine, against the best of all plans."""
    best = best_of(doc)
    assert optimum(doc) == best.score
    assert optimum(doc, False) == best.score
    result = result_of(doc)
    assert result.status == ("optimal" if best.feasible else "infeasible")
    if best.feasible:
        judge_plan(doc, best.score)
    else:
        assert result.plans == ()
        assert result.infeasibility is not None
        assert result.infeasibility.conflict.minimal


def judge_plan(doc: Row, score: int | None) -> None:
    result = result_of(doc)
    plan = plan_document(result)
    assert (plan["score"], plan["bound"], plan["gap"], plan["proof"]) == (score, score, 0, "optimal")
    assert result.best is not None
    report = check(round_of(doc), result.best, attainable=True)
    assert report.ok, report.document()
    assert differences(doc, plan) == []
    assert {row["village"]: row["attainable"] for row in plan["villages"]} == attainable_of(doc)
    assert [bare(row) for row in plan["reserves"]] == plan["posts"]
    assert [row.get("substitutes", []) for row in plan["reserves"]] == [
        substitutes(doc, plan, row) for row in plan["posts"]
    ]


def bare(reserve: Row) -> Row:
    """The post that a reserve is for."""
    return {field: value for field, value in reserve.items() if field != "substitutes"}


def substitutes(doc: Row, plan: Row, post: Row) -> list[Row]:
    """Everybody without a post, tried in this one: the three best of those who break no hard rule."""
    held = {row["cadre"] for row in plan["posts"]}
    found = []
    for cadre in (row["id"] for row in doc["cadres"] if row["id"] not in held):
        posts = [row | {"cadre": cadre} if row == post else row for row in plan["posts"]]
        figures = outside(doc, posts)
        if not figures["violations_hard"]:
            found.append({"cadre": cadre, "change": figures["score"] - plan["score"]})
    return sorted(found, key=lambda row: (-row["change"], row["cadre"]))[:3]


def test_the_rounds_are_worth_solving() -> None:
    """Of the seeded rounds more than half have a plan; in most of these rules cost something or leave a choice."""
    best = [best_of(seeded_round(seed)) for seed in range(300)]
    assert sum(one.feasible for one in best) > 150
    shapes = Counter((len(doc["villages"]), len(doc["cadres"])) for doc in map(seeded_round, range(300)))
    assert {villages for villages, _ in shapes} == {1, 2, 3, 4}
    assert {cadres for _, cadres in shapes} == {3, 4, 5, 6, 7, 8}
