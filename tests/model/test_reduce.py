"""What a model leaves out is never needed: the optimum is the same without leaving out."""

from dataclasses import replace
from typing import Any

import pytest

import matcher.solving.attainable
from matcher.model.block import Block
from matcher.model.instance import Instance
from matcher.model.reduce import best_alone, dominance, signatures
from matcher.pricing.pricer import Priced, Pricer
from matcher.rulekit import Linear
from matcher.solving.attainable import attainable_points
from matcher.solving.stopping import Stop
from tests.outside.small import Row, cadre, only_terms, round_of, rule, unit, village
from tests.properties.judged import attainable_of, best_of, instance_of, optimum
from tests.properties.judged import round_of as read
from tests.properties.rule_draws import PLAN_RULES
from tests.properties.tiny_rounds import seeded_round

from .teams import instances


def hard(doc: Row, focus: str) -> Row:
    """The round with the rule in focus hard: capacities come from hard rows."""
    return doc | {"rules": [row | {"mode": "hard"} if row["id"] == focus else row for row in doc["rules"]]}


@pytest.mark.parametrize("focus", PLAN_RULES)
def test_dominance_is_safe(focus: str) -> None:
    pruned = 0
    for seed in range(4000, 4012):
        doc = hard(seeded_round(seed, focus), focus)
        order, idle = dominance(instance_of(doc))
        pruned += len(order) + len(idle)
        assert optimum(doc) == optimum(doc, False) == best_of(doc).score
    assert pruned > 0 or focus == "village_floor"  # whose rows tell everybody apart by what they are worth


class Unsure(Pricer):
    """A dynamic program that never knows whether its bound is reached, so that everything is left to the search."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.exact = False

    def best(self, *arguments: Any) -> Priced:
        found = super().best(*arguments)
        return found if found.bound is None else replace(found, bound=found.bound + 1)


def test_attainable_points_need_only_the_best_of_those_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = range(4000, 4040)
    read_exactly = [attainable_points(instance, Stop()) for instance in instances(seeds)]
    monkeypatch.setattr(matcher.solving.attainable, "Pricer", Unsure)
    usual = [attainable_points(instance, Stop()) for instance in instances(seeds)]
    left_out = 0

    def everybody(block: Block, *arguments: object) -> set[int]:
        nonlocal left_out
        left_out += len(block.seats) - len(best_alone(block, *arguments))  # type: ignore[arg-type]
        return set(range(len(block.seats)))

    monkeypatch.setattr(matcher.solving.attainable, "best_alone", everybody)
    assert [attainable_points(instance, Stop()) for instance in instances(seeds)] == usual
    assert usual == read_exactly == [attainable_of(seeded_round(seed)) for seed in seeds]
    assert left_out > 20


def alike(*cadres: Row, **tables: object) -> Instance:
    """One village of two, need_fit alone counting."""
    rows = {"villages": [village("V", needs={"law": 1})], "rules": only_terms("need_fit")} | tables
    return instance_of(round_of(rows.pop("villages"), list(cadres), **rows) | {"id": "alike"})  # type: ignore[arg-type]


def able(name: str, level: int, **fields: object) -> Row:
    return cadre(name, specialties={"law": level}, **fields)


def test_the_better_of_two_who_are_alike_goes_first() -> None:
    order, idle = dominance(alike(able("a", 2), able("b", 5), able("c", 3)))
    assert (order, idle) == ([("c", "b"), ("a", "c")], set())


@pytest.mark.parametrize(
    "fields", [{"birth_month": "1995-01"}, {"unit": "U2"}, {"spouse": "c"}, {"named_pick": True}], ids=str
)
def test_whoever_a_rule_tells_apart_is_not_compared(fields: Row) -> None:
    people = [able("a", 2, **fields), able("b", 5), able("c", 3, political_status="群众")]
    rules = [row for row in only_terms("need_fit") if row["id"] not in ("young_share", "team_units")]
    rules += [rule("young_share", "soft", 1), rule("team_units", "hard", max_units=1)]
    assert dominance(alike(*people, units=[unit("U1"), unit("U2")], rules=rules))[0] == []


def test_beyond_a_quota_nobody_is_needed() -> None:
    people = [able(name, level) for name, level in zip("abcd", (1, 4, 3, 2), strict=True)]
    two = alike(*people, units=[unit("U1", quota=2)])
    assert dominance(two)[1] == {"a", "d"}
    soft = alike(
        *people, units=[unit("U1", quota=2)], rules=[*only_terms("need_fit"), rule("unit_quota", "soft", 1)]
    )
    assert dominance(soft)[1] == set()


def test_a_limit_that_others_relieve_is_no_limit() -> None:
    """Two of 39 are a year too old each, which one of 37 makes good: mean 38. All are needed."""
    people = [
        cadre("a", birth_month="1986-06"),
        cadre("b", birth_month="1986-06"),
        cadre("c", birth_month="1988-06", political_status="群众"),
    ]
    rules = [*only_terms(), rule("mean_age", "hard", max_age=38)]
    doc = round_of([village("V")], people, rules=rules) | {"id": "mean"}
    assert dominance(instance_of(doc))[1] == set()
    assert optimum(doc) == best_of(doc).score == 0


def test_signatures_tell_apart_whom_a_row_tells_apart() -> None:
    block = alike(able("a", 2), able("b", 5)).blocks["V"]
    rows = [row.row.expression for row in block.rows]
    found = signatures(block, enumerate(rows))
    first = [v for v, (_, role) in enumerate(block.seats) if role == "first_secretary"]
    assert found[first[0]] == found[first[1]]
    only_a = Linear({first[0]: 1})
    told_apart = signatures(block, enumerate([*rows, only_a]))
    assert told_apart[first[0]] != told_apart[first[1]]
    assert best_alone(block, rows, block.points, 1) < best_alone(block, [*rows, only_a], block.points, 1)


def test_a_round_read_twice_has_the_same_model() -> None:
    doc = seeded_round(1)
    first, second = Instance(read(doc)), Instance(read(doc))
    assert list(first.blocks) == list(second.blocks)
    assert dominance(first) == dominance(second)
