"""Asked to stop, a solve keeps its best plan; asked twice, it ends at once; a limit of time is no secret."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from matcher.check import check
from matcher.round import Round
from matcher.settings import Settings
from matcher.solving import Aborted, Progress, Stop, solve
from tests.outside.small import Row, cadre, only_terms, round_of, village

from .county import county

PATIENT = Settings(method="one_piece", effort=200)  # minutes of work, were it not stopped


def tiny(**tables: object) -> Round:
    doc: Row = round_of([village("V")], [cadre("a"), cadre("b")], **({"rules": only_terms()} | tables))
    return Round.from_document(doc | {"id": "tiny"})


def infeasible() -> Round:
    return tiny(decisions=[{"kind": "drop", "cadre": "a"}])


class AskingToStop:
    """Asks for the stop as soon as there is a plan and the engine tries to prove or improve it."""

    def __init__(self, times: int) -> None:
        self.stop = Stop()
        self.times = times
        self.score: int | None = None

    def __call__(self, progress: Progress) -> None:
        if progress.phase in ("improve", "prove") and progress.score is not None and not self.stop.requested:
            self.score = progress.score
            for _ in range(self.times):
                self.stop.request()


def test_a_stop_keeps_the_best_plan() -> None:
    asking = AskingToStop(times=1)
    result = solve(county(), PATIENT, on_progress=asking, stop=asking.stop)
    assert (result.status, len(result.plans)) == ("feasible", 1)
    assert result.best is not None
    assert asking.score is not None
    assert result.best.score >= asking.score
    assert check(county(), result.best).ok
    assert result.provenance["reproducible"] is False
    assert result.provenance["work"] < PATIENT.work / 2


def test_a_second_request_aborts() -> None:
    asking = AskingToStop(times=2)
    with pytest.raises(Aborted):
        solve(county(), PATIENT, on_progress=asking, stop=asking.stop)


def test_a_stop_from_another_thread() -> None:
    stop = Stop()
    timer = threading.Timer(2, stop.request)
    timer.start()
    try:
        result = solve(county(), PATIENT, stop=stop)
    finally:
        timer.cancel()
    assert result.status in ("feasible", "cancelled")
    assert stop.requested


def test_a_stop_before_the_first_plan() -> None:
    stop = Stop()
    stop.request()
    result = solve(tiny(), stop=stop)
    assert (result.status, result.plans) == ("cancelled", ())
    assert result.provenance["reproducible"] is False


def test_only_a_time_limit_that_cuts_a_run_short_makes_it_not_reproducible() -> None:
    in_time = solve(tiny(), Settings(time_limit=60))
    assert in_time.status == "optimal"
    assert in_time.provenance["reproducible"] is True
    assert in_time.provenance["settings"]["time_limit"] == 60
    assert in_time.plans == solve(tiny()).plans
    cut = solve(tiny(), Settings(time_limit=1e-3))
    assert cut.provenance["reproducible"] is False


def test_a_time_limit_ends_the_solve() -> None:
    result = solve(county(), PATIENT.model_copy(update={"time_limit": 2}))
    assert result.status in ("feasible", "unknown")
    assert result.provenance["work"] < PATIENT.work / 2


def test_what_is_infeasible_is_found_within_the_time() -> None:
    assert solve(infeasible(), Settings(time_limit=60)).status == "infeasible"


@contextmanager
def handlers_put_back() -> Iterator[None]:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    yield
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


@pytest.mark.skipif(
    threading.current_thread() is not threading.main_thread(), reason="signals need the main thread"
)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_asks_for_the_stop(number: signal.Signals) -> None:
    stop = Stop()
    with handlers_put_back(), stop.on_signals():
        assert not stop.now
        signal.raise_signal(number)
        assert stop.now
        signal.raise_signal(number)
        with pytest.raises(Aborted):
            _ = stop.now


def test_outside_the_main_thread_signals_are_left_alone() -> None:
    ended: list[bool] = []

    def work() -> None:
        ended.append(solve(tiny()).status == "optimal")

    with handlers_put_back():
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert ended == [True]


def test_a_patient_stop_waits_for_the_abort() -> None:
    stop = Stop(seconds=0.001)
    patient = stop.patient()
    while not stop.out_of_time:
        pass
    assert stop.now
    assert not patient.now
    stop.request()
    assert not patient.now
    stop.request()
    with pytest.raises(Aborted):
        _ = patient.now
