"""Every score term against its cases: the points that the checker counts, the model has, the auditor finds.

Each case is read with its term alone in force, at the weight that is built in, at another one, and off.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from matcher import scoring
from matcher.rulekit import ScoreTerm
from tests.rulekit.case_files import Case, cases_in
from tests.rulekit.readings import Table, audited, model_alone, model_with, rows_with
from tests.rulekit.rounds import document_of, posts_of

CASES = cases_in(Path(__file__).parent / "cases")
TERMS: dict[str, ScoreTerm[Any]] = {term.id: term for term in scoring.TERMS}
WEIGHTS = (1, 7)


def with_weights() -> list[Any]:
    return [pytest.param(case, weight, id=f"{case}-{weight}") for case in CASES for weight in WEIGHTS]


@cache
def table_of(case: Case, weight: int) -> Table:
    return Table.of(document_of(case, weight=weight))


def points_of(case: Case) -> dict[str, int]:
    """The points of a case by village; those of the plan under ``plan``. A number alone is the one village's."""
    points = case.data["points"]
    if not isinstance(points, dict):
        (village,) = case.data["villages"]
        return {village: points}
    return points


@pytest.mark.parametrize(("case", "weight"), with_weights())
def test_the_count(case: Case, weight: int) -> None:
    table, posts, expected = table_of(case, weight), posts_of(case), points_of(case)
    view = table.view(posts)
    (item,) = [item for item in table.book.terms if item.on]
    counted = {village: item.rule.count(team, item.params) for village, team in view.teams.items()}
    assert counted == {village: expected.get(village, 0) for village in view.teams}
    assert item.rule.count_plan(view, item.params) == expected.get("plan", 0)
    recount = table.recount(posts)
    (term,) = recount.terms
    assert (term.points, term.weighted) == (sum(expected.values()), weight * sum(expected.values()))
    assert recount.score == term.weighted
    own = {row.village: row.points for row in recount.villages}
    assert own == {village: weight * points for village, points in counted.items()}


@pytest.mark.parametrize(("case", "weight"), with_weights())
def test_the_model_has_the_same_points(case: Case, weight: int) -> None:
    table, posts, expected = table_of(case, weight), posts_of(case), points_of(case)
    instance = table.instance
    assert rows_with(instance, posts) == (0, weight * sum(expected.values()))
    assert model_with(instance, posts) == weight * sum(expected.values())
    for village, block in instance.blocks.items():
        if block.place.is_village:
            values = block.values([(post.cadre, post.role) for post in posts if post.village == village])
            assert block.points.value(values) == weight * expected.get(village, 0)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_model_finds_no_less(case: Case) -> None:
    """Left free, the model reaches the points of the case, and the same without needless people."""
    table = table_of(case, WEIGHTS[0])
    best = model_alone(table.instance)
    assert best is not None
    assert best >= sum(points_of(case).values())
    assert model_alone(table.instance, prune=True) == best


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_a_village_can_attain(case: Case) -> None:
    """Of the term alone, engine and checker find the same most points of each village, the case's at least."""
    table = table_of(case, WEIGHTS[0])
    assert table.engines_attainable() == table.attainable
    teams = {post.village for post in posts_of(case)}
    reached = {village: most for village, most in points_of(case).items() if village in teams}
    assert all(table.attainable[village] >= points for village, points in reached.items())


@pytest.mark.parametrize("case", CASES, ids=str)
def test_switched_off(case: Case) -> None:
    for override in ({"mode": "off"}, {"weight": 0}, {"mode": "off", "weight": 9}):
        table = Table.of(document_of(case, **override))
        assert table.recount(posts_of(case)).score == 0
        assert model_with(table.instance, posts_of(case)) == 0


@pytest.mark.parametrize("case", [case for case in CASES if audited(case.rule)], ids=str)
def test_the_outside_auditor_agrees(case: Case) -> None:
    points = sum(points_of(case).values())
    for weight in WEIGHTS:
        found = table_of(case, weight).outside(posts_of(case))
        own = {row["id"]: row["points"] for row in found["terms"] if row["weight"]}
        assert own == {case.rule: points}
        assert found["score"] == weight * points


@pytest.mark.parametrize("case", CASES, ids=str)
def test_as_declared(case: Case) -> None:
    """A term that calls itself additive adds up its members; a submodular one grows ever slower."""
    term, table = TERMS[case.rule], table_of(case, WEIGHTS[0])
    (item,) = [item for item in table.book.terms if item.on]
    for team in table.view(posts_of(case)).teams.values():

        def count(*members: Any, place: Any = team) -> int:
            return int(item.rule.count(type(place)(place.facts, place.place, members), item.params))

        if term.additive:
            assert count(*team.members) == sum(count(member) for member in team.members)
        if term.submodular and team.members:
            lead, rest = team.members[:1], team.members[1:]
            gains = [count(*lead, *rest[: i + 1]) - count(*lead, *rest[:i]) for i in range(len(rest))]
            alone = [count(*lead, member) - count(*lead) for member in rest]
            assert all(0 <= gain <= own for gain, own in zip(gains, alone, strict=True))
