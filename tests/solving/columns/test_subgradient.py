"""First prices: allowed ones, nearly the best, and the same on any number of threads."""

from functools import cache

import numpy as np

from matcher import Round, solve
from matcher.model.instance import Instance
from matcher.solving import Stop
from matcher.solving.columns.outside import Outside
from matcher.solving.columns.shop import Shop
from matcher.solving.columns.subgradient import first_prices, loading_of
from matcher.synth import county_of
from tests.pricing.pieces import Ints, ruled_lots


@cache
def instance() -> Instance:
    return Instance(Round.from_document(county_of(25, seed=7)))


def shop(workers: int = 1) -> Shop:
    return Shop(instance().links, instance().blocks.values(), workers)


def bound(of: Shop, prices: Ints) -> int:
    priced = of.price(range(len(of.pieces)), prices, [None] * len(of.pieces), Stop())
    assert priced is not None
    return sum(priced.bounds.values()) + Outside(of.market).limits_worth(prices)


def test_they_prove_nearly_the_best_bound() -> None:
    """Prices of nothing prove a bound that is more than a twentieth above a plan's score; these a two-hundredth."""
    with shop() as here:
        prices, columns = first_prices(here, Outside(here.market), Stop(), 1)
        assert (prices == here.market.allowed(prices / 1000)).all()
        best = solve(instance().round).best
        assert best is not None
        score = (best.score - instance().constant) * 1000
        assert bound(here, np.zeros_like(prices)) > 1.05 * score
        assert score <= bound(here, prices) < 1.005 * score
        assert {column.block for column in columns} == set(range(len(here.pieces)))


def test_they_are_the_same_on_any_number_of_threads() -> None:
    found = []
    for workers in (1, 2, 3):
        with shop(workers) as here:
            found.append(first_prices(here, Outside(here.market), Stop(), 1))
    for prices, columns in found[1:]:
        assert (prices == found[0][0]).all()
        assert columns == found[0][1]


def test_a_stop_ends_them() -> None:
    stop = Stop()
    stop.request()
    with shop() as here:
        prices, columns = first_prices(here, Outside(here.market), stop, 1)
    assert not prices.any()
    assert columns == []


def test_rows_are_counted_that_a_block_loads() -> None:
    for lot in ruled_lots(20):
        rows = set(lot.piece.loads)
        counted = loading_of([lot.piece], len(lot.market)).blocks
        loaded = {n for n, load in lot.piece.loads.items() if load.terms or load.constant}
        assert set(np.flatnonzero(counted).tolist()) == loaded <= rows
