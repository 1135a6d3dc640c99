"""What the rule of retention lets go is gone with all that came of it; everything else is there as before."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from api.access.audit_verify import verify
from api.retention.service import Removed, remove
from api.storage import documents, schema
from api.storage.engine import connect, open_database
from api.storage.session import reading, writing
from tests.api.jobs.fleet import Fleet
from tests.api.jobs.fleet import wait_for as wait_long
from tests.api.jobs.rounds import add_round, add_run, add_user, events, run_row, small_county
from tests.api.operate.serving import matcher
from tests.api.server import made_round, made_run, wait_for
from tests.api.storage.rows import NOW, ROUND_TEXT, delivery, fill, insert

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.api.server import Server

#: What a round leaves nothing of.
OF_ROUNDS = (
    schema.rounds, schema.round_counties, schema.revisions, schema.runs, schema.run_events, schema.checkpoints,
    schema.plans, schema.answers, schema.publications, schema.documents,
)  # fmt: skip


def counts(database: sa.Engine) -> dict[str, int]:
    """Return the number of rows of every table."""
    with reading(database) as connection:
        return {
            name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for name, table in schema.metadata.tables.items()
        }


def delete(database: sa.Engine, round_id: str, *, ago_ms: int) -> None:
    """Delete a round whose time was over so long ago."""
    until = time.time_ns() // 1_000_000 - ago_ms
    values = {"deleted_at": until, "retain_until": until}
    with writing(database) as connection:
        connection.execute(sa.update(schema.rounds).where(schema.rounds.c.id == round_id).values(**values))


def test_a_round_whose_time_is_over_is_gone_with_everything(database: sa.Engine) -> None:
    fill(database)
    before = counts(database)
    delete(database, "round-1", ago_ms=1)
    removed = remove(database, "server", 36_500)
    after = counts(database)
    assert {table.name: after[table.name] for table in OF_ROUNDS} == dict.fromkeys(
        (table.name for table in OF_ROUNDS), 0
    )
    assert (removed.rounds, removed.runs, removed.plans, removed.documents) == (1, 2, 2, before["documents"])
    others = set(before) - {table.name for table in OF_ROUNDS} - {"audit", "idempotency"}
    assert {name: after[name] for name in others} == {name: before[name] for name in others}
    with reading(database) as connection:
        query = sa.select(schema.audit).order_by(schema.audit.c.seq.desc()).limit(1)
        entry: Any = connection.execute(query).one()
    told = (entry.actor, entry.action, entry.subject, entry.scope)
    assert told == ("server", "rounds.remove", "round-1", "C-01")
    assert (entry.detail["runs"], entry.detail["run_events"], entry.detail["checkpoints"]) == (2, 3, 3)
    assert remove(database, "server", 36_500) == Removed()


def test_what_is_not_due_stays_and_shared_documents_too(database: sa.Engine) -> None:
    fill(database)
    with writing(database) as connection:
        shared = documents.put(connection, "round", ROUND_TEXT)
        row = {"id": "round-2", "name": "示例轮次", "region": "示例县", "created_by": "p-1", "at": NOW}
        insert(connection, schema.rounds, row)
        revision = {
            "round_id": "round-2",
            "number": 1,
            "digest": shared,
            "reason": "x",
            "by": "p-1",
            "at": NOW,
        }
        insert(connection, schema.revisions, {**revision, "edits": [], "warnings": []})
    before = counts(database)
    assert remove(database, "server", 36_500).rounds == 0  # not deleted
    delete(database, "round-1", ago_ms=-60_000)
    assert remove(database, "server", 36_500).rounds == 0  # its time is not over
    assert {**counts(database), "idempotency": 0} == {**before, "idempotency": 0}
    delete(database, "round-1", ago_ms=0)
    assert remove(database, "server", 36_500, is_enough=lambda: True).rounds == 0
    assert remove(database, "server", 36_500).rounds == 1
    after = counts(database)
    assert (after["rounds"], after["revisions"], after["documents"]) == (1, 1, 1)
    with reading(database) as connection:
        assert documents.get(connection, shared) == ROUND_TEXT


def test_old_deliveries_and_kept_answers_go(database: sa.Engine) -> None:
    fill(database)
    now = time.time_ns() // 1_000_000
    with writing(database) as connection:
        for name, ended in (("d-2", now - 2 * 86_400_000), ("d-3", now)):
            insert(connection, schema.deliveries, delivery(name, state="failed", ended_at=ended))
        recent = {"principal_id": "p-1", "key": "k-9", "route": "POST /rounds", "body_digest": "", "at": now}
        insert(connection, schema.idempotency, recent)
    assert remove(database, "server", 1) == Removed(answers=2, deliveries=1)
    with reading(database) as connection:
        left = connection.scalars(sa.select(schema.deliveries.c.id).order_by(schema.deliveries.c.id)).all()
        keys = connection.scalars(sa.select(schema.idempotency.c.key)).all()
    assert (left, keys) == (["d-1", "d-3"], ["k-9"])


def empty_log(file: Path) -> None:
    """Let SQLite bring everything into the file itself."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def test_what_was_in_a_sqlite_file_is_overwritten(sqlite_url: str, tmp_path: Path) -> None:

    database = open_database(sqlite_url)
    add_user(database)
    secret = "示例姓名" * 20
    round_id = add_round(database, {"schema": "round/1", "id": "x", "name": secret})
    with writing(database) as connection:
        values = {"name": secret}
        connection.execute(sa.update(schema.rounds).where(schema.rounds.c.id == round_id).values(**values))
    file = tmp_path / "service.sqlite3"
    empty_log(file)
    assert secret.encode() in file.read_bytes()
    delete(database, round_id, ago_ms=1)
    assert remove(database, "server", 30).rounds == 1
    database.dispose()
    empty_log(file)
    assert secret.encode() not in file.read_bytes()


def test_a_worker_lets_go_of_a_run_that_is_removed(database: sa.Engine, tmp_path: Path) -> None:
    add_user(database)
    round_id = add_round(database, small_county(40))
    run = add_run(database, round_id, settings={"effort": 600.0})
    with Fleet(database.url.render_as_string(hide_password=False), tmp_path) as fleet:
        worker = fleet.start()
        wait_long(lambda: run_row(database, run).score, "a plan")
        delete(database, round_id, ago_ms=1)
        assert remove(database, "server", 30).runs == 1
        wait_long(lambda: not worker.children(), "the child to be gone")
        assert worker.is_alive
        assert events(database, run) == []
        other = add_run(database, add_round(database, small_county()))
        wait_long(lambda: run_row(database, other).state == "done", "another run to be done")


def test_the_service_removes_by_itself_and_the_command_does(own_server: Callable[..., Server]) -> None:
    server = own_server(RETAIN_DAYS="0", REMOVAL_HOURS="0.0002")
    planner = server.planner()
    kept, gone = (made_round(planner).json()["id"] for _ in range(2))
    made_run(planner, gone)
    tag = planner.get(f"/rounds/{gone}").headers["etag"]
    assert planner.delete(f"/rounds/{gone}", headers={"If-Match": tag}).status_code == 204
    wait_for(lambda: server.administrator.get("/audit", params={"action": "rounds.remove"}).json()["items"])
    (entry,) = server.administrator.get("/audit", params={"action": "rounds.remove"}).json()["items"]
    assert (entry["actor"], entry["subject"], entry["detail"]["runs"]) == ("server", gone, 1)
    assert [item["id"] for item in planner.get("/rounds").json()["items"]] == [kept]
    assert server.stop() == 0
    database = connect(server.database_url)
    delete(database, kept, ago_ms=1)
    for language, said in (
        ("en", "Removed for good: 1 rounds, 0 runs, 0 plans, 1 documents"),
        ("zh", "已彻底删除：0个轮次"),
    ):
        ran = matcher("purge", "--data", server.data, "--lang", language)
        assert (ran.returncode, said in ran.stdout) == (0, True), ran.stdout + ran.stderr
    assert counts(database)["rounds"] == 0
    with reading(database) as connection:
        assert verify(connection).broken_at is None
        last = sa.select(schema.audit.c.actor).order_by(schema.audit.c.seq.desc()).limit(1)
        assert connection.execute(last).scalar_one() == "command line"
    database.dispose()
