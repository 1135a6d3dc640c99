"""The processes: their answers are those of one process, and one that dies or is stopped takes nothing with it."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from matcher import Round
from matcher.model.instance import Instance
from matcher.settings import Settings
from matcher.solving import Memory, Stop
from matcher.solving.counties.crew import NOT_BEGUN, CountyFailed, Crew, Inline
from matcher.solving.counties.division import Part, parts_of
from matcher.solving.counties.method import CountiesMethod
from matcher.solving.counties.office import Office
from matcher.solving.counties.requests import (
    Begin,
    Failure,
    Finish,
    Finished,
    Open,
    Opened,
    Priced,
    Pricing,
    Work,
)
from matcher.solving.incumbent import Incumbent
from matcher.synth import county_of
from tests.properties.judged import round_of
from tests.solving.columns.crossing import crossing_rounds

from .asked import SETTINGS, alone


@cache
def instance() -> Instance:
    """Three counties of a dozen villages."""
    return Instance(Round.from_document(county_of(36, seed=3, counties=3)))


@cache
def parts() -> list[Part]:
    return parts_of(instance())


@pytest.fixture
def crew() -> Iterator[Crew]:
    with Crew(Begin(instance().round.document()), len(parts()), 2) as crew:
        yield crew


def opening() -> list[Work]:
    return [Work(i, Open(part)) for i, part in enumerate(parts())]


def pricing(times: int = 1) -> list[Work]:
    prices = np.zeros(len(instance().links), np.int64)
    once = [Work(i, Pricing(prices, [None] * len(part.places))) for i, part in enumerate(parts())]
    return once * times


def same(one: object, other: object) -> bool:
    """Whether two answers are the same."""
    if isinstance(one, Opened) and isinstance(other, Opened):
        rest = [(answer.attainable, answer.most, answer.both_ways, answer.columns) for answer in (one, other)]
        return rest[0] == rest[1] and all(map(np.array_equal, one.loading, other.loading))
    return one == other


def test_processes_answer_what_one_process_answers(crew: Crew) -> None:
    with Inline(instance()) as inline:
        for asked in (opening(), pricing()):
            for mine, other in zip(crew.ask(asked, Stop()), inline.ask(asked, Stop()), strict=True):
                assert not isinstance(mine, Failure)
                assert same(mine, other)


def test_a_process_that_is_killed_is_replaced(crew: Crew) -> None:
    crew.ask(opening(), Stop())
    expected = crew.ask(pricing(), Stop())
    killer = threading.Timer(0.15, lambda: os.kill(crew.processes[0], signal.SIGKILL))
    killer.start()
    answers = crew.ask(pricing(200), Stop())
    killer.join()
    crew.ask(pricing(), Stop())
    assert crew.deaths == 1
    assert all(same(mine, other) for mine, other in zip(answers, expected * 200, strict=True))


def test_a_request_whose_processes_die_fails_and_the_others_do_not(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that has a request about the second county is halted first, so it can't answer, then killed."""
    crew.ask(opening(), Stop())
    send = Crew._send  # noqa: SLF001 - the moment at which a process has its request

    def deadly(self: Crew, worker: Any, request: object) -> bool:
        doomed = isinstance(request, Work) and request.county == 1
        if doomed:
            worker.process.send_signal(signal.SIGSTOP)
        sent = send(self, worker, request)
        if doomed:
            worker.process.kill()
        return sent

    monkeypatch.setattr(Crew, "_send", deadly)
    answers = crew.ask(pricing(), Stop())
    assert isinstance(answers[0], Priced)
    assert isinstance(answers[2], Priced)
    assert isinstance(answers[1], Failure)
    assert answers[1].text == "the process that worked on it died (status -9)"


def test_a_process_that_dies_while_it_starts_is_replaced(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first program that is started ends at once."""
    programs = iter(["/bin/false"])
    popen = subprocess.Popen

    def started(command: list[str], **given: Any) -> Any:
        return popen([next(programs, command[0]), *command[1:]], **given)

    monkeypatch.setattr(subprocess, "Popen", started)
    answers = crew.ask(opening(), Stop())
    assert all(isinstance(answer, Opened) for answer in answers)
    assert crew.deaths == 1


def test_a_process_that_dies_after_a_stop_is_not_replaced(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew.ask(opening(), Stop())
    stop, before = Stop(), crew.processes
    stop_all = Crew._stop_all  # noqa: SLF001 - the moment at which all are asked to stop

    def killed(self: Crew) -> None:
        stop_all(self)
        for process in self.processes:
            os.kill(process, signal.SIGKILL)

    monkeypatch.setattr(Crew, "_stop_all", killed)
    threading.Timer(0.2, stop.request).start()
    answers = crew.ask(pricing(20_000), stop)
    assert NOT_BEGUN in answers
    assert set(crew.processes) <= set(before)


def test_what_goes_wrong_is_said_the_same_without_processes() -> None:
    with Inline(instance()) as inline:
        (answer,) = inline.ask([Work(0, Pricing(np.zeros(3, np.int64), []))], Stop())
    assert answer == Failure("KeyError", "0")


def test_what_goes_wrong_in_a_process_is_said(crew: Crew) -> None:
    answers = crew.ask([Work(0, Pricing(np.zeros(3, np.int64), []))], Stop())
    assert isinstance(answers[0], Failure)
    assert answers[0].kind


def test_a_stop_reaches_the_processes(crew: Crew) -> None:
    crew.ask(opening(), Stop())
    stop = Stop()
    threading.Timer(0.3, stop.request).start()
    began = time.monotonic()
    answers = crew.ask(pricing(20_000), stop)
    assert time.monotonic() - began < 20
    assert any(isinstance(answer, Priced) for answer in answers)
    assert NOT_BEGUN in answers


def test_no_process_and_no_file_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Crew(Begin(instance().round.document()), len(parts()), 2) as crew:
        crew.ask(opening(), Stop())
        assert list(tmp_path.iterdir()) == []
        left = crew.processes
    assert left
    for process in left:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_a_county_that_can_not_be_opened_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise MemoryError

    monkeypatch.setattr("matcher.solving.counties.office.County.opened", full)
    method = CountiesMethod(instance(), Incumbent(instance(), {}, Stop()), SETTINGS, Stop(), Memory())
    with pytest.raises(CountyFailed, match=f"{parts()[0].name}: MemoryError"):
        method.run(1)


def test_a_county_that_is_lost_before_there_is_a_plan_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise MemoryError

    monkeypatch.setattr("matcher.solving.counties.office.County.price", full)
    method = CountiesMethod(instance(), Incumbent(instance(), {}, Stop()), SETTINGS, Stop(), Memory())
    with pytest.raises(CountyFailed, match="MemoryError: the process ran out of memory"):
        method.run(1)


def test_a_county_that_is_lost_later_leaves_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise MemoryError

    method = CountiesMethod(instance(), Incumbent(instance(), {}, Stop()), SETTINGS, Stop(), Memory())
    make = method.plans.make

    def then_fail() -> bool:
        made = make()
        monkeypatch.setattr("matcher.solving.counties.office.County.price", full)
        return made

    monkeypatch.setattr(method.plans, "make", then_fail)
    method.run(1)
    assert method.incumbent.score is not None
    assert method.incumbent.bound is not None
    assert method.certificate is not None


def test_a_county_that_is_lost_at_the_end_has_its_reserves_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = alone(instance())
    finish, calls = Office._finish, [0]  # noqa: SLF001 - the last thing that a county is asked

    def lost(self: Office, asked: Finish) -> Finished:
        calls[0] += 1
        if calls[0] == 2:
            raise MemoryError
        return finish(self, asked)

    monkeypatch.setattr(Office, "_finish", lost)
    found = alone(instance())
    assert calls[0] == len(parts()) + 1
    assert found.reserves == expected.reserves
    assert len(found.reserves) > 50


def test_one_process_or_several_find_the_same() -> None:
    doc = crossing_rounds(1)[0]
    found = [alone(Instance(round_of(doc)), SETTINGS, workers) for workers in (1, 2, 3)]
    for other in found[1:]:
        assert other.incumbent.teams == found[0].incumbent.teams
        assert other.incumbent.bound == found[0].incumbent.bound
        assert other.certificate == found[0].certificate
        assert other.reserves == found[0].reserves


def test_opened_counties_know_what_crosses() -> None:
    with Inline(instance()) as inline:
        opened = [answer for answer in inline.ask(opening(), Stop()) if isinstance(answer, Opened)]
    assert len(opened) == 3
    first, second = (set(np.flatnonzero(found.loading.blocks).tolist()) for found in opened[:2])
    shared = first & second
    rules = {instance().links[row].rule for row in shared}
    assert {"one_post", "unit_quota", "lead_unit", "young_share"} <= rules


def test_a_larger_round_is_solved_by_processes() -> None:
    """From start to end, with a gap that is proven and a plan that stands."""
    method = alone(instance(), Settings(method="counties", gap=0.01, effort=30), workers=2)
    incumbent = method.incumbent
    assert incumbent.score is not None
    assert incumbent.bound is not None
    assert (incumbent.bound - incumbent.score) / incumbent.score <= 0.02
    assert len(method.reserves) == sum(len(team) for team in (incumbent.teams or {}).values())
