"""Ranks out of the teams that the first solve left: counted as the checker counts, and no solve more where that will do."""

from copy import deepcopy
from typing import Any

import pytest

from matcher import Memory, Settings, check, solve
from matcher.check.alike import Alike
from matcher.check.distances import distances, held
from matcher.demands import better_plan
from matcher.rulebook import RuleBook
from matcher.solving import staged
from matcher.solving.columns.column import Column
from matcher.solving.once import solve_once
from matcher.solving.ranking import ranking
from matcher.solving.ranking.pooled import loaded, plan_from_pool
from tests.properties.judged import EFFORT, best_of, round_of
from tests.properties.tiny_rounds import seeded_round
from tests.solving.county import county


def test_no_solve_more_where_the_teams_at_hand_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    solves: list[Any] = []
    once = solve_once

    def counted(*arguments: Any, **more: Any) -> Any:
        solves.append(more.get("demands"))
        return once(*arguments, **more)

    monkeypatch.setattr(staged, "solve_once", counted)
    result = solve(county(), Settings(plans=3, gap=0.015, effort=60, method="columns"))
    assert solves == [[]]
    assert [plan.rank for plan in result.plans] == [1, 2, 3]
    for place, plan in enumerate(result.plans):
        assert check(county(), plan, better=result.plans[:place]).ok
        assert plan.gap is not None
        assert plan.gap <= 0.015
        assert plan.certificate == result.plans[0].certificate
        assert plan.reserves
    assert [plan.substance for plan in result.plans[1:]] == ["met", "met"]


def test_a_plan_that_is_too_far_from_the_bound_is_looked_for_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[bool] = []
    at_hand = plan_from_pool

    def poor(*arguments: Any, **more: Any) -> Any:
        plan, work = at_hand(*arguments, **more)
        tried.append(plan is not None)
        return plan and plan.model_copy(update={"score": plan.score // 2}), work

    monkeypatch.setattr(ranking, "plan_from_pool", poor)
    result = solve(county(), Settings(plans=2, gap=0.01, effort=60, method="columns"))
    assert tried == [True]
    assert check(county(), result.plans[1], better=result.plans[:1]).ok
    assert result.plans[1].gap is not None
    assert result.plans[1].gap <= 0.01


def test_teams_are_counted_as_the_checker_counts_them() -> None:
    compared = 0
    for seed in range(80):
        doc = seeded_round(seed)
        if not best_of(doc).feasible:
            continue
        round_ = round_of(doc)
        asked = Settings(method="columns", plans=2, min_distance=0.3, effort=EFFORT, workers=1)
        plans = solve(round_, asked).plans
        if len(plans) < 2:
            continue
        book = RuleBook.of(round_.rules)
        alike = Alike(round_.facts, book)
        better = better_plan(plans[0], 1, 0.3, round_.facts, alike)
        teams: dict[str, list[tuple[str, str]]] = {}
        for cadre, place, role in sorted(held(round_.facts, plans[1])):
            teams.setdefault(place, []).append((cadre, role))
        places = list(teams)
        columns = [Column(block, tuple(team), 0, (), ()) for block, team in enumerate(teams.values())]
        totals = [0, 0, 0]
        for column in columns:
            known = loaded(column, places[column.block], round_.facts, [better], 0, sizes_vary=True)
            for row, amount in zip(known.rows, known.amounts, strict=True):
                totals[row] += amount
        (apart,) = distances(round_.facts, book, plans[1], plans[:1], alike)
        assert totals[0] + totals[1] == len(plans[1].posts)
        assert totals[1] == apart.exchanged
        if set(teams) >= set(round_.facts.places):  # an empty team has no column of its own here
            assert totals[2] == 2 * apart.substantial - apart.teams
        compared += 1
    assert compared > 20


def test_a_memory_is_copied_without_its_pool_being_copied() -> None:
    memory = Memory()
    solve(county(), Settings(gap=0.02, effort="quick", method="columns"), memory=memory)
    assert memory.pool is not None
    assert deepcopy(memory).pool is memory.pool
