"""A quick search finds a good team; its bound holds, and the team is worth what is said."""

from random import Random

import numpy as np

from matcher.solving.columns.piece import Piece

from .pieces import focused_lots, ruled_lots, some_prices


def test_the_bound_holds_and_the_worth_is_true() -> None:
    chance, looser = Random("quick"), 0
    for lot in [*ruled_lots(100), *focused_lots("team_units", 12)]:
        prices = some_prices(chance, lot.market)
        offer = lot.piece.offer(prices, None, quick=True)
        lot.judge(offer, prices)
        looser += offer.column is not None and not offer.proven
    assert looser > 10  # or nothing was left aside


def test_only_better_teams_are_returned() -> None:
    for lot in focused_lots("team_units", 12):
        prices = np.zeros(len(lot.market), np.int64)
        most = lot.most(prices)
        if most is not None:
            for known in (most - 5000, most - 1, most, most + 5000):
                offer = lot.piece.offer(prices, known, quick=True)
                assert offer.bound is not None
                assert offer.bound >= most or known >= most
                if offer.column is not None:
                    assert Piece.worth(offer.column, prices) > known
