"""Asked to stop at any moment, the column method keeps its best checked plan and a bound that holds."""

from collections import Counter
from functools import cache

import pytest

from matcher.check import check
from matcher.result import Result
from matcher.solving import Aborted, Progress, Stop, solve
from tests.outside.small import Row
from tests.properties.judged import best_of, round_of
from tests.properties.tiny_rounds import seeded_round

from .crossing import crossing_round
from .solved import SETTINGS

DOCS = [
    *(seeded_round(seed) for seed in range(400, 412)),
    *(crossing_round(seed) for seed in range(700, 704)),
]
SETTINGS_OF = {"none": SETTINGS, "floor_first": SETTINGS.model_copy(update={"equity": "floor_first"})}


class Stopping:
    """Asks for the stop at the given word of the solve, and remembers what had been said by then."""

    def __init__(self, at: int, times: int = 1) -> None:
        self.stop = Stop()
        self.at = at
        self.times = times
        self.heard: list[Progress] = []

    def __call__(self, progress: Progress) -> None:
        if len(self.heard) == self.at:
            for _ in range(self.times):
                self.stop.request()
        self.heard.append(progress)


@cache
def words(number: int, equity: str = "none") -> list[Progress]:
    """All that a solve says when it is left alone."""
    heard: list[Progress] = []
    solve(round_of(DOCS[number]), SETTINGS_OF[equity], on_progress=heard.append)
    return heard


def stopped(doc: Row, at: int, equity: str = "none") -> tuple[Result, Stopping]:
    asking = Stopping(at)
    return solve(round_of(doc), SETTINGS_OF[equity], on_progress=asking, stop=asking.stop), asking


@pytest.mark.parametrize("number", range(len(DOCS)))
def test_a_stop_at_any_word(number: int) -> None:
    doc = DOCS[number]
    best = best_of(doc).score if number < 12 else None
    for at, word in enumerate(words(number)):
        result, asking = stopped(doc, at)
        assert asking.stop.requested
        assert result.provenance["reproducible"] is False
        if result.best is None:
            assert word.score is None
            assert result.status in ("cancelled", "infeasible")
            continue
        assert result.status in ("feasible", "optimal")
        assert word.score is None or result.best.score >= word.score
        assert check(round_of(doc), result.best).ok
        assert result.bound is not None
        assert result.bound >= (best if best is not None else result.best.score)
        assert word.bound is None or result.bound <= word.bound


def test_a_stop_before_the_first_plan_cancels() -> None:
    cancelled = 0
    for doc in DOCS:
        result, _ = stopped(doc, 0)
        assert result.plans == ()
        if result.status == "infeasible":  # known before the first word, and so it is said
            assert solve(round_of(doc), SETTINGS_OF["none"]).status == "infeasible"
            continue
        assert result.status == "cancelled"
        cancelled += 1
    assert cancelled > len(DOCS) / 2


def test_every_phase_is_stopped() -> None:
    """Or a stop in it would not have been tried."""
    phases = Counter(word.phase for number in range(len(DOCS)) for word in words(number))
    assert {"attainable", "columns", "prove", "reserves"} <= phases.keys()
    assert {"floor"} <= {word.phase for number in range(4) for word in words(number, "floor_first")}


@pytest.mark.parametrize("number", range(4))
def test_a_stop_at_any_word_of_a_fair_solve(number: int) -> None:
    for at in range(len(words(number, "floor_first"))):
        result, _ = stopped(DOCS[number], at, "floor_first")
        assert (result.best is None) == (result.status in ("cancelled", "infeasible"))
        assert result.best is None or check(round_of(DOCS[number]), result.best).ok


@pytest.mark.parametrize("phase", ["columns", "prove"])
def test_a_second_request_aborts(phase: str) -> None:
    number = next(n for n in range(len(DOCS)) if phase in {word.phase for word in words(n)})
    at = [word.phase for word in words(number)].index(phase)
    asking = Stopping(at, times=2)
    with pytest.raises(Aborted):
        solve(round_of(DOCS[number]), SETTINGS, on_progress=asking, stop=asking.stop)
