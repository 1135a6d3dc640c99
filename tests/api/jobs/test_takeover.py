"""A worker that is stopped, killed or drained, and a database that is away: what becomes of the run."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api.storage.engine import open_database
from tests.api.jobs.conftest import Service
from tests.api.jobs.databases import closing
from tests.api.jobs.fleet import Fleet, wait_for
from tests.api.jobs.killing import assert_sound
from tests.api.jobs.rounds import (
    add_round,
    add_run,
    add_user,
    checkpoint_rows,
    events,
    plan_rows,
    run_row,
    small_county,
)

if TYPE_CHECKING:
    from tests.api.postgres import PostgresServer


def middling_run(service: Service) -> str:
    """Queue a run that has a plan soon, and then is at work for some seconds more."""
    round_id = add_round(service.database, small_county(30))
    return add_run(service.database, round_id, settings={"effort": 2.0, "plans": 3})


def test_a_stopped_worker_is_taken_over_and_changes_nothing_when_it_wakes(service: Service) -> None:
    database, run = service.database, middling_run(service)
    first = service.fleet.start("w-1")
    wait_for(lambda: run_row(database, run).score, "a plan")
    second = service.fleet.start("w-2")
    wait_for(lambda: any(line["event"] == "begun" for line in second.log_lines()), "w-2 to begin")
    first.signal(signal.SIGSTOP)
    stopped = time.monotonic()
    wait_for(lambda: run_row(database, run).owner == "w-2", "w-2 to take over")
    assert time.monotonic() - stopped < 10
    score = run_row(database, run).score
    first.signal(signal.SIGCONT)
    wait_for(lambda: any(line["event"] == "lease_lost" for line in first.log_lines()), "w-1 to notice")
    wait_for(lambda: not first.children(), "the child of w-1 to be gone")
    row: Any = service.wait_until(run, "done")
    assert (row.owner, row.epoch) == ("w-2", 2)
    assert row.score >= score
    assert events(database, run, "taken_over")[0].data == {"owner": "w-2", "epoch": 2, "from": "w-1"}
    assert_sound(database, run)


def test_a_killed_worker_goes_on_in_its_next_life_from_the_checkpoint(service: Service) -> None:
    database, run = service.database, middling_run(service)
    worker = service.fleet.start()
    wait_for(lambda: run_row(database, run).score, "a plan")
    (child,) = worker.children()
    worker.kill()
    wait_for(lambda: not Path(f"/proc/{child}").exists(), "the child to die with its worker")
    saved = checkpoint_rows(database, run)[-1]
    worker.start()
    row: Any = service.wait_until(run, "done")
    assert (row.owner, row.epoch) == ("w-1", 2)
    later = [event.data["score"] for event in events(database, run, "checkpoint") if event.data["epoch"] == 2]
    assert all(score is None or score >= saved.score for score in later)
    assert row.score >= saved.score
    assert events(database, run, "begun_anew") == []
    assert_sound(database, run)


def test_a_drained_worker_gives_its_run_back_with_a_checkpoint(service: Service) -> None:
    database, run = service.database, middling_run(service)
    worker = service.fleet.start()
    wait_for(lambda: run_row(database, run).score, "a plan")
    worker.signal(signal.SIGTERM)
    assert worker.wait() == 0
    row = run_row(database, run)
    assert (row.state, row.owner, row.epoch) == ("queued", None, 1)
    assert events(database, run)[-1].data == {"released": 1}
    saved = checkpoint_rows(database, run)[-1]
    assert saved.score is not None
    service.fleet.start("w-2")
    done: Any = service.wait_until(run, "done")
    assert done.score >= saved.score
    assert_sound(database, run)


def test_a_run_whose_process_always_dies_fails_in_the_end(service: Service) -> None:
    database = service.database
    run = add_run(database, service.round_id)
    worker = service.fleet.start()
    seen: set[int] = set()

    def is_failed() -> bool:
        for child in set(worker.children()) - seen:
            os.kill(child, signal.SIGKILL)
            seen.add(child)
        return bool(run_row(database, run).state == "failed")

    wait_for(is_failed, "the run to fail")
    row = run_row(database, run)
    assert (row.reason_code, row.reason) == ("too_many_attempts", '{"attempts": 3, "deaths": 3}')
    assert [event.data["how"] for event in events(database, run, "child_died")] == ["-9"] * 3
    assert_sound(database, run)


def test_a_run_that_needs_too_much_memory_fails_and_says_so(service: Service) -> None:
    run = add_run(service.database, service.round_id)
    service.fleet.start("w-1", "--memory", "400")
    row: Any = service.wait_until(run, "failed", "done")
    assert (row.state, row.reason_code, row.reason) == ("failed", "out_of_memory", '{"mebibytes": 400}')
    assert_sound(service.database, run)


def test_a_second_life_of_a_name_is_refused(service: Service) -> None:
    first = service.fleet.start()
    wait_for(lambda: any(line["event"] == "begun" for line in first.log_lines()), "w-1 to begin")
    second = service.fleet.start()
    assert second.wait() == 2
    assert second.log_lines()[-1]["code"] == "worker_name_taken"
    assert first.is_alive


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT])
def test_a_run_outlives_an_outage_of_the_database(
    own_postgres: PostgresServer, tmp_path: Path, how: signal.Signals
) -> None:
    own_postgres.start()
    url = own_postgres.create_database("service")
    database = open_database(url)
    add_user(database)
    with closing(database), Fleet(url, tmp_path) as fleet:
        service = Service(database, fleet, "")
        run = middling_run(service)
        worker = fleet.start()
        wait_for(lambda: run_row(database, run).score, "a plan")
        children = worker.children()
        own_postgres.stop(how)
        wait_for(lambda: any(line["event"] == "database_away" for line in worker.log_lines()), "the outage")
        time.sleep(2)
        assert worker.children() == children  # it solves on
        own_postgres.start()
        wait_for(
            lambda: any(line["event"] == "database_back" for line in worker.log_lines()), "the return", 10
        )
        row: Any = service.wait_until(run, "done")
        assert (row.epoch, [plan.rank for plan in plan_rows(database, run)]) == (1, [1, 2, 3])
        assert_sound(database, run)
