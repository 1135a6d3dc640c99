"""What the soak looks for, it finds: each promise broken on purpose in a real database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from api.access import audit
from api.jobs import lease
from api.jobs.kinds import Outcome
from api.jobs.lease import Lease
from api.storage import schema
from api.storage.session import writing
from tests.api.jobs.rounds import add_round, add_run, add_user, small_county
from tests.soak.checks import check_documents, check_once, check_runs, check_trail, publications_after

if TYPE_CHECKING:
    from pathlib import Path

    from tests.soak.ledger import Ledger
    from tests.soak.violations import Record


def ended_run(database: sa.Engine, *events: tuple[str, dict[str, Any]], epoch: int = 1) -> str:
    """Put in a run that was claimed, had some events, and was cancelled by its owner."""
    run = add_run(database, add_round(database, small_county()))
    values = {"state": "running", "epoch": epoch, "owner": "w-1"}
    with writing(database) as connection:
        connection.execute(sa.update(schema.runs).where(schema.runs.c.id == run).values(**values))
        lease.write(connection, Lease(run, epoch), [("running", {"owner": "w-1", "epoch": epoch}), *events])
    with writing(database) as connection:
        given = {"epoch": epoch, "reason": "cancelled"}
        lease.bring(connection, Lease(run, epoch), "cancelled", given, reason_code="cancelled", reason="{}")
    return run


def checkpoint(stage: str, score: int, epoch: int = 1) -> tuple[str, dict[str, Any]]:
    return "checkpoint", {"stage": stage, "score": score, "bound": None, "epoch": epoch}


def seen(record: Record) -> list[str]:
    return [violation.evidence for violation in record.found]


def test_a_run_that_got_on_well_has_no_fault(database: sa.Engine, record: Record) -> None:
    add_user(database)
    run = ended_run(database, checkpoint("1.1.a", 5), checkpoint("1.1.a", 7), checkpoint("1.2.b", 3))
    check_runs(database, [run], record)
    assert record.found == []


def test_a_score_that_falls_a_solve_begun_again_and_an_old_owner_are_found(
    database: sa.Engine, record: Record
) -> None:
    add_user(database)
    for fault, events in {
        "the score falls within 1.1.a: [7, 5]": [checkpoint("1.1.a", 7), checkpoint("1.1.a", 5)],
        "it went back to an earlier solve: [(1, 2), (1, 1)]": [
            checkpoint("1.2.a", 7),
            checkpoint("1.1.b", 9),
        ],
        "not so: no owner of before wrote": [checkpoint("1.1.a", 7, 2), checkpoint("1.1.a", 8, 1)],
        "begun_anew at event 3": [("begun_anew", {"codes": [], "epoch": 2})],
    }.items():
        run = ended_run(database, *events, epoch=2)
        record.found.clear()
        check_runs(database, [run], record)
        assert any(fault in evidence for evidence in seen(record)), (fault, seen(record))


def test_a_run_that_has_not_ended_and_one_that_failed_are_found(database: sa.Engine, record: Record) -> None:
    add_user(database)
    run = add_run(database, add_round(database, small_county()))
    check_runs(database, [run], record)
    assert any("not so: it has ended" in evidence for evidence in seen(record))
    record.found.clear()
    failed = ended_run(database)
    with writing(database) as connection:
        outcome = Outcome("failed", "no_plan_found")
        values = {"state": outcome.state, "reason_code": outcome.code}
        connection.execute(sa.update(schema.runs).where(schema.runs.c.id == failed).values(**values))
    check_runs(database, [failed], record)
    assert any("failed no_plan_found" in evidence for evidence in seen(record))


def test_what_is_lost_or_done_twice_is_found(database: sa.Engine, ledger: Ledger, record: Record) -> None:
    add_user(database)
    ledger.acknowledge("round", "lost", number=1)
    unknown = add_round(database, small_county())
    with writing(database) as connection:
        for _ in range(2):
            audit.append(connection, "user-1", "publications.approve", "p-1")
    check_once(database, ledger, record)
    text = "\n".join(seen(record))
    assert "lost" in text
    assert unknown in text
    assert "('publications.approve', 'p-1'): 2" in text


def test_a_trail_that_was_cut_and_a_damaged_document_are_found(database: sa.Engine, record: Record) -> None:
    add_user(database)
    add_round(database, small_county())
    anchors: dict[int, str] = {}
    with writing(database) as connection:
        audit.append(connection, "user-1", "rounds.create", "r-1")
    check_trail(database, anchors, record)
    check_documents(database, record)
    assert record.found == []
    check_trail(database, {**anchors, 7: "0" * 64}, record)
    with writing(database) as connection:
        connection.execute(sa.update(schema.documents).values(body=b"x"))
    check_documents(database, record)
    assert [violation.what for violation in record.found] == [
        "the audit trail is whole",
        "every document is what its digest says",
    ]


def test_publications_are_followed_in_the_order_in_which_they_were_acknowledged(ledger: Ledger) -> None:
    for identifier, replaces in (("a", None), ("b", "a")):
        ledger.acknowledge("proposal", identifier, plan="p")
        ledger.acknowledge("approval", identifier, plan="p", replaces=replaces)
    assert {name: state for name, (state, _) in publications_after(ledger.entries).items()} == {
        "a": "rolled_back",
        "b": "published",
    }
    ledger.acknowledge("rollback", "b", plan="p", replaces="a")
    ledger.acknowledge("proposal", "c", plan="p")
    assert {name: state for name, (state, _) in publications_after(ledger.entries).items()} == {
        "a": "published",
        "b": "rolled_back",
        "c": "proposed",
    }


def test_the_ledger_is_on_disk_before_its_client_goes_on(ledger: Ledger, tmp_path: Path) -> None:
    ledger.round = 3
    ledger.acknowledge("stop", "run-1")
    (line,) = (tmp_path / "ledger.jsonl").read_text().splitlines()
    assert json.loads(line) == {"round": 3, "kind": "stop", "id": "run-1", "facts": {}}
    assert [entry.id for entry in ledger.of("stop", round_=3)] == ["run-1"]
    assert ledger.of("stop", round_=2) == []
