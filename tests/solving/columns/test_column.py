"""Columns are kept once, and priced all at once as each would be by itself."""

from random import Random

import numpy as np

from matcher.solving.columns.column import Column, Columns, team_key
from matcher.solving.columns.piece import Piece
from tests.pricing.pieces import ruled_lots, some_prices


def column(block: int, name: str, worth: int, **loads: int) -> Column:
    rows = tuple(int(row[1:]) for row in loads)
    return Column(block, ((name, "resident"),), worth, rows, tuple(loads.values()))


A, B, C, EMPTY = (
    column(0, "a", 5000, r0=1, r2=1),
    column(0, "b", 4000, r1=-2),
    column(2, "a", 100, r0=1),
    Column(2, (), -50, (), ()),
)


def test_a_team_is_kept_once_a_block() -> None:
    columns = Columns(3)
    assert columns.add([A, B, A]) == [A, B]
    assert columns.add([A]) == []
    assert columns.add([C, A._replace(worth=1)]) == [C]
    assert columns.all == [A, B, C]
    assert len(columns) == 3


def test_worth_and_best_by_hand() -> None:
    columns = Columns(3)
    assert columns.best(np.zeros(3, np.int64)) == [None, None, None]
    columns.add([A, B])
    assert columns.reduced(np.array([1000, 500, -300])).tolist() == [4300, 5000]
    assert columns.best(np.array([1000, 500, -300])) == [5000, None, None]
    columns.add([C, EMPTY])  # after the arrays were made
    assert columns.reduced(np.array([1000, 500, -300])).tolist() == [4300, 5000, -900, -50]
    assert columns.best(np.array([1000, 500, -300])) == [5000, None, -50]


def test_many_columns_are_priced_as_each_alone() -> None:
    chance = Random(1)
    for lot in [lot for lot in ruled_lots(100) if lot.columns]:
        columns = Columns(lot.piece.number + 1)
        columns.add(lot.columns)
        prices = some_prices(chance, lot.market)
        assert columns.reduced(prices).tolist() == [Piece.worth(one, prices) for one in columns.all]
        assert columns.best(prices) == [None] * lot.piece.number + [lot.most(prices)]


def test_the_order_of_a_team_is_no_matter() -> None:
    assert team_key([("b", "resident"), ("a", "support")]) == team_key([("a", "support"), ("b", "resident")])
