"""Runs: what is asked of the solver, who works on it, what it said on the way, and where it goes on from."""

from __future__ import annotations

import sqlalchemy as sa

from api.storage.schema.columns import (
    at_least,
    json_data,
    metadata,
    moment,
    one_of,
    own_reference,
    text,
    whole,
)

#: States that have a result, and only they.
_WITH_RESULT = "state IN ('done', 'infeasible')"

#: ``question`` is what is asked about plans, or what the scenarios are; none where the round is just solved.
#: ``owner`` and ``epoch`` are the lease: whoever writes must still have the epoch that it claimed.
runs = sa.Table(
    "runs",
    metadata,
    text("id", key=True),
    text("round_id"),
    whole("revision"),
    text("kind"),
    json_data("settings"),
    json_data("question", null=True),
    text("rules_digest"),
    json_data("versions"),
    whole("seed"),
    whole("priority", default=5),
    whole("cores", default=1),
    text("user_id", sa.ForeignKey("principals.id")),
    text("state"),
    text("reason_code", null=True),
    text("reason", null=True),
    text("owner", null=True),
    whole("epoch", default=0),
    whole("attempts", default=0),
    whole("child_deaths", default=0),
    whole("spent_ms", default=0),
    sa.Column("spent_work", sa.Double, nullable=False, server_default=sa.text("0")),
    text("asked", null=True),
    whole("score", null=True),
    whole("bound", null=True),
    text("phase", null=True),
    whole("rank", null=True),
    whole("event_seq", default=0),
    whole("checkpoint_seq", default=0),
    text("result_digest", sa.ForeignKey("documents.digest"), null=True),
    text("repeat_of", null=True),
    moment("created_at"),
    moment("started_at", null=True),
    moment("ended_at", null=True),
    sa.ForeignKeyConstraint(["round_id", "revision"], ["revisions.round_id", "revisions.number"]),
    own_reference(["repeat_of"], ["runs.id"]),
    one_of("state", ["queued", "running", "stopping", "done", "infeasible", "cancelled", "failed"]),
    sa.CheckConstraint(f"({_WITH_RESULT}) = (result_digest IS NOT NULL)", name="result"),
    sa.CheckConstraint("priority BETWEEN 1 AND 9", name="priority"),
    at_least("cores", 1),
    one_of("asked", ["stop", "cancel"]),
    *(at_least(counter, 0) for counter in ("epoch", "attempts", "child_deaths", "spent_ms", "spent_work")),
    *(at_least(counter, 0) for counter in ("event_seq", "checkpoint_seq")),
    sa.Index(None, "state", "priority", "created_at"),
    sa.Index(None, "user_id", "state"),
    sa.Index(None, "round_id", "revision"),
    sa.Index(None, "result_digest"),
)

_OWNED = sa.text("state IN ('running', 'stopping')")
sa.Index(None, runs.c.owner, sqlite_where=_OWNED, postgresql_where=_OWNED)

#: States, progress, better plans, log lines. ``seq`` is the run's own and without gaps until the run has ended; then
#: those that told nothing new go, and the others keep their numbers.
run_events = sa.Table(
    "run_events",
    metadata,
    text("run_id", sa.ForeignKey("runs.id"), key=True),
    whole("seq", key=True),
    moment("at"),
    text("type"),
    json_data("data"),
    at_least("seq", 1),
)

#: Where a run goes on from when its worker is gone; a stage is one solve of one rank.
checkpoints = sa.Table(
    "checkpoints",
    metadata,
    text("run_id", sa.ForeignKey("runs.id"), key=True),
    text("stage", key=True),
    whole("seq", key=True),
    whole("epoch"),
    whole("score", null=True),
    text("body", sa.ForeignKey("documents.digest")),
    at_least("seq", 1),
    at_least("epoch", 1),
    sa.Index(None, "body"),
)

#: ``beat`` is a number that a live worker changes; no clock of another machine is trusted.
workers = sa.Table(
    "workers",
    metadata,
    text("name", key=True),
    whole("beat", default=0),
    moment("started_at"),
    text("host"),
    text("role"),
    whole("cores"),
    text("version"),
    at_least("cores", 1),
)
