"""What the tables refuse, and that rows come back as they went in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from api.storage import schema
from api.storage.session import reading, writing
from tests.api.storage.rows import (
    APPROVER,
    NOW,
    PROPOSER,
    RUN,
    SESSION,
    audit_entry,
    delivery,
    fill,
    insert,
    publication,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_DIGEST = "f" * 64

#: A row that is refused, by the name of what refuses it.
REFUSED: Mapping[str, tuple[sa.Table, dict[str, Any]]] = {
    "ck_runs_state": (schema.runs, {**RUN, "id": "r", "state": "sleeping"}),
    "ck_runs_result": (schema.runs, {**RUN, "id": "r", "state": "done"}),
    "ck_runs_priority": (schema.runs, {**RUN, "id": "r", "priority": 10}),
    "ck_runs_cores": (schema.runs, {**RUN, "id": "r", "cores": 0}),
    "ck_runs_epoch": (schema.runs, {**RUN, "id": "r", "epoch": -1}),
    "ck_runs_attempts": (schema.runs, {**RUN, "id": "r", "attempts": -1}),
    "ck_runs_child_deaths": (schema.runs, {**RUN, "id": "r", "child_deaths": -1}),
    "ck_runs_spent_ms": (schema.runs, {**RUN, "id": "r", "spent_ms": -1}),
    "ck_runs_spent_work": (schema.runs, {**RUN, "id": "r", "spent_work": -0.5}),
    "ck_runs_event_seq": (schema.runs, {**RUN, "id": "r", "event_seq": -1}),
    "ck_runs_checkpoint_seq": (schema.runs, {**RUN, "id": "r", "checkpoint_seq": -1}),
    "ck_runs_asked": (schema.runs, {**RUN, "id": "r", "asked": "pause"}),
    "ck_publications_state": (schema.publications, publication("x", "plan-1", state="lost")),
    "ck_publications_four_eyes": (
        schema.publications,
        publication("x", "plan-1", approved_by="p-1", state="proposed"),
    ),
    "ck_publications_approved": (schema.publications, publication("x", "plan-1", approved_by=None)),
    "ck_principals_kind": (schema.principals, {**PROPOSER, "id": "x", "kind": "robot"}),
    "ck_grants_scope_kind": (
        schema.grants,
        {"principal_id": "p-1", "role": "planner", "scope_kind": "village", "scope": "V1"},
    ),
    "ck_grants_scope": (
        schema.grants,
        {"principal_id": "p-1", "role": "planner", "scope_kind": "county", "scope": ""},
    ),
    "ck_sessions_method": (schema.sessions, {**SESSION, "id": "s", "mac": "b3", "method": "magic"}),
    "ck_login_attempts_failures": (schema.login_attempts, {"mac": "b8", "failures": -1, "until": NOW}),
    "ck_audit_seq": (schema.audit, audit_entry(0)),
    "ck_audit_head_one": (schema.audit_head, {"one": 2, "seq": 0, "hash": ""}),
    "ck_documents_digest": (
        schema.documents,
        {"digest": "short", "kind": "plan", "codec": "gzip", "size": 0, "body": b"", "at": NOW},
    ),
    "ck_documents_codec": (
        schema.documents,
        {"digest": NO_DIGEST, "kind": "plan", "codec": "zip", "size": 0, "body": b"", "at": NOW},
    ),
    "ck_documents_size": (
        schema.documents,
        {"digest": NO_DIGEST, "kind": "plan", "codec": "gzip", "size": -1, "body": b"", "at": NOW},
    ),
    "ck_run_events_seq": (
        schema.run_events,
        {"run_id": "run-1", "seq": 0, "at": NOW, "type": "queued", "data": {}},
    ),
    "ck_workers_cores": (
        schema.workers,
        {"name": "w", "started_at": NOW, "host": "h", "role": "worker", "cores": 0, "version": "0"},
    ),
    "ck_deliveries_state": (schema.deliveries, delivery("d", state="lost", ended_at=NOW)),
    "ck_deliveries_ended": (schema.deliveries, delivery("d", state="failed")),
    "ck_deliveries_attempts": (schema.deliveries, delivery("d", attempts=-1)),
    "ck_deliveries_epoch": (schema.deliveries, delivery("d", epoch=-1)),
}


@pytest.mark.parametrize("constraint", REFUSED)
def test_row_that_breaks_a_rule_is_refused(filled: sa.Engine, constraint: str) -> None:
    table, row = REFUSED[constraint]
    with pytest.raises(sa.exc.IntegrityError, match=constraint), writing(filled) as connection:
        insert(connection, table, row)


def test_result_needs_a_state_that_has_one(filled: sa.Engine) -> None:
    cancelled = sa.update(schema.runs).where(schema.runs.c.id == "run-1").values(state="cancelled")
    with pytest.raises(sa.exc.IntegrityError, match="ck_runs_result"), writing(filled) as connection:
        connection.execute(cancelled)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"origin": "guess"}, "ck_plans_origin"),
        ({"run_id": None}, "ck_plans_of_a_run"),
        ({"origin": "edit"}, "ck_plans_of_a_plan"),
        ({"rank": 0}, "ck_plans_rank"),
    ],
)
def test_plan_says_where_it_comes_from(filled: sa.Engine, values: dict[str, Any], constraint: str) -> None:
    with pytest.raises(sa.exc.IntegrityError, match=constraint), writing(filled) as connection:
        connection.execute(sa.update(schema.plans).where(schema.plans.c.id == "plan-2").values(**values))


def test_revision_comes_after_its_parent(filled: sa.Engine) -> None:
    late = sa.update(schema.revisions).where(schema.revisions.c.number == 1).values(parent=2)
    with pytest.raises(sa.exc.IntegrityError, match="ck_revisions_parent"), writing(filled) as connection:
        connection.execute(late)


def test_round_has_one_published_plan(database: sa.Engine) -> None:
    fill(database)
    with pytest.raises(sa.exc.IntegrityError, match="publications"), writing(database) as connection:
        insert(connection, schema.publications, publication("publication-2", "plan-1"))
    with writing(database) as connection:
        connection.execute(sa.update(schema.publications).values(state="rolled_back"))
        replacing = publication("publication-2", "plan-1", replaces="publication-1")
        insert(connection, schema.publications, replacing)


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (schema.runs, {**RUN, "id": "r", "revision": 3}),
        (schema.runs, {**RUN, "id": "r", "user_id": "nobody"}),
        (schema.runs, {**RUN, "id": "r", "repeat_of": "no-run"}),
        (schema.runs, {**RUN, "id": "r", "state": "done", "result_digest": NO_DIGEST}),
        (schema.publications, publication("x", "plan-1", state="proposed", round_id="round-2")),
        (schema.round_counties, {"round_id": "round-2", "county": "C-01"}),
        (schema.passwords, {"principal_id": "nobody", "argon2": "", "changed_at": NOW}),
    ],
)
def test_row_that_refers_to_nothing_is_refused(
    filled: sa.Engine, table: sa.Table, row: dict[str, Any]
) -> None:
    with pytest.raises(sa.exc.IntegrityError, match=r"(?i)foreign key"), writing(filled) as connection:
        insert(connection, table, row)


def test_what_is_referred_to_stays(filled: sa.Engine) -> None:
    with pytest.raises(sa.exc.IntegrityError, match=r"(?i)foreign key"), writing(filled) as connection:
        connection.execute(sa.delete(schema.documents))


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (schema.principals, {**APPROVER, "id": "p-3"}),
        (schema.api_keys, {"id": "key-2", "principal_id": "p-2", "prefix": "mk_2", "mac": "a1"}),
        (schema.sessions, {**SESSION, "id": "session-2"}),
        (schema.run_events, {"run_id": "run-1", "seq": 3, "at": NOW, "type": "done", "data": {}}),
        (schema.webhook_hosts, {"host": "hooks.example"}),
    ],
)
def test_what_is_there_once_stays_so(filled: sa.Engine, table: sa.Table, row: dict[str, Any]) -> None:
    with pytest.raises(sa.exc.IntegrityError, match=r"(?i)unique"), writing(filled) as connection:
        insert(connection, table, row)


def test_revision_of_the_same_text_is_refused(filled: sa.Engine) -> None:
    with writing(filled) as connection:
        first = connection.execute(
            sa.select(schema.revisions).where(schema.revisions.c.number == 1)
        ).mappings().one()  # fmt: skip
    again = {**first, "number": 3, "parent": 2}
    with pytest.raises(sa.exc.IntegrityError, match=r"(?i)unique"), writing(filled) as connection:
        insert(connection, schema.revisions, again)


def test_rows_come_back_as_they_went_in(filled: sa.Engine) -> None:
    with reading(filled) as connection:
        run = connection.execute(sa.select(schema.runs).where(schema.runs.c.id == "run-1")).one()
        answer = connection.execute(
            sa.select(schema.idempotency).where(schema.idempotency.c.key == "k-2")
        ).one()
        edits = connection.execute(
            sa.select(schema.revisions.c.edits).order_by(schema.revisions.c.number)
        ).scalars().all()  # fmt: skip
        disabled = connection.execute(sa.select(schema.principals.c.disabled)).scalars().all()
    assert (run.settings, run.seed, run.spent_work) == (RUN["settings"], 2**40, 0.1 + 0.2)
    assert (run.priority, run.cores, run.attempts, run.asked) == (5, 1, 0, None)
    assert (answer.status, answer.headers, answer.body) == (201, {"etag": '"1"'}, b"\x00\xff{}")
    assert edits == [[], [{"kind": "set", "value": None}]]
    assert sorted(disabled) == [False, True]


def test_json_is_kept_as_canonical_text(filled: sa.Engine) -> None:
    with reading(filled) as connection:
        text = connection.exec_driver_sql("SELECT settings FROM runs WHERE id = 'run-1'").scalar()
    assert text == '{"effort":"normal","ranks":1}'


def test_every_table_has_rows_in_these_tests(filled: sa.Engine) -> None:
    with reading(filled) as connection:
        empty = [
            name
            for name, table in schema.metadata.tables.items()
            if not connection.execute(sa.select(sa.func.count()).select_from(table)).scalar()
        ]
    assert empty == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET outcome = 'other' WHERE seq = 1",
        "DELETE FROM audit WHERE seq = 1",
        "DELETE FROM audit",
    ],
)
def test_audit_entries_stay_as_they_are(filled: sa.Engine, statement: str) -> None:
    _refused_by_audit(filled, statement)


def test_audit_entries_are_not_replaced(filled: sa.Engine) -> None:
    columns = "seq, at, actor, action, subject, scope, outcome, detail, prev, hash"
    values = "SELECT 1, at, 'other', action, subject, scope, outcome, detail, prev, hash FROM audit"
    if filled.dialect.name == "sqlite":
        _refused_by_audit(filled, f"INSERT OR REPLACE INTO audit ({columns}) {values}")
        _refused_by_audit(filled, "UPDATE OR REPLACE audit SET seq = 2")
    else:
        _refused_by_audit(filled, "TRUNCATE audit")
        replacing = f"INSERT INTO audit ({columns}) {values} ON CONFLICT (seq) DO UPDATE SET actor = 'other'"
        _refused_by_audit(filled, replacing)


def _refused_by_audit(database: sa.Engine, statement: str) -> None:
    with (
        pytest.raises(sa.exc.DBAPIError, match="audit entries are never changed or deleted"),
        writing(database) as connection,
    ):
        connection.exec_driver_sql(statement)
    with reading(database) as connection:
        assert connection.execute(sa.select(schema.audit.c.seq, schema.audit.c.actor)).all() == [(1, "p-1")]


def test_only_runs_in_work_are_in_the_index_of_owners(filled: sa.Engine) -> None:
    indexes = sa.inspect(filled).get_indexes("runs")
    found = next(index for index in indexes if index["column_names"] == ["owner"])
    condition = str(found["dialect_options"][f"{filled.dialect.name}_where"])
    assert "running" in condition
    assert "stopping" in condition
