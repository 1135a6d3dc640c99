"""The best team at any prices: the checker's own tables against every team, valued by the model's encodings."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from matcher import constraints, scoring
from matcher.check.attainable import attainable_points
from matcher.check.bounding import aspects, best, says_nothing
from matcher.check.bounding.account import Account, Prices
from matcher.check.bounding.bench import Bench
from matcher.check.bounding.blocks import better_than
from matcher.round.records import RuleOverride
from matcher.rulebook import RuleBook
from matcher.rulekit import PlanRule, Rule
from matcher.rulekit.score_term import ScoreTerm
from matcher.scoring.bundled_people import BundledPeople
from matcher.scoring.need_coverage import NeedCoverage
from tests.check.certified import small_enough
from tests.check.priced import instance_of, random_prices, valued_teams
from tests.check.test_attainable import random_round
from tests.outside.small import rule
from tests.properties.tiny_rounds import seeded_round
from tests.unseen.enterprise_leads import EnterpriseLeads
from tests.unseen.familiar_faces import FamiliarFaces
from tests.unseen.tiny import tiny_round
from tests.unseen.two_seniors import TwoSeniors

if TYPE_CHECKING:
    from matcher.model.instance import Instance
    from tests.check.priced import PriceTable
    from tests.outside.small import Row

LOWEST = -(10**12)


def ready(document: Row, chance: Random) -> Instance:
    """The round made ready, now and then with a floor under every village's index."""
    instance = instance_of(document)
    attainable = attainable_points(instance.facts, instance.book)
    floor = chance.choice([None, None, Fraction(chance.randint(1, 20), 20)])
    return instance_of(document, attainable=attainable, floor=floor)


def prices_of(instance: Instance, table: PriceTable, scale: int) -> Prices:
    rules: dict[str, dict[Any, int]] = {}
    for (id_, key), price in table.items():
        rules.setdefault(id_, {})[key] = price
    return Prices(scale, rules, instance.floor, instance.attainable)


def agree(document: Row, seed: int) -> int:
    """See that the best team of every block is found, and none above it; return how many had one."""
    if not small_enough(document):
        return 0
    chance = Random(seed)
    instance = ready(document, chance)
    scale = chance.choice([1, 7, 100])
    table = random_prices(chance, instance, scale)
    prices, bench = prices_of(instance, table, scale), Bench(instance.facts, instance.book)
    something = 0
    for id_, teams in valued_teams(instance, table, scale).items():
        place = bench.places[id_]
        most = max((team.worth for team in teams), default=None)
        found = better_than(bench, place, prices, LOWEST)
        assert (found.worth if found is not None else None) == most
        if most is not None:
            assert better_than(bench, place, prices, most) is None
            again = better_than(bench, place, prices, most - 1)
            assert again is not None
            assert (again.worth, Account(bench, place, prices).total(again.team)) == (most, most)
            something += 1
    return something


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_it_is_the_best_of_all_teams(first: int) -> None:
    assert sum(agree(seeded_round(seed), seed) for seed in range(first, first + 20)) > 20


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_it_is_the_best_of_larger_teams(first: int) -> None:
    rounds = (
        (random_round(seed, 6 + seed % 5, similar=seed % 2 == 0), seed) for seed in range(first, first + 20)
    )
    assert sum(agree(document, seed) for document, seed in rounds) > 10


@pytest.mark.parametrize(
    "focus",
    [
        "lone_woman",
        "team_age_mix",
        "team_units",
        "village_floor",
        "spouses",
        "min_change",
        "keep_unit",
        "decisions",
    ],
)
def test_it_is_the_best_where_one_rule_matters(focus: str) -> None:
    assert sum(agree(seeded_round(seed, focus), seed) for seed in range(12)) > 5


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 2000, 250))
def test_it_is_the_best_in_many_rounds(first: int) -> None:
    for seed in range(first, first + 250):
        agree(seeded_round(seed), seed)
        agree(random_round(seed, 5 + seed % 6), seed)


# ---------------------------------------------------------------- rules and terms that say nothing


def test_rules_that_say_nothing_are_tried_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for item in (*constraints.RULES, *scoring.TERMS):
        if "summary" in vars(type(item)):
            monkeypatch.setattr(type(item), "summary", Rule.summary)
    monkeypatch.setattr(BundledPeople, "additive_with_lead", False)
    rounds = [seeded_round(seed) for seed in range(8)] + [random_round(seed, 6) for seed in range(4)]
    assert sum(agree(document, seed) for seed, document in enumerate(rounds)) > 10
    assert "need_coverage" in says_nothing(RuleBook.of(()))


@pytest.mark.parametrize("mode", ["hard", "soft"])
def test_rules_that_the_code_has_never_seen(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constraints, "RULES", (*constraints.RULES, TwoSeniors(), EnterpriseLeads()))
    monkeypatch.setattr(scoring, "TERMS", (*scoring.TERMS, FamiliarFaces()))
    rules = [rule("two_seniors", mode, 11, above=45), rule("enterprise_leads", mode, 23, most=0)]
    documents = [tiny_round(seed, *rules, rule("familiar_faces", "on", 9)) for seed in range(10)]
    assert says_nothing(ready(documents[0], Random(0)).book) == ["familiar_faces", "two_seniors"]
    for seed, document in enumerate(documents):
        instance = ready(document, Random(seed))
        bench = Bench(instance.facts, instance.book)
        for id_, teams in valued_teams(instance, {}, 1).items():
            found = better_than(bench, bench.places[id_], prices_of(instance, {}, 1), LOWEST)
            most = max((team.worth for team in teams), default=None)
            assert (found.worth if found is not None else None) == most


def test_without_kinds_every_team_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aspects, "MOST_STATES", 5)
    for item in (*constraints.RULES, *scoring.TERMS):
        for name, plain in (("summary", Rule.summary), ("kind", ScoreTerm.kind), ("named", None)):
            if name in vars(type(item)) and plain is not None:
                own = PlanRule.kind if name == "kind" and isinstance(item, PlanRule) else plain
                monkeypatch.setattr(type(item), name, own)
    rounds = [seeded_round(seed) for seed in range(6)]
    assert sum(agree(document, seed) for seed, document in enumerate(rounds)) > 5


def test_a_summary_that_hides_something_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A term that says it reads nothing: the table promises what no team holds, or less than the first team has."""

    def nothing(*_: object) -> frozenset[str]:
        return frozenset()

    monkeypatch.setattr(NeedCoverage, "summary", nothing)
    noticed = 0
    for seed in range(30):
        try:
            agree(seeded_round(seed, "need_coverage"), seed)
        except (AssertionError, best.SummaryDiffers):
            noticed += 1
    assert noticed > 5


def test_the_rules_of_this_product_all_say_what_they_read() -> None:
    everything = [{"id": item.id, "mode": "hard"} for item in constraints.RULES]
    assert says_nothing(RuleBook.of([RuleOverride.model_validate(row) for row in everything])) == []


# ---------------------------------------------------------------- what links villages


def test_uses_are_the_loads_and_limits_are_the_rows() -> None:
    rows = 0
    for seed in range(40):
        document = seeded_round(seed)
        if not small_enough(document):
            continue
        instance = instance_of(document)
        bench = Bench(instance.facts, instance.book)
        links = {link.name: link for link in instance.links}
        limits = {
            (item.rule.id, limit.key): limit
            for item in instance.book.plan
            if item.on
            for limit in item.rule.limits(bench, item.params)
        }
        assert limits.keys() == links.keys()
        for name, limit in limits.items():
            row = links[name].row
            assert (limit.at_least, limit.at_most, limit.step, limit.flat) == (
                row.at_least,
                row.at_most,
                row.step,
                row.flat,
            )
        rows += len(limits)
        for block in instance.blocks.values():
            for person, role in block.seats:
                assert _used(instance, block.place, person, role, limits) == _loaded(
                    block, person, role, limits
                )
    assert rows > 100


def _used(instance: Instance, place: Any, person: Any, role: str, limits: Any) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for item in instance.book.plan:
        if item.on and (item.rule.villages if place.is_village else item.rule.captains):
            for key, used in item.rule.uses(instance.facts, place.seat(role), person, item.params).items():
                if used and (item.rule.id, key) in limits:
                    found[item.rule.id, key] = used
    return found


def _loaded(block: Any, person: Any, role: str, limits: Any) -> dict[Any, int]:
    values = block.values([(person.id, role)])
    loads = {name: load.value(values) for name, load in block.loads.items()}
    return {name: load for name, load in loads.items() if load and name in limits}
