"""Plans out of columns: a dive makes the mix whole, polishing makes a plan better and never worse."""

from collections.abc import Iterator

import numpy as np

from matcher.model.instance import Instance
from matcher.solving import Stop
from matcher.solving.columns.column import Column
from matcher.solving.columns.converge import Convergence
from matcher.solving.columns.dive import Dive
from matcher.solving.columns.market import SCALE
from matcher.solving.columns.polish import Polish
from matcher.solving.columns.sketch import greedy, sketch
from matcher.solving.state import State
from tests.properties.judged import instance_of, optimum
from tests.properties.tiny_rounds import seeded_round

from .crossing import crossing_round
from .solved import converged, shop_of

DOCS = [
    *(seeded_round(seed) for seed in range(1000, 1040)),
    *(crossing_round(seed) for seed in range(1000, 1020)),
]


def states() -> Iterator[tuple[Instance, Convergence, int]]:
    """Rounds that have a plan, with the columns converged, and their optimum."""
    for doc in DOCS:
        best = optimum(doc)
        if best is not None:
            instance = instance_of(doc)
            with shop_of(instance) as shop:
                yield instance, converged(shop), best


def as_plan(instance: Instance, columns: list[Column]) -> State:
    places = list(instance.blocks)
    assert [column.block for column in columns] == list(range(len(places)))
    return State(instance, {places[column.block]: list(column.team) for column in columns})


def keeps_upper_limits(instance: Instance, state: State) -> bool:
    limited = [link for link in instance.links if link.mode == "hard" and link.row.at_most is not None]
    return all(state.totals[link.name] <= (link.row.at_most or 0) for link in limited)


def test_a_dive_ends_in_a_whole_plan() -> None:
    """One team for every block, no upper limit broken; and the master is left as it was."""
    made = whole = 0
    for instance, state, best in states():
        assert state.master is not None
        before = state.master.solve().value
        columns = Dive(state, Stop()).run()
        assert state.master.solve().value >= before - 1e-6
        made += 1
        if columns is not None:
            plan = as_plan(instance, columns)
            assert keeps_upper_limits(instance, plan)
            broken, score = plan.measure()
            assert broken or score <= best
            assert all(column in state.columns.all for column in columns)
            whole += not broken
    assert whole > 0.7 * made > 20


def test_a_stopped_dive_gives_nothing() -> None:
    stop = Stop()
    stop.request()
    _, state, _ = next(states())
    assert Dive(state, stop).run() is None


def first_plans(state: Convergence) -> Iterator[list[Column]]:
    """Plans made in a hurry: block after block in three orders."""
    blocks = list(range(len(state.shop.pieces)))
    for order in (blocks, blocks[::-1], blocks[1:] + blocks[:1]):
        yield sorted(
            greedy(state.shop, order, np.zeros(len(state.shop.market), np.int64)), key=lambda c: c.block
        )


def test_polishing_makes_a_plan_no_worse() -> None:
    """And what it is worth is what the rows count."""
    better = 0
    for instance, state, best in states():
        for columns in first_plans(state):
            if len(columns) < len(instance.blocks) or as_plan(instance, columns).measure()[0]:
                continue
            before = as_plan(instance, columns).measure()[1]
            polish = Polish(state, columns, Stop())
            polish.run(work=20.0, enough=lambda _columns: False)
            broken, after = as_plan(instance, polish.chosen).measure()
            assert broken == 0
            assert before <= after <= best
            better += after > before
    assert better > 10


def test_polishing_ends_when_it_is_enough() -> None:
    told: list[list[Column]] = []

    def enough(columns: list[Column]) -> bool:
        told.append(columns)
        return True

    for instance, state, _ in states():
        for columns in first_plans(state):
            if len(columns) == len(instance.blocks) and not as_plan(instance, columns).measure()[0]:
                told.clear()
                Polish(state, columns, Stop()).run(work=20.0, enough=enough)
                assert len(told) <= 1


def test_what_columns_are_worth_together_is_their_score() -> None:
    for instance, state, _ in states():
        columns = sketch(state)
        if columns is not None:
            broken, score = as_plan(instance, columns).measure()
            if not broken:
                assert state.shop.market.worth(columns) == (score - instance.constant) * SCALE


def test_a_greedy_start_keeps_the_upper_limits() -> None:
    for instance, state, _ in states():
        shop = state.shop
        order = list(range(len(shop.pieces)))[::-1]
        columns = greedy(shop, order, np.zeros(len(shop.market), np.int64))
        blocks = [column.block for column in columns]
        assert len(set(blocks)) == len(blocks)
        places = list(instance.blocks)
        plan = State(instance, {places[column.block]: list(column.team) for column in columns})
        assert keeps_upper_limits(instance, plan)
