"""A worker as a process: what becomes of a run."""

from __future__ import annotations

import resource
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.jobs.repository import round_document
from api.storage import documents
from api.storage.session import reading
from matcher.check import check
from matcher.plan import Plan
from matcher.round import Round
from tests.api.jobs.fleet import wait_for
from tests.api.jobs.rounds import add_round, add_run, events, plan_rows, run_row, without_enough_people

if TYPE_CHECKING:
    from tests.api.jobs.conftest import Service


def test_a_run_is_solved_and_its_plans_are_kept(service: Service) -> None:
    run = add_run(service.database, service.round_id, settings={"effort": 4.0, "plans": 2})
    service.fleet.start()
    row: Any = service.wait_until(run, "done", "failed")
    assert row.state == "done"
    plans = plan_rows(service.database, run)
    assert [plan.rank for plan in plans] == [1, 2]
    assert (row.score, row.bound) == (plans[0].score, plans[0].bound)
    with reading(service.database) as connection:
        result = documents.get(connection, row.result_digest)
        stored = round_document(connection, service.round_id, 1)
        kept = [Plan.from_document(documents.get(connection, plan.digest)) for plan in plans]
    assert [plan.score for plan in kept] == [plan["score"] for plan in result["plans"]]
    round_ = Round.from_document(stored)
    assert check(round_, kept[0]).ok
    assert check(round_, kept[1], better=kept[:1]).ok
    all_events = events(service.database, run)
    assert (all_events[0].seq, all_events[-1].seq) == (1, row.event_seq)
    assert [event.type for event in all_events if event.type not in ("progress", "checkpoint")] == [
        "queued",
        "running",
        "done",
    ]
    assert row.spent_ms > 0
    assert row.spent_work > 0


def test_a_run_without_a_plan_says_which_rules_are_in_conflict(service: Service) -> None:
    round_id = add_round(service.database, without_enough_people())
    run = add_run(service.database, round_id)
    service.fleet.start()
    row: Any = service.wait_until(run, "infeasible", "failed")
    assert row.state == "infeasible"
    with reading(service.database) as connection:
        result = documents.get(connection, row.result_digest)
    assert result["infeasibility"]["conflict"]["rules"]
    assert plan_rows(service.database, run) == []


def test_a_child_that_can_not_be_begun_now_is_begun_later_and_that_does_not_count(service: Service) -> None:
    worker = service.fleet.start()
    wait_for(lambda: any(line["event"] == "begun" for line in worker.log_lines()), "the worker to begin")
    limits = resource.prlimit(worker.pid, resource.RLIMIT_NOFILE)
    open_now = max(int(file.name) for file in Path(f"/proc/{worker.pid}/fd").iterdir())
    resource.prlimit(worker.pid, resource.RLIMIT_NOFILE, (open_now + 1, limits[1]))
    run = add_run(service.database, service.round_id)
    wait_for(lambda: any(line["event"] == "child_not_begun" for line in worker.log_lines()), "the shortage")
    assert (run_row(service.database, run).state, worker.children()) == ("running", [])
    resource.prlimit(worker.pid, resource.RLIMIT_NOFILE, limits)
    row: Any = service.wait_until(run, "done")
    assert row.epoch == 1
    assert events(service.database, run, "child_died") == []
