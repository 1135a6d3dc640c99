"""What crosses counties, and the best mix of the teams of all of them."""

import numpy as np

from matcher.model.instance import Link
from matcher.rulekit import LinkRow
from matcher.solving import Stop
from matcher.solving.columns.column import Column
from matcher.solving.columns.market import SCALE, Market
from matcher.solving.columns.subgradient import Loading
from matcher.solving.counties.division import Division, Part
from matcher.solving.counties.whole import mix_of

PARTS = [Part("A", ("a0", "a1"), (0, 1), 6), Part("B", ("b0",), (2,), 3), Part("C", ("c0",), (3,), 3)]
#: Row 0 is A's own, 1 and 2 are people whom two and three counties may post, 3 is a quota of two.
LOADED = [[0, 1, 2, 3], [1, 2, 3], [2, 3]]


def market() -> Market:
    limits = (1, 1, 1, 2)
    return Market([Link("rule", LinkRow(i, None, most), "hard", 0) for i, most in enumerate(limits)])


def division() -> Division:
    return Division(PARTS, [loading(rows) for rows in LOADED])


def loading(rows: list[int]) -> Loading:
    blocks = np.zeros(4, np.int64)
    blocks[rows] = 1
    return Loading(blocks, blocks)


def test_rows_of_several_counties_cross() -> None:
    assert division().crossing.tolist() == [False, True, True, True]
    assert division().foreign(2).tolist() == [True, True, False, False]


def columns() -> list[Column]:
    """A team without anybody shared for each block, and better ones with row 2, the quota, or both."""
    found = []
    for block, worths in enumerate([(10, 14, 13, 18), (10, 13, 15, 16), (5, 9, 8, 15), (5, 6, 7, 8)]):
        for number, (worth, rows) in enumerate(zip(worths, ((), (2,), (3,), (2, 3)), strict=True)):
            team = ((f"{block}-{number}", "resident"),)
            found.append(Column(block, team, worth * SCALE, rows, (1,) * len(rows)))
    return found


def test_the_mix_is_the_best_there_is() -> None:
    """Row 2 once and the quota twice: 15 in block 2 with both, 15 in block 1 with the quota."""
    mix = mix_of(columns(), 4, market(), np.zeros(4, np.int64), 100.0, Stop())
    assert mix is not None
    assert abs(mix.value - (10 + 15 + 15 + 5)) < 0.01
    assert mix.missing < 1e-4
    assert (mix.prices > -1e-3).all()
