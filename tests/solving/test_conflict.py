"""An infeasible round: the rules named can't be met together, and without any one of them they can."""

from collections.abc import Collection
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from matcher.model.instance import Instance
from matcher.result import Conflict, Infeasibility
from matcher.rulebook import InForce, RuleBook
from matcher.solving.attainable import attainable_points
from matcher.solving.stopping import Stop
from tests.outside.rulebook import TERMS
from tests.outside.small import Row, cadre, only_terms, round_of, rule, unit, village
from tests.properties import judged
from tests.properties.judged import best_of, optimum_of, result_of
from tests.properties.tiny_rounds import seeded_round


@cache
def infeasible_seeds() -> tuple[int, ...]:
    return tuple(seed for seed in range(200) if not best_of(seeded_round(seed)).feasible)


def infeasibility_of(doc: Row) -> Infeasibility:
    found = result_of(doc).infeasibility
    assert found is not None
    return found


def conflict_of(doc: Row) -> Conflict:
    return infeasibility_of(doc).conflict


def can_be_met(doc: Row, rules: Collection[str]) -> bool:
    """Whether a plan meets these rules, all others being off; attainable points stay those of the round."""
    round_ = judged.round_of(doc)
    book = RuleBook.of(round_.rules)

    def kept(item: InForce[Any]) -> InForce[Any]:
        return item if item.rule.id in rules else replace(item, mode="off", weight=0)

    few = replace(book, screening=tuple(map(kept, book.screening)), plan=tuple(map(kept, book.plan)))
    attainable = attainable_points(Instance(round_, book), Stop())
    return optimum_of(Instance(round_, few, attainable), prune=False) is not None


@pytest.mark.parametrize("start", range(0, 70, 10))
def test_conflicts_are_minimal(start: int) -> None:
    for seed in infeasible_seeds()[start : start + 10]:
        doc = seeded_round(seed)
        conflict = conflict_of(doc)
        rules = set(conflict.rules)
        assert conflict.minimal
        assert rules
        assert not can_be_met(doc, rules)
        for spared in rules:
            assert can_be_met(doc, rules - {spared}), (seed, spared)


def least_amount(doc: Row, rule_id: str) -> int | None:
    """By how much a rule must give at least if all others stay hard, by brute force; None if that is not enough."""
    rows = {row["id"]: row for row in doc["rules"]}
    soft = {name for name, row in rows.items() if row.get("mode") == "soft"}
    soft |= {"young_share", "keep_one", "team_units"} - rows.keys()  # soft where the round says nothing
    params = rows.get(rule_id, {"params": {}})["params"]
    rows |= {name: rule(name, "off") for name in (*TERMS, *soft)}
    rows[rule_id] = rule(rule_id, "soft", 1, **params)
    score = best_of(doc | {"rules": list(rows.values())}).score
    return None if score is None else -score


@pytest.mark.parametrize("start", range(0, 40, 10))
def test_shortfalls_are_the_least(start: int) -> None:
    for seed in infeasible_seeds()[start : start + 10]:
        doc = seeded_round(seed)
        amounts: dict[str, int] = {}
        for entry in conflict_of(doc).short:
            amounts[entry["rule"]] = amounts.get(entry["rule"], 0) + entry["amount"]
        for name in amounts.keys() - {"decisions", "village_floor"}:
            expected = least_amount(doc, name)
            assert expected in (None, amounts[name]), (seed, name)


def small(people: list[Row], *rules: Row, **tables: object) -> Row:
    doc = round_of([village("V", residents=1)], people, rules=[*only_terms(), *rules], **tables)
    return doc | {"id": "small"}


def test_too_few_people() -> None:
    assert conflict_of(small([cadre("a")])).rules == ("team_structure",)  # in one team nobody is two people
    two = small([cadre("a"), cadre("b")]) | {
        "villages": [village("V", residents=0), village("W", residents=1)]
    }
    assert set(conflict_of(two).rules) == {"one_post", "team_structure"}


def test_a_share_that_nobody_can_meet() -> None:
    conflict = conflict_of(small([cadre("a"), cadre("b")], rule("section_rank_share", "hard", min_share=0.6)))
    assert set(conflict.rules) == {"section_rank_share", "team_structure"}
    entry = next(entry for entry in conflict.short if entry["rule"] == "section_rank_share")
    assert (entry["amount"], entry["least"]) == (2, True)


def test_a_lock_that_screening_refuses_is_named() -> None:
    lock = {"kind": "lock", "cadre": "b", "village": "V", "role": "first_secretary"}
    people = [cadre("a"), cadre("b", political_status="群众"), cadre("c")]
    conflict = conflict_of(small(people, decisions=[{"kind": "pick", "cadre": "c"}, lock]))
    assert set(conflict.rules) == {"decisions", "party_membership"}
    decided = [entry["subjects"] for entry in conflict.short if entry["rule"] == "decisions"]
    assert decided == [{"decision": 2} | lock]


def test_contradictory_decisions_are_named() -> None:
    rows = [{"kind": "pick", "cadre": "a"}, {"kind": "pick", "cadre": "b"}, {"kind": "drop", "cadre": "a"}]
    conflict = conflict_of(small([cadre("a"), cadre("b"), cadre("c")], decisions=rows))
    assert conflict.rules == ("decisions",)
    assert {entry["subjects"]["decision"] for entry in conflict.short} == {1, 3}


def test_a_quota_is_named_with_what_it_lacks() -> None:
    conflict = conflict_of(small([cadre("a"), cadre("b")], units=[unit("U1", quota=1)]))
    assert set(conflict.rules) == {"unit_quota", "team_structure"}
    short = {entry["rule"]: entry["amount"] for entry in conflict.short}
    assert short == {"unit_quota": 1, "team_structure": 1}
    assert len(conflict.sentences["zh"]) == len(conflict.sentences["en"]) == len(conflict.short)


def test_a_row_names_every_role_that_is_short() -> None:
    """A village without anybody for it lacks a first secretary and a resident, and both are said."""
    old = cadre("A", birth_month="1950-01")
    conflict = conflict_of(round_of([village("V1", residents=1)], [old], id="small", rules=only_terms()))
    assert conflict.sentences["zh"] == ("V1现有第一书记0名（应为1名）、驻村工作队员0名（应为1名）",)
    assert conflict.sentences["en"] == (
        "V1 has 0 first secretary (should be 1), 0 resident team member (should be 1)",
    )
    assert [entry["amount"] for entry in conflict.short] == [2]
