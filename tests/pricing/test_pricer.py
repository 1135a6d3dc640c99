"""The dynamic program finds the best team that there is, or says that it may be worth less than its bound."""

from collections import Counter
from functools import partial
from random import Random

import numpy as np
import pytest

from matcher.pricing import pricer
from matcher.pricing.form import Form
from matcher.solving.columns.market import SCALE
from matcher.solving.columns.piece import Piece
from matcher.solving.stopping import Stop
from tests.outside.small import Row, cadre, only_terms, round_of, rule, unit, village
from tests.properties.judged import instance_of

from .pieces import FOCUSES, Ints, Lot, focused_lots, lots_of, ruled_lots, some_prices

RULED = 200


def judge(lot: Lot, chance: Random) -> None:
    """One pricing against every team: exact, or a bound that holds with a team whose worth is what is said."""
    prices = some_prices(chance, lot.market)
    offer = lot.piece.offer(prices, None)
    if lot.piece.pricer.exact:
        assert offer.bound == lot.most(prices)
        assert offer.proven
    lot.judge(offer, prices)


@pytest.mark.parametrize("focus", FOCUSES)
def test_the_bound_is_that_of_the_solver(focus: str) -> None:
    chance = Random(focus)
    for lot in focused_lots(focus, 3):
        prices = some_prices(chance, lot.market)
        offer, solved = lot.piece.offer(prices, None), lot.piece.exact_offer(prices, Stop(), seed=1)
        assert solved.proven
        assert solved.bound == lot.most(prices)
        if lot.piece.pricer.exact:
            assert offer.bound == solved.bound
            assert (offer.column is None) == (solved.column is None)
        elif solved.bound is not None:
            assert offer.bound is not None
            assert offer.bound >= solved.bound


@pytest.mark.parametrize("focus", FOCUSES)
def test_no_team_is_better_than_the_best(focus: str) -> None:
    chance = Random(focus)
    for lot in focused_lots(focus, 4):
        judge(lot, chance)


@pytest.mark.parametrize("start", range(0, RULED, 100))
def test_no_team_is_better_whatever_the_rules(start: int) -> None:
    chance = Random(start)
    for lot in ruled_lots(RULED)[start : start + 100]:
        for _ in range(3):
            judge(lot, chance)


def test_the_blocks_priced_are_of_every_kind() -> None:
    """Or the comparisons above would say little."""
    lots = [*ruled_lots(RULED), *(lot for focus in FOCUSES for lot in focused_lots(focus, 4))]
    kinds = Counter[str]()
    for lot in lots:
        states = lot.piece.pricer.states
        kinds["exact" if lot.piece.pricer.exact else "relaxed"] += 1
        kinds["without teams"] += not lot.columns
        kinds["captains"] += not lot.piece.block.place.is_village
        kinds["empty team"] += any(not column.team for column in lot.columns)
        kinds["units limited"] += states.tokens > 1 and states.penalty < 0
        kinds["units at a price"] += states.tokens > 1 and states.penalty > 0
        kinds["counters"] += states.flags > 8
        kinds["bonuses"] += lot.piece.pricer.board.bonus_helper.size > 0
    assert min(kinds.values()) > 20, kinds


# ---------------------------------------------------------------- what is known, who is absent


def test_only_better_teams_than_the_known_are_found() -> None:
    chance = Random(1)
    for lot in ruled_lots(RULED):
        prices = some_prices(chance, lot.market)
        free = lot.piece.pricer.best(prices)
        if free.bound is None:
            continue
        for known in {
            free.bound - 1,
            free.bound - 5 * SCALE,
            free.bound - 10**9,
            *lot.worths(prices).values(),
        }:
            found = lot.piece.pricer.best(prices, known)
            if known < free.bound:
                assert (found.bound, found.team is None) == (free.bound, False)
            else:
                assert (found.bound, found.team) == (known, None)


def test_an_offer_is_better_than_the_known() -> None:
    """Where a bound is too high its team may be no better, and is not offered."""
    chance = Random(2)
    held_back = 0
    for lot in [lot for lot in ruled_lots(RULED) if lot.columns and not lot.piece.pricer.exact]:
        prices = some_prices(chance, lot.market)
        known = lot.most(prices)
        offer = lot.piece.offer(prices, known)
        assert known is not None
        assert offer.bound is not None
        assert offer.bound >= known
        assert offer.column is None
        held_back += offer.bound > known
        assert offer.proven == (offer.bound == known)
    assert held_back > 5


def test_the_absent_are_in_no_team() -> None:
    chance = Random(3)
    missed = 0
    for lot in [lot for lot in ruled_lots(RULED) if lot.columns and lot.piece.pricer.exact]:
        prices = some_prices(chance, lot.market)
        worths = lot.worths(prices)
        best = max(worths, key=lambda team: worths[team])
        absent = {cadre for cadre, _ in best} | set(
            chance.sample(lot.piece.pricer.people, bool(lot.piece.pricer.people))
        )
        left = [worth for team, worth in worths.items() if not absent & {cadre for cadre, _ in team}]
        found = lot.piece.pricer.best(prices, absent=absent)
        assert found.bound == max(left, default=None)
        assert not absent & {cadre for cadre, _ in found.team or ()}
        missed += found.bound is not None and found.bound < worths[best]
    assert missed > 20


# ---------------------------------------------------------------- room


def test_little_room_for_labels_is_made_more(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(4)
    lots = [lot for lot in ruled_lots(RULED) if lot.piece.pricer.exact]
    prices = [some_prices(chance, lot.market) for lot in lots]
    usual = [lot.piece.pricer.best(at) for lot, at in zip(lots, prices, strict=True)]
    monkeypatch.setattr(pricer, "LABELS", 2)
    assert [lot.piece.pricer.best(at) for lot, at in zip(lots, prices, strict=True)] == usual


@pytest.mark.parametrize("limit", [1, 12, 40])
def test_too_many_states_make_a_bound_of_it(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for few states, rows and helpers are left out: bounds rise, and never fall."""
    monkeypatch.setattr(pricer, "Form", partial(Form, limit=limit))
    chance = Random(limit)
    raised = 0
    for lot in ruled_lots(RULED)[::2]:
        short = lot._replace(piece=Piece(lot.piece.number, lot.piece.block, lot.market))
        judge(short, chance)
        raised += lot.piece.pricer.exact and not short.piece.pricer.exact
    assert raised > 10


# ---------------------------------------------------------------- by hand


def lot_of(villages: list[Row], people: list[Row], *rules: Row, **tables: object) -> Lot:
    """The first village of a round in which need_fit alone counts: factor 3 for the first secretary."""
    rows = [row for row in only_terms("need_fit") if row["id"] not in {other["id"] for other in rules}]
    doc = round_of(villages, people, rules=[*rows, *rules], **tables) | {"id": "hand"}
    return next(lots_of(instance_of(doc)))


def able(name: str, level: int, **fields: object) -> Row:
    return cadre(name, specialties={"law": level}, **fields)


V = village("V", needs={"law": 2})


def free(lot: Lot) -> Ints:
    return np.zeros(len(lot.market), np.int64)


def test_the_best_pair_by_hand() -> None:
    lot = lot_of([V], [able("a", 5), able("b", 3), able("c", 1)])
    best = lot.piece.pricer.best(free(lot))
    # First secretary 3 x 2 x 5, resident 2 x 2 x 3.
    assert (best.bound, best.team) == (42 * SCALE, [("a", "first_secretary"), ("b", "resident")])
    prices = free(lot)
    prices[lot.market.number["one_post", "a"]] = 20 * SCALE - 1
    assert lot.piece.pricer.best(prices).bound == 22 * SCALE + 1
    prices[lot.market.number["one_post", "a"]] = 20 * SCALE + 1
    assert lot.piece.pricer.best(prices).bound == 22 * SCALE  # b 18 and c 4, without a


def test_without_anybody_able_there_is_no_team() -> None:
    lot = lot_of([V], [able("a", 5, political_status="群众"), able("b", 3, political_status="群众")])
    assert lot.piece.offer(free(lot), None).bound is None
    assert lot.piece.pricer.teams_above(free(lot), -(10**9), 10) == []


def test_one_person_fills_one_seat() -> None:
    lot = lot_of([V], [able("a", 5)])
    assert lot.columns == []
    assert lot.piece.pricer.best(free(lot)).bound is None


def test_seats_may_stay_empty_where_the_structure_is_soft() -> None:
    lot = lot_of([V], [able("a", 5), able("b", 3)], rule("team_structure", "soft", 7))
    assert lot.piece.pricer.best(free(lot)).bound == 42 * SCALE
    prices = free(lot)
    prices[lot.market.number["one_post", "b"]] = 19 * SCALE + 1
    best = lot.piece.pricer.best(prices)  # b brings 12, an empty seat costs 7
    assert (best.bound, best.team) == (23 * SCALE, [("a", "first_secretary")])
    prices[:] = 10**6
    best = lot.piece.pricer.best(prices)
    assert (best.bound, best.team) == (-14 * SCALE, [])
    offer = lot.piece.offer(prices, None)
    assert offer.column is not None
    assert (offer.column.team, offer.column.rows) == ((), ())


@pytest.mark.parametrize(("mode", "weight", "bound"), [("hard", None, 22), ("soft", 5, 37), ("soft", 30, 22)])
def test_a_second_unit_is_refused_or_costs(mode: str, weight: int | None, bound: int) -> None:
    people = [able("a", 5), able("b", 3, unit="U2"), able("c", 1, unit="U2")]
    units = [unit("U1"), unit("U2")]
    lot = lot_of([V], people, rule("team_units", mode, weight, max_units=1), units=units)
    best = lot.piece.pricer.best(free(lot))
    # b and c, of one unit: 3 x 2 x 3 + 2 x 2 x 1; a and b: 42.
    assert best.bound == bound * SCALE
    assert lot.most(free(lot)) == best.bound


def test_all_that_is_on_offer_is_what_the_block_says_of_it() -> None:
    """A column made from the dynamic program's sum is the column that the block's expressions give."""
    chance = Random(5)
    for lot in ruled_lots(RULED):
        prices = some_prices(chance, lot.market)
        best = lot.piece.pricer.best(prices)
        if best.team is not None and best.bound is not None and lot.piece.pricer.exact:
            made, counted = lot.piece.column_at(best.team, best.bound, prices), lot.piece.column(best.team)
            assert made is not None
            assert counted is not None
            assert made.worth == counted.worth
            loads = [dict(zip(c.rows, c.amounts, strict=True)) for c in (made, counted)]
            assert loads[0] == loads[1]
