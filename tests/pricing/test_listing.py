"""Every team above a floor is listed, once, with what it is worth; and no other."""

from random import Random

import numpy as np
import pytest

from .pieces import FOCUSES, Ints, Lot, focused_lots, ruled_lots, some_prices

RULED = 200


def listed(
    lot: Lot, prices: Ints, floor: int, room: int = 100_000
) -> dict[tuple[tuple[str, str], ...], int] | None:
    """The teams listed with their worths; none may be listed twice."""
    found = lot.piece.pricer.teams_above(prices, floor, room)
    if found is None:
        return None
    teams = {tuple(team): worth for worth, team in found}
    assert len(teams) == len(found)
    return teams


def floors(chance: Random, worths: list[int]) -> list[int]:
    """Below all teams, in the middle of them, at and just above one of them, above all."""
    low, high, some = min(worths), max(worths), chance.choice(worths)
    return [low - 1, (low + high) // 2, some, some + 1, high, high + 1]


def judge(lot: Lot, chance: Random) -> None:
    prices = some_prices(chance, lot.market)
    worths = lot.worths(prices)
    for floor in floors(chance, list(worths.values()) or [0]):
        assert listed(lot, prices, floor) == {team: worth for team, worth in worths.items() if worth >= floor}


@pytest.mark.parametrize("focus", FOCUSES)
def test_all_teams_above_the_floor_are_listed(focus: str) -> None:
    chance = Random(focus)
    for lot in focused_lots(focus, 4):
        if lot.piece.pricer.exact:
            judge(lot, chance)


@pytest.mark.parametrize("start", range(0, RULED, 100))
def test_all_teams_are_listed_whatever_the_rules(start: int) -> None:
    chance = Random(start)
    for lot in ruled_lots(RULED)[start : start + 100]:
        if lot.piece.pricer.exact:
            judge(lot, chance)


def test_nothing_is_listed_where_there_is_no_room() -> None:
    full = 0
    for lot in ruled_lots(RULED)[:150]:
        if not lot.piece.pricer.exact or not lot.columns:
            continue
        prices = np.zeros(len(lot.market), np.int64)
        many = len(lot.columns)
        assert listed(lot, prices, -(10**12), many) is not None
        assert listed(lot, prices, -(10**12), many - 1) is None
        full += many > 20
    assert full > 4


def test_columns_listed_are_those_of_the_block() -> None:
    """As columns: with the loads and the worth that the block's own expressions give."""
    chance = Random(1)
    for lot in [lot for lot in ruled_lots(RULED)[:150] if lot.piece.pricer.exact]:
        found = lot.piece.teams_above(some_prices(chance, lot.market), -(10**12), 100_000)
        assert found is not None
        mine = {
            column.team: (column.worth, dict(zip(column.rows, column.amounts, strict=True)))
            for column in found
        }
        theirs = {c.team: (c.worth, dict(zip(c.rows, c.amounts, strict=True))) for c in lot.columns}
        assert mine == theirs
