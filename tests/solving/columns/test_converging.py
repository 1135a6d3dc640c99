"""Column generation: its bound is above every plan, its master below the bound, and they meet."""

from random import Random

import numpy as np

from matcher.solving import Stop
from matcher.solving.columns.converge import Convergence, begin, converge
from matcher.solving.columns.market import SCALE
from matcher.solving.columns.outside import Outside
from matcher.solving.columns.sketch import sketch
from matcher.solving.state import State
from tests.pricing.pieces import some_prices
from tests.properties.judged import instance_of, optimum
from tests.properties.tiny_rounds import seeded_round

from .crossing import crossing_round
from .solved import converged, shop_of, taken

DOCS = [
    *(seeded_round(seed) for seed in range(300, 340)),
    *(crossing_round(seed) for seed in range(600, 620)),
]
FEASIBLE = [doc for doc in DOCS if optimum(doc) is not None]


def test_any_prices_prove_a_bound() -> None:
    """Not only the best ones: at whatever prices the rows allow, blocks and limits add up to a bound."""
    chance = Random(1)
    for doc in FEASIBLE:
        instance, best = instance_of(doc), optimum(doc)
        assert best is not None
        with shop_of(instance) as shop:
            nothing: list[int | None] = [None] * len(shop.pieces)
            for _ in range(5):
                prices = shop.market.allowed(some_prices(chance, shop.market) / SCALE)
                got = shop.price(range(len(shop.pieces)), prices, nothing, Stop())
                assert got is not None
                total = sum(got.bounds.values()) + Outside(shop.market).limits_worth(prices)
                assert total // SCALE + instance.constant >= best


def test_bound_and_master_meet() -> None:
    met = 0
    for doc in FEASIBLE:
        instance, best = instance_of(doc), optimum(doc)
        assert best is not None
        with shop_of(instance) as shop:
            state = converged(shop)
        assert state.proof is not None
        assert state.mix is not None
        assert state.proof.total // SCALE + instance.constant >= best
        if all(piece.pricer.exact for piece in shop.pieces):
            assert state.closed
            assert state.mix.value <= state.proof.total / SCALE + 1e-6
            met += 1
    assert met > 30


def test_a_sketch_keeps_the_upper_limits() -> None:
    """Each block has one of its teams; hard rows that want a least load may be missed, no other."""
    made = 0
    for doc in FEASIBLE:
        instance = instance_of(doc)
        with shop_of(instance) as shop:
            columns = sketch(converged(shop))
        if columns is None:
            continue
        places = list(instance.blocks)
        assert [column.block for column in columns] == list(range(len(places)))
        state = State(instance, {places[column.block]: list(column.team) for column in columns})
        for link in instance.links:
            if link.mode == "hard" and link.row.at_most is not None:
                assert state.totals[link.name] <= link.row.at_most
        made += 1
    assert made > 20


def test_columns_of_an_earlier_run_are_begun_with() -> None:
    """A second run from the columns and prices of the first takes fewer rounds and ends at the same bound."""
    rounds = [0, 0]
    for doc in FEASIBLE:
        with shop_of(instance_of(doc)) as shop:
            first = converged(shop)
            assert first.proof is not None
            second = begin(shop, first.columns.all, first.proof.prices)
            assert len(second.columns) == len(first.columns)
            converge(second, Stop(), work=shop.work + 20, near=0.02, seed=1, on_round=lambda _state: False)
            assert second.proof is not None
            assert second.proof.total <= first.proof.total
            rounds[0] += first.rounds
            rounds[1] += second.rounds
    assert rounds[1] < rounds[0] / 2


def test_it_ends_when_told_to() -> None:
    """By the caller, by the work, by a stop: with what there is by then."""
    heard: list[int] = []

    def enough(state: Convergence) -> bool:
        heard.append(state.rounds)
        return len(heard) == 2

    with shop_of(instance_of(FEASIBLE[0])) as shop:
        state = begin(shop)
        converge(state, Stop(), work=20, near=0.0, seed=1, on_round=enough)
        assert heard == [1, 2]
        stopped = begin(shop)
        converge(stopped, Stop(), work=0.0, near=0.0, seed=1, on_round=enough)
        stop = Stop()
        stop.request()
        converge(stopped, stop, work=20, near=0.0, seed=1, on_round=enough)
        assert (stopped.rounds, len(stopped.columns), stopped.mix) == (0, 0, None)


def test_prices_of_two_threads_are_those_of_one() -> None:
    chance = Random(2)
    for doc in FEASIBLE[::5]:
        instance = instance_of(doc)
        with shop_of(instance, 1) as one, shop_of(instance, 3) as three:
            prices = some_prices(chance, one.market)
            nothing: list[int | None] = [None] * len(one.pieces)
            blocks = range(len(one.pieces))
            assert one.price(blocks, prices, nothing, Stop()) == three.price(blocks, prices, nothing, Stop())


def test_the_mix_holds_a_team_for_every_block() -> None:
    for doc in FEASIBLE:
        with shop_of(instance_of(doc)) as shop:
            state = converged(shop)
        assert state.mix is not None
        assert state.master is not None
        held = np.zeros(len(shop.pieces))
        for column, share in zip(state.master.columns, state.mix.shares, strict=True):
            held[column.block] += share
        if state.mix.missing < 1e-6:
            assert np.allclose(held, 1)
        assert all(taken(state.columns, block) for block in range(len(shop.pieces)))
