"""What is asked of a run, and who comes first, with real workers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.jobs.queue import ask
from api.storage.session import writing
from tests.api.jobs.fleet import wait_for
from tests.api.jobs.killing import assert_sound, wait_for_the_end
from tests.api.jobs.rounds import add_round, add_run, add_user, events, plan_rows, run_row, small_county

if TYPE_CHECKING:
    from api.jobs.states import Asked
    from tests.api.jobs.conftest import Service


def ask_of(service: Service, run: str, asked: Asked) -> None:
    with writing(service.database) as connection:
        assert ask(connection, run, asked, "user-1")


def long_run(service: Service) -> str:
    """Queue a run that is not done before somebody stops it."""
    round_id = add_round(service.database, small_county(40))
    return add_run(service.database, round_id, settings={"effort": 600.0, "plans": 3})


def test_a_stopped_run_keeps_its_best_plan(service: Service) -> None:
    run = long_run(service)
    service.fleet.start()
    wait_for(lambda: run_row(service.database, run).score, "a plan")
    ask_of(service, run, "stop")
    row: Any = service.wait_until(run, "done")
    best = max(event.data["score"] or 0 for event in events(service.database, run, "checkpoint"))
    assert row.score >= best
    assert plan_rows(service.database, run)[0].score == row.score
    assert_sound(service.database, run)


def test_a_cancelled_run_is_dropped_with_its_process(service: Service) -> None:
    run = long_run(service)
    worker = service.fleet.start()
    wait_for(lambda: run_row(service.database, run).score, "a plan")
    assert worker.children()
    ask_of(service, run, "cancel")
    row: Any = service.wait_until(run, "cancelled")
    assert row.reason_code == "cancelled"
    wait_for(lambda: not worker.children(), "the child to be gone")
    assert_sound(service.database, run)
    # The worker is free for another.
    other = add_run(service.database, service.round_id)
    service.wait_until(other, "done")


def test_two_workers_serve_users_in_turn(service: Service) -> None:
    database = service.database
    add_user(database, "user-2")
    many = [add_run(database, service.round_id) for _ in range(4)]
    few = [add_run(database, service.round_id, "user-2") for _ in range(2)]
    for name in ("w-1", "w-2"):
        service.fleet.start(name)
    wait_for_the_end(database, [*many, *few])
    assert {run_row(database, run).state for run in [*many, *few]} == {"done"}
    begun = sorted((run_row(database, run).started_at, run) for run in [*many, *few])
    order = [run for _, run in begun]
    # user-2, who came last, did not wait for all that user-1 had queued before.
    assert order.index(few[0]) < order.index(many[2])
    assert order.index(few[1]) < order.index(many[3])
