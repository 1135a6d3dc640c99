"""Certificates made without the checker are accepted; whatever is altered in one is named."""

from __future__ import annotations

import json
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from matcher import InvalidInput, Plan, Round, check
from matcher.certificate import BlockBound, Certificate, Limits, Price, UnlimitedPrice
from matcher.check.attainable import attainable_points
from matcher.constraints.one_post import OnePost
from matcher.rulekit import PlanRule
from tests.check.certified import best_blocks, certificate_of, certified, checked, small_enough
from tests.check.plans import ANY_POSTS, amounts_by_limits, breaches_of_round, random_plans
from tests.check.priced import instance_of, random_prices, valued_teams
from tests.outside.brute_force import best_plan
from tests.outside.small import Row, cadre, only_terms, round_of, rule, village
from tests.properties.tiny_rounds import seeded_round

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.certificate import RowName
    from matcher.model.instance import Instance

SEEDS = range(60)


def cases() -> Iterator[tuple[int, Row, Instance, Certificate]]:
    for seed in SEEDS:
        document = seeded_round(seed)
        found = certified(document, seed)
        if found is not None:
            yield seed, document, *found


def codes(instance: Instance, certificate: Certificate | None, **plan: Any) -> list[str]:
    return [problem.code for problem in checked(instance, certificate, **plan).problems]


# ---------------------------------------------------------------- what is true


def test_a_true_certificate_stands_and_no_plan_scores_more() -> None:
    stood = 0
    for _, document, instance, certificate in cases():
        report = checked(instance, certificate, bound=certificate.bound)
        assert (report.ok, report.proven, report.by_search) == (True, certificate.bound, False)
        best = best_plan(document)
        assert best.score is None or best.score <= certificate.bound
        stood += best.score is not None
    assert stood > 15


def test_a_bound_of_a_block_may_be_higher_than_its_best_team() -> None:
    for _, _, instance, certificate in list(cases())[:5]:
        blocks = tuple(row.model_copy(update={"bound": row.bound + 5}) for row in certificate.blocks)
        limits = {link.name: Limits(link.row.at_least, link.row.at_most) for link in instance.links}
        loose = certificate.model_copy(update={"blocks": blocks})
        loose = loose.model_copy(update={"bound": loose.added_up(limits)})
        assert checked(instance, loose).ok


def test_what_a_search_closed_is_told_apart() -> None:
    _, _, instance, certificate = next(cases())
    report = checked(instance, certificate, score=certificate.bound - 3, bound=certificate.bound - 2)
    assert (report.ok, report.by_search, report.stated) == (True, True, certificate.bound - 2)


def test_a_floor_leaves_teams_out() -> None:
    """With a floor the bound speaks of fewer plans, and the best of those keeps it."""
    lower = 0
    for seed in SEEDS:
        document = seeded_round(seed)
        first = instance_of(document)
        attainable = attainable_points(first.facts, first.book)
        plain = certified(document, seed, attainable=attainable)
        if plain is None:
            continue
        fair = certified(document, seed, attainable=attainable, floor=Fraction(4, 5))
        if fair is None:
            continue
        assert checked(*fair, worst="4/5").ok
        best = best_plan(document, Fraction(4, 5))
        assert best.score is None or best.score <= fair[1].bound
        if fair[1].bound < plain[1].bound:
            free = fair[1].model_copy(update={"floor": None})
            assert "block_exceeded" in codes(fair[0], free)
            lower += 1
    assert lower > 3


# ---------------------------------------------------------------- what is altered


def altered_price(certificate: Certificate, row: RowName, by: int) -> Certificate:
    """The certificate with another price on one row."""
    prices = (p.model_copy(update={"price": p.price + by}) if p.row == row else p for p in certificate.prices)
    return certificate.model_copy(update={"prices": tuple(prices)})


@pytest.mark.parametrize("by", [1, -1])
def test_an_altered_price_is_refused(by: int) -> None:
    refused = 0
    for _, _, instance, certificate in cases():
        limits = {link.name: {link.row.at_least, link.row.at_most} for link in instance.links}
        # Where the limit is 0, the sum stays; and what is still true is not refused.
        rows = [p.row for p in certificate.prices if p.price + by and 0 not in limits[p.row]]
        if rows and certificate.scale == 1:
            assert not checked(instance, altered_price(certificate, rows[0], by)).ok
            refused += 1
    assert refused > 3


def test_a_bound_of_a_block_that_some_team_exceeds_is_named() -> None:
    """Even where the sum is put right."""
    for seed, _, instance, certificate in list(cases())[:12]:
        first, *rest = certificate.blocks
        lowered = first.model_copy(update={"bound": first.bound - 7})
        false = certificate.model_copy(update={"blocks": (lowered, *rest)})
        limits = {link.name: Limits(link.row.at_least, link.row.at_most) for link in instance.links}
        false = false.model_copy(update={"bound": false.added_up(limits)})
        problem = next(p for p in checked(instance, false).problems if p.code == "block_exceeded")
        assert (problem.table, problem.row, problem.field) == ("certificate.blocks", 0, "bound")
        assert (problem.details["over"], problem.details["worth"]) == (7, first.bound), seed


def one(certificate: Certificate, **changes: Any) -> Certificate:
    return certificate.model_copy(update=changes)


def unlike(certificate: Certificate, **changes: Any) -> tuple[Price, ...]:
    """The prices with one more, made from these fields."""
    fields = {"rule": "one_post", "key": "a", "price": 1, **changes}
    return (*certificate.prices, Price(**fields))


FALSE: list[tuple[str, Any]] = [
    ("certificate_of_other_round", lambda c: one(c, round_digest="0" * 64)),
    ("constant_differs", lambda c: one(c, constant=c.constant + 1)),
    ("bound_differs", lambda c: one(c, bound=c.bound - 1)),
    ("bound_differs", lambda c: one(c, bound=c.bound + 1)),
    ("block_missing", lambda c: one(c, blocks=c.blocks[1:])),
    ("block_twice", lambda c: one(c, blocks=(*c.blocks, c.blocks[0]))),
    ("block_of_unknown_place", lambda c: one(c, blocks=(*c.blocks, BlockBound(village="nowhere", bound=0)))),
    ("block_of_unknown_place", lambda c: one(c, blocks=(*c.blocks, BlockBound(township="nowhere", bound=0)))),
    ("price_of_unknown_rule", lambda c: one(c, prices=unlike(c, rule="no_rule"))),
    ("price_of_rule_off", lambda c: one(c, prices=unlike(c, rule="mean_age", key="age"))),
    ("price_not_checkable", lambda c: one(c, prices=unlike(c, rule="type_specialty", key="x"))),
    ("price_of_unknown_row", lambda c: one(c, prices=unlike(c, key="nobody"))),
    ("price_of_unknown_row", lambda c: one(c, prices=unlike(c, key=("a", "b")))),
    ("price_without_limit", lambda c: one(c, prices=unlike(c, price=-1))),
    ("price_twice", lambda c: one(c, prices=(*unlike(c), *unlike(c)[-1:]))),
    ("price_too_high", lambda c: one(c, prices=unlike(c, rule="young_share", key="young", price=-7))),
    ("prices_too_large", lambda c: one(c, prices=unlike(c, key="b", price=10**17))),
]  # fmt: skip


def county() -> Row:
    """Two villages of one first secretary each, three people, a soft share of the young at 6 a post in fifths."""
    people = [cadre(name, specialties={"law": level}) for name, level in (("a", 5), ("b", 3), ("c", 1))]
    places = [village(name, residents=0, needs={"law": 2}) for name in "VW"]
    rules = [*only_terms("need_fit")[1:], rule("young_share", "soft", 30)]
    return round_of(places, people, rules=rules)


@pytest.fixture(scope="module")
def sound() -> tuple[Instance, Certificate]:
    instance = instance_of(county())
    prices = {("one_post", "a"): 12}
    blocks = best_blocks(valued_teams(instance, prices, 1))
    assert blocks is not None
    return instance, certificate_of(instance, prices, blocks, 1)


def test_the_sound_one_stands(sound: tuple[Instance, Certificate]) -> None:
    assert codes(*sound) == []
    assert sound[1].bound == 2 * 18 + 12


@pytest.mark.parametrize(("code", "change"), FALSE, ids=[f"{i}-{code}" for i, (code, _) in enumerate(FALSE)])
def test_what_is_false_is_named(sound: tuple[Instance, Certificate], code: str, change: Any) -> None:
    instance, certificate = sound
    if code == "price_twice":
        certificate = one(certificate, prices=())
    report = checked(instance, change(certificate))
    assert (code in [problem.code for problem in report.problems], report.proven) == (True, None)


def test_figures_beside_the_certificate(sound: tuple[Instance, Certificate]) -> None:
    instance, certificate = sound
    bound = certificate.bound
    assert codes(instance, certificate, score=bound + 1) == ["score_above_certificate"]
    assert codes(instance, certificate, bound=bound + 1) == ["bound_above_certificate"]
    assert codes(instance, None) == ["no_certificate"]
    floor = certificate.model_copy(update={"floor": "1/2"})
    assert "floor_above_plan" in codes(instance, floor, worst="49/100")


def test_prices_on_a_rule_that_says_no_limits(
    sound: tuple[Instance, Certificate], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rule added tomorrow: it works, and its price is refused by name."""
    monkeypatch.setattr(OnePost, "limits", PlanRule.limits)
    problem = checked(*sound).problems[0]
    assert (problem.code, problem.details["rule"], problem.row) == ("price_not_checkable", "one_post", 0)


# ---------------------------------------------------------------- the document


def test_a_certificate_survives_its_document(sound: tuple[Instance, Certificate]) -> None:
    certificate = one(sound[1], prices=unlike(sound[1], rule="spouses", key=("a", "b")), floor="37/50")
    plan = Plan(score=1, posts=(), certificate=certificate)
    read = Plan.from_document(json.loads(plan.json_text()))
    assert read == plan
    assert read.certificate is not None
    assert read.certificate.prices[-1].key == ("a", "b")
    assert read.certificate.least_index == Fraction(37, 50)


@pytest.mark.parametrize(
    "change",
    [
        {"scale": 0}, {"scale": 1.0}, {"bound": "5"}, {"bound": 1.0}, {"floor": "0.74"}, {"floor": "1/0"}, {"more": 1},
        {"prices": [{"rule": "one_post", "key": "a", "price": 0}]},
        {"prices": [{"rule": "one_post", "key": "a", "price": True}]},
        {"prices": [{"rule": "one_post", "key": 1.5, "price": 1}]},
        {"prices": [{"rule": "one_post", "key": {"a": 1}, "price": 1}]},
        {"blocks": [{"bound": 1}]},
        {"blocks": [{"village": "V", "township": "T", "bound": 1}]},
        {"blocks": [{"village": "V", "county": "C", "bound": 1}]},
        {"blocks": [{"village": "V", "bound": 10**30}]},
    ],
)  # fmt: skip
def test_what_is_no_certificate_is_refused(
    sound: tuple[Instance, Certificate], change: dict[str, Any]
) -> None:
    document = {**sound[1].model_dump(mode="json", by_alias=True, exclude_none=True), **change}
    with pytest.raises(InvalidInput):
        Plan.from_document({"score": 1, "posts": [], "certificate": document})


def test_a_price_needs_a_limit_on_its_side() -> None:
    certificate = Certificate(
        round_digest="", scale=2, constant=-3, prices=(Price(rule="r", key="k", price=-5),),
        blocks=(BlockBound(village="V", bound=4),), bound=0,
    )  # fmt: skip
    assert certificate.added_up({("r", "k"): Limits(3, None)}) == (4 - 15) // 2 - 3
    with pytest.raises(UnlimitedPrice):
        certificate.added_up({("r", "k"): Limits(None, 3)})


# ---------------------------------------------------------------- with the whole checker


def test_the_checker_takes_the_bound_along() -> None:
    round_ = Round.from_document({"id": "tiny"} | county())
    instance = instance_of(county())
    prices = {("one_post", "a"): 12}
    blocks = best_blocks(valued_teams(instance, prices, 1))
    assert blocks is not None
    certificate = certificate_of(instance, prices, blocks, 1)
    posts = [{"cadre": "a", "village": "V", "role": "first_secretary"}]
    plan = Plan.from_document({"score": 0, "posts": posts}).model_copy(update={"certificate": certificate})
    assert check(round_, plan).bound is None
    report = check(round_, plan, bound=True)
    assert report.bound is not None
    assert (report.bound.ok, report.bound.proven, report.ok) == (True, 48, False)
    assert report.document()["bound"]["proven"] == 48


def test_amounts_of_limits_are_those_of_breaches() -> None:
    """Over random plans: what all members use, held against the limits, is what the check of the plan finds."""
    compared = 0
    for seed in range(60):
        document = seeded_round(seed)
        if not small_enough(document):
            continue
        instance = instance_of(document)
        linked = {link.rule for link in instance.links}
        for view, twice in random_plans(instance, seed):
            for item in instance.book.plan:
                if item.rule.id in linked and (item.rule.id in ANY_POSTS or not twice):
                    expected = breaches_of_round(item, view)
                    assert amounts_by_limits(item, view) == expected, (seed, item.rule.id)
                    compared += bool(expected)
    assert compared > 100


def test_random_prices_are_many(sound: tuple[Instance, Certificate]) -> None:
    instance = instance_of(seeded_round(5))
    tables = [random_prices(Random(seed), instance, 10) for seed in range(10)]
    assert len({frozenset(table.items()) for table in tables}) > 5
    assert sound[1].prices
