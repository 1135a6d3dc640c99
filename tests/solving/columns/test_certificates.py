"""The certificates that the solver writes stand up to the checker; altered in anything, they don't."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random

import pytest

from matcher import Plan, Round, Settings, check, read_round, solve
from matcher.certificate import BlockBound, Certificate
from matcher.check.report import Report
from tests.outside.small import Row
from tests.properties.judged import best_of, round_of
from tests.properties.tiny_rounds import seeded_round

from .crossing import crossing_round
from .solved import columns_of

SAMPLES = Path(__file__).parents[3] / "data" / "samples"
DOCS = [
    *(seeded_round(seed) for seed in range(900, 930)),
    *(crossing_round(seed) for seed in range(900, 905)),
]

#: Rules whose rows have a limit of 1.
OF_ONE = ("one_post", "spouses", "named_picks", "decisions")

Changed = Callable[[Random, Certificate], Certificate]


@cache
def huaxi() -> tuple[Round, Plan]:
    round_ = read_round(SAMPLES / "huaxi" / "round.json")
    plan = solve(round_, Settings(method="columns")).best
    assert plan is not None
    return round_, plan


def certified() -> Iterator[tuple[Row | None, Round, Plan]]:
    """Plans with their certificates: of tiny rounds, and of the sample (which has no document here)."""
    for doc in DOCS:
        plan = columns_of(doc).best
        if plan is not None:
            yield doc, round_of(doc), plan
    yield None, *huaxi()


def certificate_of(plan: Plan) -> Certificate:
    assert plan.certificate is not None
    return plan.certificate


def with_certificate(plan: Plan, certificate: Certificate) -> Plan:
    return plan.model_copy(update={"certificate": certificate})


def test_the_solvers_certificates_stand() -> None:
    stood = 0
    for doc, round_, plan in certified():
        report = check(round_, plan, bound=True)
        assert report.ok, report.document()
        assert report.bound is not None
        assert report.bound.proven == certificate_of(plan).bound
        if doc is not None:
            best = best_of(doc).score if doc["id"] == "tiny" else plan.score
            assert best is not None
            assert certificate_of(plan).bound >= best
        stood += 1
    assert stood > 15


def test_bounds_of_blocks_are_those_of_their_best_teams() -> None:
    """No looser than they need be: a point less in any block is refused, even with the sum put right."""
    refused = 0
    for _, round_, plan in certified():
        certificate = certificate_of(plan)
        for number, block in enumerate(certificate.blocks[:3]):
            less = block.model_copy(update={"bound": block.bound - certificate.scale})
            blocks = (*certificate.blocks[:number], less, *certificate.blocks[number + 1 :])
            false = certificate.model_copy(update={"blocks": blocks, "bound": certificate.bound - 1})
            codes = codes_of(check(round_, with_certificate(plan, false), bound=True))
            refused += "block_exceeded" in codes
            assert codes
    assert refused > 15


def codes_of(report: Report) -> list[str]:
    assert report.bound is not None
    return [problem.code for problem in report.bound.problems]


def _another_price(chance: Random, certificate: Certificate) -> Certificate:
    """The price of a row whose limit is 1 moved by three points: they are not in the sum."""
    at = chance.choice([i for i, price in enumerate(certificate.prices) if price.rule in OF_ONE])
    price = certificate.prices[at]
    moved = price.model_copy(
        update={"price": price.price + (3 if price.price > 0 else -3) * certificate.scale}
    )
    prices = (*certificate.prices[:at], moved, *certificate.prices[at + 1 :])
    return certificate.model_copy(update={"prices": prices})


def _another_bound(chance: Random, certificate: Certificate) -> Certificate:
    at = chance.randrange(len(certificate.blocks))
    block = certificate.blocks[at]
    moved = block.model_copy(update={"bound": block.bound + chance.choice([-1, 1]) * certificate.scale})
    return certificate.model_copy(
        update={"blocks": (*certificate.blocks[:at], moved, *certificate.blocks[at + 1 :])}
    )


def _no_village(chance: Random, certificate: Certificate) -> Certificate:
    at = chance.randrange(len(certificate.blocks))
    return certificate.model_copy(
        update={"blocks": (*certificate.blocks[:at], *certificate.blocks[at + 1 :])}
    )


def _another_village(chance: Random, certificate: Certificate) -> Certificate:
    at = chance.randrange(len(certificate.blocks))
    elsewhere = BlockBound(village="elsewhere", bound=certificate.blocks[at].bound)
    return certificate.model_copy(
        update={"blocks": (*certificate.blocks[:at], elsewhere, *certificate.blocks[at + 1 :])}
    )


def _lower(_chance: Random, certificate: Certificate) -> Certificate:
    return certificate.model_copy(update={"bound": certificate.bound - 1})


def _another_round(_chance: Random, certificate: Certificate) -> Certificate:
    return certificate.model_copy(update={"round_digest": certificate.round_digest[::-1]})


@pytest.mark.parametrize(
    "change",
    [_another_price, _another_bound, _no_village, _another_village, _lower, _another_round],
    ids=lambda change: change.__name__.strip("_"),
)
def test_what_is_altered_is_refused(change: Changed) -> None:
    chance = Random(change.__name__)
    refused = 0
    for _, round_, plan in certified():
        certificate = certificate_of(plan)
        if change is _another_price and not any(price.rule in OF_ONE for price in certificate.prices):
            continue
        report = check(round_, with_certificate(plan, change(chance, certificate)), bound=True)
        assert not report.ok
        assert codes_of(report)
        refused += 1
    assert refused > (10 if change is _another_price else 15)


def test_a_round_with_another_village_is_another_round() -> None:
    round_, plan = huaxi()
    rows = round_.document()["villages"]
    rows[0]["hardship"] = 1 + rows[0].get("hardship", 1) % 5
    report = check(round_.patched(villages=rows), plan, bound=True)
    assert "certificate_of_other_round" in codes_of(report)


def test_a_certificate_survives_its_document() -> None:
    for _, round_, plan in certified():
        read = Plan.from_document(plan.document())
        assert read.certificate == plan.certificate
        assert check(round_, read, bound=True).ok
