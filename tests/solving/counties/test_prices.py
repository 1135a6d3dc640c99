"""Prices of a whole round: they stay in their box, and the bound comes down to what one program of all places gives."""

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest

from matcher import Round
from matcher.model.instance import Instance
from matcher.settings import Settings
from matcher.solving import Memory, Stop
from matcher.solving.columns.market import SCALE
from matcher.solving.columns.shop import Shop
from matcher.solving.counties.crew import Inline
from matcher.solving.counties.method import CountiesMethod
from matcher.solving.counties.prices import Prices
from matcher.solving.counties.whole import mix_of
from matcher.solving.incumbent import Incumbent
from matcher.synth import county_of
from tests.solving.columns.solved import converged

if TYPE_CHECKING:
    from matcher.solving.counties.plans import Plans


def begun(villages: int, counties: int, seed: int) -> CountiesMethod:
    """A round whose counties are open and have first prices."""
    instance = Instance(Round.from_document(county_of(villages, seed=seed, counties=counties)))
    settings = Settings(method="counties", effort=20)
    method = CountiesMethod(instance, Incumbent(instance, {}, Stop()), settings, Stop(), Memory())
    method.prefecture.crew = Inline(instance)
    opened = method._open()  # noqa: SLF001 - the steps before prices
    seats = sum(part.seats for part in method.prefecture.parts)
    method.prices.begin(SCALE * sum(found.most for found in opened) / seats, {})
    return method


def settled(prices: Prices) -> list[int]:
    """Price until nothing more comes; return the bounds on the way."""
    bounds = []
    while not prices.done:
        prices.round()
        bounds.append(prices.proof.total)
    return bounds


@pytest.mark.parametrize("seed", [2, 4])
def test_the_bound_comes_down_to_that_of_one_program(seed: int) -> None:
    method = begun(30, 3, seed)
    bounds = settled(method.prices)
    assert bounds == sorted(bounds, reverse=True)
    instance = method.instance
    with Shop(instance.links, instance.blocks.values()) as shop:
        proof = converged(shop).proof
    assert proof is not None
    assert bounds[-1] == pytest.approx(proof.total, rel=5e-4)
    assert method.incumbent.bound == bounds[-1] // SCALE + instance.constant


@pytest.mark.parametrize("box", [0.5, 8.0])
def test_the_prices_of_the_mix_stay_in_the_box(box: float) -> None:
    method = begun(26, 2, 3)
    prices, all_ = method.prices, method.prefecture
    prices.round()
    columns = [column for part in all_.near(20, prices.proof.prices) for column in part]
    mix = mix_of(columns, len(all_.places), all_.market, prices.proof.prices, box, Stop())
    assert mix is not None
    loaded = sorted({row for column in columns for row in column.rows})
    away = np.abs(mix.prices - prices.proof.prices / SCALE)[loaded]
    assert away.max() <= box + 0.01
    assert away.max() > 0.3 * box
    # What the mix promises is never more than what prices in the box can give.
    assert mix.value <= prices.proof.total / SCALE + 0.01


def test_a_stop_ends_the_mix() -> None:
    method, stop = begun(26, 2, 3), Stop()
    method.prices.round()
    stop.request()
    method.prefecture.stop = stop
    before = method.prices.mix
    method.prices.round()
    assert method.prices.done
    assert method.prices.mix is before


@pytest.mark.parametrize("counties", [1, 2, 3, 4, 5, 8])
def test_every_two_counties_meet_once_before_any_meet_again(counties: int) -> None:
    instance = Instance(Round.from_document(county_of(max(26, 10 * counties), seed=1, counties=counties)))
    method = CountiesMethod(instance, Incumbent(instance, {}, Stop()), Settings(), Stop(), Memory())
    plans: Plans = method.plans
    many = len(method.prefecture.parts)
    assert many == counties
    sweeps = [plans._groups() for _ in range(max(1, many - 1 + many % 2))]  # noqa: SLF001 - who is together
    for groups in sweeps:
        assert sorted(part for group in groups for part in group) == list(range(many))
    met = sorted(tuple(sorted(group)) for groups in sweeps for group in groups if len(group) > 1)
    assert met == list(combinations(range(many), 2))
