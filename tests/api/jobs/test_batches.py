"""Batches whose child or worker is killed: what was finished is kept, and not done again."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from api.jobs.queue import ask
from api.storage import documents
from api.storage.session import reading, writing
from matcher.edits import drop, weight
from matcher.round import Round
from tests.api.jobs.asked import data
from tests.api.jobs.fleet import wait_for
from tests.api.jobs.killing import assert_sound_batch
from tests.api.jobs.rounds import add_run, checkpoint_rows, events, run_row, small_county

if TYPE_CHECKING:
    import sqlalchemy as sa

    from tests.api.jobs.conftest import Service


def batch(scenarios: int = 4) -> dict[str, Any]:
    """Return the question of a batch whose scenarios take a while each."""
    people = [cadre.id for cadre in Round.from_document(small_county()).cadres]
    edits = [
        [data(drop(people[number])), data(weight("need_fit", 2 + number))] for number in range(scenarios)
    ]
    return {
        "plans": [],
        "round": "",
        "scenarios": [{"name": f"第{n}种", "edits": one} for n, one in enumerate(edits, start=1)],
    }


def finished(database: sa.Engine, run: str) -> dict[str, dict[str, Any]]:
    """Return the results that are kept, by scenario."""
    with reading(database) as connection:
        parts = [documents.get(connection, row.body)["checkpoint"] for row in checkpoint_rows(database, run)]
    return {part["scenario"]: part["result"] for part in parts}


def test_a_batch_outlives_its_child_and_its_worker(service: Service) -> None:
    database = service.database
    run = add_run(database, service.round_id, kind="what_ifs", settings={"effort": 2.0}, question=batch())
    worker = service.fleet.start("w-1")
    wait_for(lambda: len(events(database, run, "checkpoint")) >= 2, "two scenarios")
    before = finished(database, run)
    for child in worker.children():
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    wait_for(lambda: len(events(database, run, "checkpoint")) >= 3, "a third scenario")
    worker.kill()
    worker.start()
    row = service.wait_until(run, "done", "failed")
    assert row.state == "done"
    assert events(database, run, "child_died")
    assert events(database, run, "taken_over")
    assert_sound_batch(database, run)
    with reading(database) as connection:
        answer = documents.get(connection, row.result_digest)
    found = {one["name"]: one["result"] for one in answer["scenarios"]}
    assert list(found) == ["base", "第1种", "第2种", "第3种", "第4种"]
    assert all(result["plans"] for result in found.values())
    # A result has the time at which it was begun: these are the very ones from before the kills.
    assert {name: found[name] for name in before} == before
    assert answer["provenance"]["continued"] >= 3
    assert not answer["provenance"]["reproducible"]


def test_a_batch_that_is_stopped_keeps_what_is_finished(service: Service) -> None:
    database = service.database
    run = add_run(database, service.round_id, kind="what_ifs", settings={"effort": 2.0}, question=batch())
    service.fleet.start("w-1")
    wait_for(lambda: events(database, run, "checkpoint"), "the base")
    with writing(database) as connection:
        ask(connection, run, "stop", "user-1")
    assert service.wait_until(run, "done", "failed", "cancelled").state == "done"
    with reading(database) as connection:
        answer = documents.get(connection, run_row(database, run).result_digest)
    assert answer["interrupted"]
    assert answer["scenarios"][0]["result"]["plans"]
    assert answer["scenarios"][-1]["result"] is None
