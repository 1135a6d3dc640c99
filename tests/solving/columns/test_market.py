"""Prices keep to what rows allow, and then no plan within the limits is charged more than the limits are worth."""

from itertools import product
from random import Random

import numpy as np
import pytest

from matcher.model.instance import Link
from matcher.rulekit import LinkRow
from matcher.solving.columns.market import HIGHEST, SCALE, Market
from matcher.solving.columns.outside import Outside
from matcher.solving.state import amount_of


def link(mode: str = "hard", weight: int = 0, **row: object) -> Link:
    return Link("rule", LinkRow("key", **row), mode, weight)  # type: ignore[arg-type]


LIMITED = {
    "hard most": (link(at_most=3), 0, HIGHEST),
    "hard least": (link(at_least=3), -HIGHEST, 0),
    "hard both": (link(at_least=1, at_most=3), -HIGHEST, HIGHEST),
    "hard flat": (link(at_most=3, flat=True), 0, HIGHEST),
    "soft most": (link("soft", 7, at_most=3), 0, 7 * SCALE),
    "soft least": (link("soft", 7, at_least=3), -7 * SCALE, 0),
    "soft both": (link("soft", 7, at_least=1, at_most=3), -7 * SCALE, 7 * SCALE),
    "stepped most": (link("soft", 7, at_most=3, step=3), 0, 2333),
    "stepped least": (link("soft", 7, at_least=3, step=3), -2333, 0),
    "hard stepped": (link(at_most=3, step=3), 0, HIGHEST),
    "soft flat": (link("soft", 7, at_least=1, at_most=3, flat=True), 0, 0),
    "no limit": (link(), 0, 0),
}


@pytest.mark.parametrize("name", LIMITED)
def test_prices_keep_to_sign_and_cap(name: str) -> None:
    row, lowest, highest = LIMITED[name]
    market = Market([row])
    for points in (-1e12, -7.5, -0.0004, 0.0, 0.0004, 2.5, 1e12):
        price = int(market.allowed(np.array([points]))[0])
        assert price == min(max(round(points * SCALE), lowest), highest)


def test_limits_are_worth_their_price_on_the_side_of_it() -> None:
    market = Market([link(at_most=3), link(at_least=2), link(at_least=1, at_most=5), link(at_most=0)])
    assert Outside(market).limits_worth(np.array([10, -10, 10, 99])) == 30 - 20 + 50
    assert Outside(market).limits_worth(np.array([0, 0, -10, 0])) == -10
    assert Outside(market).limits_worth(np.zeros(4, np.int64)) == 0


def test_rows_are_numbered_by_name() -> None:
    links = [Link("quota", LinkRow(name, at_most=1), "hard", 0) for name in ("U1", "U2")]
    market = Market([*links, Link("share", LinkRow("U1", at_least=1), "soft", 3)])
    assert market.number == {("quota", "U1"): 0, ("quota", "U2"): 1, ("share", "U1"): 2}
    assert (len(market), list(market.penalty)) == (3, [np.inf, np.inf, 3.0])
    assert len(Market([])) == Outside(Market([])).limits_worth(np.zeros(0, np.int64)) == 0


def test_no_load_is_charged_more_than_limits_and_penalties_are_worth() -> None:
    """That is what makes every bound a bound, at any allowed prices, whatever rows there are."""
    chance = Random(1)
    links = [row for row, _, _ in LIMITED.values()]
    market = Market(links)
    for _ in range(200):
        prices = market.allowed(np.array([chance.uniform(-12, 12) for _ in links]))
        for i, row in enumerate(links):
            alone = np.zeros(len(links), np.int64)
            alone[i] = prices[i]
            worth = Outside(market).limits_worth(alone)
            for load in range(-2, 9):
                amount = amount_of(load, row.row)
                if row.mode == "hard" and amount:
                    continue
                penalty = row.weight * SCALE * amount if row.mode == "soft" else 0
                assert worth - int(prices[i]) * load >= -penalty, (row, load, prices[i])


@pytest.mark.parametrize(("mode", "step", "flat"), [*product(["hard", "soft"], [1, 2], [False, True])])
def test_penalties_a_unit_are_those_of_the_rows(mode: str, step: int, flat: bool) -> None:
    row = link(mode, 6, at_most=2, step=step, flat=flat)
    expected = np.inf if mode == "hard" else 0.0 if flat else 6 / step
    assert Market([row]).penalty[0] == expected
