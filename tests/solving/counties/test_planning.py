"""Of two choices for a county, the one that breaks less is kept, then the one that is worth more after the charges."""

import numpy as np

from matcher.model.instance import Link
from matcher.rulekit import LinkRow
from matcher.solving.columns.column import Column, vacancy
from matcher.solving.columns.market import SCALE, Market
from matcher.solving.columns.outside import Outside
from matcher.solving.counties.planning import _better


def market() -> Market:
    """Row 0 wants at least one, row 1 takes one at the most."""
    rows = [LinkRow(0, at_least=1), LinkRow(1, at_most=1)]
    return Market([Link("rule", row, "hard", 0) for row in rows])


def team(name: str, worth: int, *rows: int) -> Column:
    return Column(0, ((name, "resident"),), worth * SCALE, rows, (1,) * len(rows))


PLAIN, OWED, TAKEN = team("plain", 9), team("owed", 5, 0), team("taken", 8, 0, 1)


def test_a_choice_that_breaks_a_limit_gives_way_whatever_it_is_worth() -> None:
    outside = Outside(market())
    assert (outside.broken([PLAIN]), outside.broken([OWED])) == (1, 0)
    assert _better([OWED], [PLAIN], outside) == [OWED]
    assert _better([PLAIN], [OWED], outside) == [OWED]
    full = Outside(market(), base=np.array([0, 1]))
    assert full.broken([TAKEN]) == 1
    assert _better([TAKEN], [OWED], full) == [OWED]


def test_limits_that_are_held_count_for_nothing() -> None:
    held = Outside(market(), held=np.array([True, False]))
    assert held.broken([PLAIN]) == 0
    assert _better([OWED], [PLAIN], held) == [PLAIN]


def test_what_is_charged_is_taken_off() -> None:
    assert _better([OWED], [TAKEN], Outside(market())) == [TAKEN]
    charged = Outside(market(), charges=np.array([0, 4 * SCALE]))
    assert _better([OWED], [TAKEN], charged) == [OWED]


def test_a_choice_with_a_vacancy_is_none() -> None:
    assert _better([], [vacancy(0)], Outside(market())) == []
    assert _better([], None, Outside(market())) == []
    assert _better([], [PLAIN], Outside(market())) == [PLAIN]
