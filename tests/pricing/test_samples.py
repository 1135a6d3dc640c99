"""Villages of the samples: as many people and rules as there are in earnest."""

from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import pytest

from matcher import read_round
from matcher.model.instance import Instance
from matcher.solving.columns.market import SCALE, Market
from matcher.solving.columns.piece import Piece
from matcher.solving.stopping import Stop

from .pieces import some_prices

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
COUNTIES = ("huaxi", "louxing", "qinyang", "yuzhong")


@cache
def instance_of(kind: str) -> Instance:
    return Instance(read_round(SAMPLES / kind / "round.json"))


def some_pieces(kind: str, how_many: int) -> list[tuple[Piece, Market]]:
    instance = instance_of(kind)
    market = Market(instance.links)
    places = Random(kind).sample(sorted(instance.screening.places), how_many)
    blocks = (instance.block(instance.screening.places[id_]) for id_ in places)
    return [(Piece(number, block, market), market) for number, block in enumerate(blocks)]


@pytest.mark.parametrize("kind", COUNTIES)
def test_the_best_team_is_that_of_the_solver(kind: str) -> None:
    chance = Random(kind)
    for piece, market in some_pieces(kind, 5):
        assert piece.pricer.exact
        for prices in (np.zeros(len(market), np.int64), some_prices(chance, market, 9 * SCALE)):
            offer, solved = piece.offer(prices, None), piece.exact_offer(prices, Stop(), seed=1)
            assert solved.proven
            assert offer.bound == solved.bound
            assert offer.column is not None
            assert Piece.worth(offer.column, prices) == offer.bound


@pytest.mark.parametrize("kind", COUNTIES)
def test_the_teams_listed_are_worth_what_is_said(kind: str) -> None:
    """The best is among them, all keep the block's rules, and a lower floor lists the same teams and more."""
    chance = Random(kind)
    for piece, market in some_pieces(kind, 3):
        prices = some_prices(chance, market, 9 * SCALE)
        best = piece.offer(prices, None)
        assert best.bound is not None
        assert best.column is not None
        near, far = (piece.teams_above(prices, best.bound - less * SCALE, 20_000) for less in (1, 4))
        assert near is not None
        assert far is not None
        assert best.bound == max(Piece.worth(column, prices) for column in near)
        for column in far:
            assert piece.column(list(column.team)) == column
        teams = [column.team for column in far]
        assert len(set(teams)) == len(teams)
        close = {c.team for c in far if Piece.worth(c, prices) >= best.bound - SCALE}
        assert {column.team for column in near} == close
