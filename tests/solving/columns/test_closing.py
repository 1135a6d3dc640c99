"""Closing proves what is so, finds the better plan where there is one, and gives up where teams are too many."""

from collections.abc import Iterator

import pytest

from matcher.model.instance import Instance
from matcher.solving import Stop
from matcher.solving.columns.closing import PATIENT, Patience, close
from matcher.solving.columns.column import Column
from matcher.solving.columns.converge import Convergence
from matcher.solving.state import State
from tests.outside.small import Row
from tests.properties.judged import instance_of, optimum
from tests.properties.tiny_rounds import seeded_round

from .crossing import crossing_round
from .solved import converged, shop_of

WORK = 20.0


class Plans:
    """Takes choices of columns, keeps the best plan; begins with a score that somebody has reached."""

    def __init__(self, instance: Instance, score: int | None) -> None:
        self.instance = instance
        self.places = list(instance.blocks)
        self.best = score
        self.offers = 0

    def score(self) -> int | None:
        return None if self.best is None else self.best - self.instance.constant

    def offer(self, columns: list[Column]) -> None:
        state = State(self.instance, {self.places[column.block]: list(column.team) for column in columns})
        broken, score = state.measure()
        self.offers += 1
        if not broken and (self.best is None or score > self.best):
            self.best = score


def docs() -> Iterator[Row]:
    yield from (seeded_round(seed) for seed in range(200, 260))
    yield from (crossing_round(seed) for seed in range(500, 520))


def states() -> Iterator[tuple[Instance, Convergence, int]]:
    """Rounds that have a plan, with the columns converged, and their optimum."""
    for doc in docs():
        best = optimum(doc)
        if best is not None:
            instance = instance_of(doc)
            with shop_of(instance) as shop:
                yield instance, converged(shop), best


def closed(state: Convergence, plans: Plans, patience: Patience = PATIENT) -> bool:
    """Whether the best score is proven; a bound that proves less holds all the same."""
    found = close(state, Stop(), score=plans.score, offer=plans.offer, work=WORK, patience=patience)
    return found.bound is not None and found.bound == plans.score()


def exact(state: Convergence) -> bool:
    return all(piece.pricer.exact for piece in state.shop.pieces)


@pytest.mark.parametrize("less", [None, 9, 1, 0])
def test_the_best_plan_is_found_and_proven(less: int | None) -> None:
    """From no plan, from one that is worse, from the best: it ends with the best one, and with the proof."""
    proven = 0
    for instance, state, best in states():
        plans = Plans(instance, None if less is None else best - less)
        if exact(state):
            assert closed(state, plans)
            assert plans.best == best
            proven += 1
    assert proven > 30


def test_nothing_better_is_found_than_the_best() -> None:
    """A score that no plan reaches is left standing, and no plan is made up for it."""
    for instance, state, best in states():
        plans = Plans(instance, best + 3)
        closed(state, plans)
        assert plans.best == best + 3


@pytest.mark.parametrize(
    "patience",
    [Patience(1, 60_000, 2000, 10**6), Patience(40_000, 1, 2000, 10**6), Patience(40_000, 60_000, 2000, 3)],
    ids=["block", "all", "steps"],
)
def test_too_many_teams_prove_nothing(patience: Patience) -> None:
    assert gave_up(patience) > 25


def gave_up(patience: Patience) -> int:
    """How often closing gives up; where it does not, it is right."""
    open_left = 0
    for instance, state, best in states():
        plans = Plans(instance, best - 30)
        if closed(state, plans, patience):
            assert plans.best == best
        else:
            open_left += 1
    return open_left


def test_a_bound_on_the_way_holds() -> None:
    """Where the list is cut short, what was proven until then still bounds every plan."""
    proven = 0
    for everywhere in (4, 8, 16):
        for instance, state, best in states():
            plans = Plans(instance, best - 30)
            patience = Patience(40_000, everywhere, 2000, 10**6)
            found = close(state, Stop(), score=plans.score, offer=plans.offer, work=WORK, patience=patience)
            if found.bound is not None:
                assert found.bound + instance.constant >= best
                proven += 1
    assert proven > 20


def test_what_is_read_as_a_bound_only_is_not_closed() -> None:
    relaxed = 0
    for doc in (seeded_round(seed, "village_floor") for seed in range(30)):
        if optimum(doc) is not None:
            with shop_of(instance_of(doc)) as shop:
                state = converged(shop)
                plans = Plans(instance_of(doc), None)
                if not exact(state):
                    found = close(state, Stop(), score=plans.score, offer=plans.offer, work=WORK)
                    assert found == (None, 0.0)
                    relaxed += 1
    assert relaxed > 5


def test_neither_work_nor_stop_leaves_a_false_proof() -> None:
    for instance, state, best in states():
        plans = Plans(instance, best - 5)
        assert close(state, Stop(), score=plans.score, offer=plans.offer, work=0.0) == (None, 0.0)
        stop = Stop()
        stop.request()
        assert close(state, stop, score=plans.score, offer=plans.offer, work=WORK) == (None, 0.0)
        assert plans.offers == 0
