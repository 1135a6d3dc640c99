"""A stop or a killed process in the middle of any step: the best checked plan so far comes back with its bound, soon."""

from __future__ import annotations

import os
import signal
import threading
import time
from functools import cache
from typing import TYPE_CHECKING

import pytest

from matcher import Round, Settings, check, solve
from matcher.solving import Stop
from matcher.solving.counties.crew import Crew
from matcher.solving.counties.prefecture import Prefecture
from matcher.synth import county_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from matcher.result import Result

SETTINGS = Settings(method="counties", effort=6, gap=0.002, workers=1)
#: Seconds in which a solve that is asked to stop is over, on a slow machine.
SOON = 30.0


@cache
def round_() -> Round:
    return Round.from_document(county_of(40, seed=3, counties=3))


def asked(monkeypatch: pytest.MonkeyPatch, before: Callable[[int], None]) -> list[int]:
    """Call ``before`` with the number of each time that counties are asked; return what counts them."""
    times, ask = [0], Prefecture.ask

    def counted(self: Prefecture, requests: Sequence[Any], stop: Stop | None = None) -> Any:
        times[0] += 1
        before(times[0])
        return ask(self, requests, stop)

    monkeypatch.setattr(Prefecture, "ask", counted)
    return times


@cache
def undisturbed(workers: int) -> tuple[Result, int]:
    """The result of a whole run, and how many times counties were asked in it."""
    with pytest.MonkeyPatch.context() as patch:
        times = asked(patch, lambda _: None)
        result = solve(round_(), SETTINGS.model_copy(update={"workers": workers}))
    return result, times[0]


def test_it_finds_a_plan_undisturbed() -> None:
    result, times = undisturbed(1)
    assert result.best is not None
    assert times > 40


@pytest.mark.parametrize("part", [0.0, 0.2, 0.5, 0.8, 0.9, 0.95, 1.0])
def test_a_stop_keeps_the_best_plan_so_far(part: float, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, times = undisturbed(1)
    stop, at, asked_at = Stop(), max(1, round(part * times)), [0.0]

    def stopping(number: int) -> None:
        if number == at:
            asked_at[0] = time.monotonic()
            stop.request()

    asked(monkeypatch, stopping)
    result = solve(round_(), SETTINGS, stop=stop)
    assert time.monotonic() - asked_at[0] < SOON
    assert asked_at[0] > 0
    assert result.status in ("feasible", "cancelled")
    assert (result.best is None) == (result.status == "cancelled")
    assert not result.provenance["reproducible"]
    assert whole.best is not None
    assert whole.bound is not None
    if result.best is not None:
        assert check(round_(), result.best, bound=True).ok
        assert result.best.score <= whole.bound
    assert result.bound is None or result.bound >= whole.best.score
    if part == 1.0:
        assert result.best is not None


@pytest.mark.parametrize("part", [0.05, 0.4, 0.8, 0.97])
def test_a_killed_process_changes_nothing(part: float, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, times = undisturbed(2)
    at, killed, crews = max(2, round(part * times)), [0], list[Crew]()
    enter = Crew.__enter__

    def entered(self: Crew) -> Crew:
        crews.append(self)
        return enter(self)

    def kill() -> None:
        for process in crews[0].processes[:1]:
            os.kill(process, signal.SIGKILL)
            killed[0] += 1

    def killing(number: int) -> None:
        if number == at:
            threading.Timer(0.01, kill).start()

    monkeypatch.setattr(Crew, "__enter__", entered)
    asked(monkeypatch, killing)
    result = solve(round_(), SETTINGS.model_copy(update={"workers": 2}))
    assert killed[0] == 1
    assert crews[0].deaths == 1
    assert result.best is not None
    assert whole.best is not None
    assert result.best.posts == whole.best.posts
    assert (result.best.score, result.bound) == (whole.best.score, whole.bound)
