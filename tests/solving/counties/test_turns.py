"""Counties choose in turn: nobody is given twice, what is owed is seen to by one, and together they make a plan."""

from functools import cache

import numpy as np
import pytest

from matcher import Round
from matcher.model.instance import Instance
from matcher.settings import Settings
from matcher.solving import Memory, Stop
from matcher.solving.counties.crew import Inline
from matcher.solving.counties.method import CountiesMethod
from matcher.solving.counties.turns import Turns, loads_of
from matcher.solving.incumbent import Incumbent
from matcher.synth import county_of


@cache
def priced() -> CountiesMethod:
    """Four counties that have agreed on prices, without a plan yet."""
    instance = Instance(Round.from_document(county_of(44, seed=5, counties=4)))
    settings = Settings(method="counties", effort=20)
    method = CountiesMethod(instance, Incumbent(instance, {}, Stop()), settings, Stop(), Memory())
    method.prefecture.crew = Inline(instance)
    opened = method._open()  # noqa: SLF001 - the steps before a plan
    method.prices.begin(1000 * sum(found.most for found in opened) / 200, {})
    for _ in range(4):
        method.prices.round()
    assert method.prices.proof.bounds
    return method


@pytest.fixture
def method() -> CountiesMethod:
    return priced()


def test_two_that_choose_together_never_get_the_same(method: CountiesMethod) -> None:
    turns, market, crossing = (
        Turns(method.prefecture, method.prices),
        method.prefecture.market,
        method.prefecture.division.crossing,
    )
    one, other = (turns.terms(part, [0, 1]).base for part in (0, 1))
    assert one is not None
    assert other is not None
    capped = crossing & np.isinf(market.penalty) & np.isfinite(market.most) & ~(market.least > 0)
    assert capped.sum() > 5
    left = np.maximum(market.most - one, 0) + np.maximum(market.most - other, 0)
    assert (left[capped] <= market.most[capped]).all()


def test_what_neither_wants_goes_to_both_alike(method: CountiesMethod) -> None:
    turns, all_ = Turns(method.prefecture, method.prices), method.prefecture
    turns._wanted = 1e-9 * np.array(all_.division.own)  # noqa: SLF001 - nobody wants anything
    left = np.ones(len(all_.market))
    one, other = (turns._part(left, part, 1 - part) for part in (0, 1))  # noqa: SLF001
    both = all_.division.own[0] & all_.division.own[1]
    assert ((one + other)[both] == 1).all()
    assert 0.3 < one[both].mean() < 0.7


def test_what_is_crossing_costs_less_than_its_price_and_nothing_in_the_last_turn(
    method: CountiesMethod,
) -> None:
    turns, crossing = Turns(method.prefecture, method.prices), method.prefecture.division.crossing
    prices = method.prices.proof.prices
    charges = turns.terms(0, [0, 1]).charges
    assert charges is not None
    assert (charges <= np.maximum(prices, 0)).all()
    assert (charges[crossing & (prices > 0)] > 0).any()
    assert not charges[~crossing].any()
    turns.chose([0, 1], {})
    last = turns.terms(2, [2, 3]).charges
    assert last is not None
    assert not last.any()


def test_what_was_taken_is_gone(method: CountiesMethod) -> None:
    turns, all_ = Turns(method.prefecture, method.prices), method.prefecture
    near = all_.near(1, method.prices.proof.prices)
    teams = {column.block: column for column in near[0]}
    turns.chose([0], teams)
    base = turns.terms(1, [1]).base
    assert base is not None
    loads = loads_of(all_.market, teams.values())
    hard = np.isinf(all_.market.penalty) & all_.division.crossing & np.isfinite(all_.market.most)
    assert loads[hard].sum() > 0
    assert (base[hard] >= loads[hard]).all()


def test_a_county_without_teams_chooses_anew(method: CountiesMethod) -> None:
    """A county's teams are lost: it chooses anew out of what is left."""
    plans, all_ = method.plans, method.prefecture
    assert plans.make() or method.incumbent.score is not None
    whole = dict(plans.chosen)
    gone = set(all_.parts[1].numbers)
    mended = plans._mended({block: team for block, team in whole.items() if block not in gone})  # noqa: SLF001
    assert set(mended) == set(whole)
    assert not plans._missed(mended.values()).any()  # noqa: SLF001


def test_their_choices_make_a_plan_near_the_bound(method: CountiesMethod) -> None:
    assert method.plans.make() or method.incumbent.score is not None
    incumbent = method.incumbent
    assert incumbent.score is not None
    assert incumbent.bound is not None
    assert incumbent.bound - incumbent.score <= 0.05 * incumbent.bound
