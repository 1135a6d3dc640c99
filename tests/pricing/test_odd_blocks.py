"""What no rule says yet is read all the same: exactly where it fits, else as a bound that says that it is one."""

from collections import Counter
from functools import cache
from random import Random

import pytest

from matcher.solving.columns.piece import Piece
from matcher.solving.stopping import Stop

from .odd_blocks import odd_lots
from .pieces import Lot, some_prices
from .test_listing import floors, listed

SERIES = [range(start, start + 100) for start in range(0, 300, 100)]


@cache
def lots(seeds: range) -> list[Lot]:
    return list(odd_lots(seeds))


@pytest.mark.parametrize("seeds", SERIES, ids=lambda seeds: str(seeds.start))
def test_bounds_hold(seeds: range) -> None:
    chance = Random(seeds.start)
    for lot in lots(seeds):
        prices = some_prices(chance, lot.market)
        most, offer = lot.most(prices), lot.piece.offer(prices, None)
        if lot.piece.pricer.exact:
            assert offer.bound == most
        if most is not None:
            assert offer.bound is not None
            assert offer.bound >= most
        if offer.column is not None:
            worth = lot.worths(prices)[offer.column.team]
            assert worth == Piece.worth(offer.column, prices)
            assert offer.proven == (worth == offer.bound)


@pytest.mark.parametrize("seeds", SERIES, ids=lambda seeds: str(seeds.start))
def test_all_teams_are_listed(seeds: range) -> None:
    chance = Random(seeds.start)
    for lot in lots(seeds):
        if lot.piece.pricer.exact:
            prices = some_prices(chance, lot.market)
            worths = lot.worths(prices)
            for floor in floors(chance, list(worths.values()) or [0]):
                above = {team: worth for team, worth in worths.items() if worth >= floor}
                assert listed(lot, prices, floor) == above


@pytest.mark.parametrize("seeds", SERIES, ids=lambda seeds: str(seeds.start))
def test_the_solver_prices_what_the_program_relaxes(seeds: range) -> None:
    chance = Random(seeds.start)
    for lot in lots(seeds)[::10]:
        prices = some_prices(chance, lot.market)
        offer = lot.piece.exact_offer(prices, Stop(), seed=1)
        assert (offer.bound, offer.proven) == (lot.most(prices), True)


def test_they_are_of_every_kind() -> None:
    kinds = Counter[str]()
    for lot in lots(SERIES[0]):
        kinds["exact" if lot.piece.pricer.exact else "relaxed"] += 1
        kinds["exact with bonuses"] += lot.piece.pricer.exact and lot.piece.pricer.board.bonus_helper.size > 0
        kinds["with teams"] += bool(lot.columns)
    assert min(kinds.values()) > 5, kinds
