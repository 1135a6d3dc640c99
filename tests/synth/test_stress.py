"""Stress rounds have the answer that their registry says, and no other reason for it."""

import json
from itertools import combinations
from typing import Any

import pytest

from matcher.synth.stress import STRESS, Stress, stress
from tests.outside.recount import recount
from tests.synth.feasibility import least

INFEASIBLE = [case for case in STRESS if case.expected.status == 3]
FEASIBLE = [case for case in STRESS if case.expected.status == 0]
#: A screening rule has no amount: it shows in the seats that stay empty.
COUNTED_BY = {"recusal": "team_structure"}
PLAN_RULES = ("one_post", "decisions", "team_structure", "type_specialty", "lead_unit", "young_share")


def _name(case: Stress) -> str:
    return case.name


def test_names_are_unique_and_found() -> None:
    assert [stress(case.name) for case in STRESS] == list(STRESS)
    with pytest.raises(ValueError, match="no stress round"):
        stress("nothing")


@pytest.mark.parametrize("case", STRESS, ids=_name)
def test_is_the_same_every_time_and_says_that_it_is_synthetic(case: Stress) -> None:
    document = case.build()
    assert json.dumps(document) == json.dumps(case.build())
    assert "合成" in document["name"]
    assert all(village["id"].startswith("99") for village in document["villages"])
    assert {row["id"] for rows in case.cells.values() for row in rows} <= {
        row["id"] for table in ("villages", "units", "cadres") for row in document[table]
    }


@pytest.mark.parametrize("case", INFEASIBLE, ids=_name)
def test_infeasible_for_that_reason_only(case: Stress) -> None:
    document = case.build()
    assert least(document) is None
    assert case.mended is not None
    assert least(case.mended(document)) == 0
    for rule in (rule for rule in case.expected.rules if rule in PLAN_RULES):
        assert least(document, left_out=rule) == 0


@pytest.mark.parametrize("case", [case for case in INFEASIBLE if case.expected.amount], ids=_name)
def test_short_by_just_as_much(case: Stress) -> None:
    rule = case.expected.rules[0]
    assert least(case.build(), relaxed=COUNTED_BY.get(rule, rule)) == case.expected.amount


@pytest.mark.parametrize("case", INFEASIBLE, ids=_name)
def test_subjects_are_in_the_round(case: Stress) -> None:
    text = json.dumps(case.build(), ensure_ascii=False)
    assert all(f'"{subject}"' in text for subject in case.expected.subjects)


@pytest.mark.parametrize("case", FEASIBLE, ids=_name)
def test_feasible(case: Stress) -> None:
    assert least(case.build()) == 0


def test_recusal_by_village_leaves_a_plan_to_the_native_cluster() -> None:
    document = {**stress("native_cluster").build(), "rules": []}
    assert least(document) == 0


def test_replacements_from_the_same_unit_are_best() -> None:
    """No exchange of two people, posted or not, makes the expected plan better."""
    case = stress("recalled_unit")
    document = case.build()
    kept = {post["cadre"] for post in case.expected.kept}
    gone = [post for post in document["baseline"] if post["cadre"] not in kept]
    posts = [*case.expected.kept]
    posts += [{**post, "cadre": new} for post, new in zip(gone, case.expected.subjects, strict=True)]
    assert len(gone) == case.expected.moves
    best = _score(document, posts)
    assert best is not None
    others = [
        cadre["id"] for cadre in document["cadres"] if cadre["id"] not in {post["cadre"] for post in posts}
    ]
    for one, other in combinations(range(len(posts)), 2):
        swapped = [dict(post) for post in posts]
        swapped[one]["cadre"], swapped[other]["cadre"] = posts[other]["cadre"], posts[one]["cadre"]
        score = _score(document, swapped)
        same_team = posts[one]["village"] == posts[other]["village"]
        assert score is None or score < best or (same_team and score == best)
    for place in range(len(posts)):
        for cadre in others:
            score = _score(document, [*posts[:place], {**posts[place], "cadre": cadre}, *posts[place + 1 :]])
            assert score is None or score < best


def _score(document: dict[str, Any], posts: list[dict[str, Any]]) -> int | None:
    """The score of a plan, or None when it breaks a hard rule."""
    figures = recount(document, {"posts": posts})
    return None if figures["violations_hard"] else int(figures["score"])


def test_twins_come_in_pairs_that_only_id_and_name_tell_apart() -> None:
    cadres = stress("twins").build()["cadres"]
    bare = [
        json.dumps({k: v for k, v in row.items() if k not in ("id", "name")}, sort_keys=True)
        for row in cadres
    ]
    assert all(bare.count(row) == 2 for row in bare)
