"""Rows of every table that fit together; all names are invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from api.storage import documents, schema
from api.storage.canonical import digest_of
from api.storage.session import writing

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = 1_790_000_000_000

ROUND_TEXT = {"name": "示例轮次", "villages": [{"id": "V1", "name": "杏花村"}], "share": 0.1}
PLAN_TEXT = {"posts": [{"cadre": "C1", "village": "V1"}], "score": 12}

PROPOSER = {"id": "p-1", "kind": "user", "name": "示例用户甲"}
APPROVER = {"id": "p-2", "kind": "user", "name": "示例用户乙"}

RUN: Mapping[str, Any] = {
    "id": "run-1",
    "round_id": "round-1",
    "revision": 1,
    "kind": "solve",
    "settings": {"effort": "normal", "ranks": 1},
    "rules_digest": digest_of("{}"),
    "versions": {"matcher": "0"},
    "seed": 2**40,
    "user_id": "p-1",
    "state": "queued",
    "created_at": NOW,
}

SESSION: Mapping[str, Any] = {
    "id": "session-1",
    "mac": "b2",
    "principal_id": "p-1",
    "method": "password",
    "begun_at": NOW,
    "used_at": NOW,
    "expires_at": NOW,
}


def fill(database: sa.Engine) -> None:
    """Put a row or more into every table."""
    with writing(database) as connection:
        fill_round(connection)
        _fill_run(connection)
        _fill_plans(connection)
        _fill_access(connection)
        _fill_logins(connection)
        _fill_rest(connection)


def fill_round(connection: sa.Connection) -> None:
    """Put in a round with two revisions, and two people."""
    insert(connection, schema.principals, PROPOSER)
    insert(connection, schema.principals, {**APPROVER, "disabled": True})
    digest = documents.put(connection, "round", ROUND_TEXT)
    edited = documents.put(connection, "round", {**ROUND_TEXT, "share": 0.25})
    row = {"id": "round-1", "name": "示例轮次", "region": "示例县", "created_by": "p-1", "at": NOW}
    insert(connection, schema.rounds, row)
    insert(connection, schema.round_counties, {"round_id": "round-1", "county": "C-01"})
    first: dict[str, Any] = {"round_id": "round-1", "number": 1, "digest": digest, "reason": "first"}
    first |= {"edits": [], "warnings": [], "by": "p-1", "at": NOW}
    edits = [{"kind": "set", "value": None}]
    insert(connection, schema.revisions, first)
    insert(
        connection,
        schema.revisions,
        {
            **first,
            "number": 2,
            "digest": edited,
            "parent": 1,
            "edits": edits,
            "lineage": {"run": "run-1", "scenario": "少一人"},
        },
    )


def insert(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> None:
    """Put in one row."""
    connection.execute(sa.insert(table).values(**row))


def _fill_run(connection: sa.Connection) -> None:
    result = documents.put(connection, "result", {"status": "optimal", "plans": [PLAN_TEXT]})
    done = {
        "state": "done",
        "result_digest": result,
        "score": 12,
        "bound": 12,
        "spent_work": 0.1 + 0.2,
        "epoch": 2,
    }
    question = {"plan": "plan-2", "plans": [], "scenarios": [{"name": "少一人", "edits": []}]}
    insert(connection, schema.runs, {**RUN, **done, "question": question})
    # It refers to a run whose key sorts behind its own.
    insert(connection, schema.runs, {**RUN, "id": "run-0", "repeat_of": "run-1"})
    for seq, kind in enumerate(("queued", "running", "done"), start=1):
        row = {"run_id": "run-1", "seq": seq, "at": NOW + seq, "type": kind, "data": {"seq": seq}}
        insert(connection, schema.run_events, row)
    body = documents.put(connection, "checkpoint", {"teams": []})
    for stage in ("1/a", "B", "a"):
        row = {"run_id": "run-1", "stage": stage, "seq": 1, "epoch": 1, "score": 11, "body": body}
        insert(connection, schema.checkpoints, row)
    worker = {
        "name": "w-1",
        "beat": 7,
        "started_at": NOW,
        "host": "h",
        "role": "worker",
        "cores": 2,
        "version": "0",
    }
    insert(connection, schema.workers, worker)


def _fill_plans(connection: sa.Connection) -> None:
    plan = {"round_id": "round-1", "revision": 1, "by": "p-1", "at": NOW, "score": 12}
    solved = documents.put(connection, "plan", PLAN_TEXT)
    edited = documents.put(connection, "plan", {**PLAN_TEXT, "score": 10})
    first = {**plan, "id": "plan-2", "run_id": "run-1", "rank": 1, "origin": "solve", "digest": solved}
    second = {**plan, "id": "plan-1", "origin": "edit", "parent_plan": "plan-2", "digest": edited}
    insert(connection, schema.plans, first)
    insert(connection, schema.plans, second)
    answer = documents.put(connection, "answer", {"why": []})
    row = {"id": "answer-1", "run_id": "run-1", "question_digest": digest_of("?"), "digest": answer}
    insert(connection, schema.answers, row)
    insert(connection, schema.publications, publication("publication-1", "plan-2"))


def publication(identifier: str, plan: str, **changes: Any) -> dict[str, Any]:
    """Return a publication that is published and was approved by another person."""
    row = {"id": identifier, "plan_id": plan, "round_id": "round-1", "state": "published", "at": NOW}
    return {**row, "proposed_by": "p-1", "approved_by": "p-2", **changes}


def _fill_access(connection: sa.Connection) -> None:
    grant = {"principal_id": "p-1", "role": "planner", "scope_kind": "all", "scope": ""}
    insert(connection, schema.grants, grant)
    insert(connection, schema.grants, {**grant, "scope_kind": "county", "scope": "C-01"})
    insert(connection, schema.api_keys, {"id": "key-1", "principal_id": "p-1", "prefix": "mk_1", "mac": "a1"})
    request: dict[str, Any] = {
        "principal_id": "p-1",
        "route": "POST /rounds",
        "body_digest": digest_of(""),
        "at": NOW,
    }
    insert(connection, schema.idempotency, {**request, "key": "k-1"})
    answered = {"status": 201, "headers": {"etag": '"1"'}, "body": b"\x00\xff{}"}
    insert(connection, schema.idempotency, {**request, **answered, "key": "k-2"})


def _fill_logins(connection: sa.Connection) -> None:
    password = {"principal_id": "p-1", "argon2": "$argon2id$invented", "changed_at": NOW}
    insert(connection, schema.passwords, password)
    insert(connection, schema.password_codes, {"principal_id": "p-1", "mac": "d4", "expires_at": NOW})
    insert(connection, schema.sessions, SESSION)
    identity = {"issuer": "issuer.example", "subject": "42", "principal_id": "p-1"}
    insert(connection, schema.identities, identity)
    insert(connection, schema.oidc_logins, {"mac": "e5", "browser_mac": "f6", "expires_at": NOW})
    insert(connection, schema.login_attempts, {"mac": "a7", "failures": 2, "until": NOW})


def audit_entry(seq: int) -> dict[str, Any]:
    """Return an entry of the audit trail; its hashes are invented."""
    row = {"seq": seq, "at": NOW, "actor": "p-1", "action": "rounds.create", "subject": "round-1"}
    return {
        **row,
        "scope": "C-01",
        "outcome": "done",
        "detail": {},
        "prev": "0" * 64,
        "hash": digest_of(str(seq)),
    }


def _fill_rest(connection: sa.Connection) -> None:
    insert(connection, schema.audit, audit_entry(1))
    connection.execute(sa.update(schema.audit_head).values(seq=1, hash=digest_of("1")))
    insert(connection, schema.webhook_hosts, {"host": "hooks.example"})
    insert(connection, schema.webhooks, webhook("hook-1"))
    insert(connection, schema.deliveries, delivery("d-1"))


def delivery(identifier: str, **changes: Any) -> dict[str, Any]:
    """Return a delivery that waits."""
    row = {"id": identifier, "webhook_id": "hook-1", "event": "run.done", "body": {"run": "run-1"}}
    return {**row, "at": NOW, "next_at": NOW, "state": "pending", **changes}


def webhook(identifier: str) -> dict[str, Any]:
    """Return a webhook to the one host."""
    row = {
        "id": identifier,
        "url": "https://hooks.example/done",
        "host": "hooks.example",
        "secret_ref": "ref",
    }
    return {**row, "events": ["run.done"], "by": "p-1", "at": NOW}
