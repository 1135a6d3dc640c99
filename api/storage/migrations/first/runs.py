"""Runs, their events and checkpoints, workers."""

import sqlalchemy as sa
from alembic import op


def create() -> None:
    """Create them."""
    _runs()
    _run_events()
    _checkpoints()
    _workers()


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("rules_digest", sa.Text(), nullable=False),
        sa.Column("versions", sa.Text(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("priority", sa.BigInteger(), server_default=sa.text("5"), nullable=False),
        sa.Column("cores", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason_code", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("epoch", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("child_deaths", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("spent_ms", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("spent_work", sa.Double(), server_default=sa.text("0"), nullable=False),
        sa.Column("asked", sa.Text(), nullable=True),
        sa.Column("score", sa.BigInteger(), nullable=True),
        sa.Column("bound", sa.BigInteger(), nullable=True),
        sa.Column("phase", sa.Text(), nullable=True),
        sa.Column("rank", sa.BigInteger(), nullable=True),
        sa.Column("event_seq", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("checkpoint_seq", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("result_digest", sa.Text(), nullable=True),
        sa.Column("repeat_of", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('done', 'infeasible')) = (result_digest IS NOT NULL)", name=op.f("ck_runs_result")
        ),
        sa.CheckConstraint("asked IN ('stop', 'cancel')", name=op.f("ck_runs_asked")),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'stopping', 'done', 'infeasible', 'cancelled', 'failed')",
            name=op.f("ck_runs_state"),
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_runs_attempts")),
        sa.CheckConstraint("checkpoint_seq >= 0", name=op.f("ck_runs_checkpoint_seq")),
        sa.CheckConstraint("child_deaths >= 0", name=op.f("ck_runs_child_deaths")),
        sa.CheckConstraint("cores >= 1", name=op.f("ck_runs_cores")),
        sa.CheckConstraint("epoch >= 0", name=op.f("ck_runs_epoch")),
        sa.CheckConstraint("event_seq >= 0", name=op.f("ck_runs_event_seq")),
        sa.CheckConstraint("priority BETWEEN 1 AND 9", name=op.f("ck_runs_priority")),
        sa.CheckConstraint("spent_ms >= 0", name=op.f("ck_runs_spent_ms")),
        sa.CheckConstraint("spent_work >= 0", name=op.f("ck_runs_spent_work")),
        sa.ForeignKeyConstraint(
            ["repeat_of"], ["runs.id"], name=op.f("fk_runs_repeat_of"), initially="IMMEDIATE", deferrable=True
        ),
        sa.ForeignKeyConstraint(["result_digest"], ["documents.digest"], name=op.f("fk_runs_result_digest")),
        sa.ForeignKeyConstraint(
            ["round_id", "revision"],
            ["revisions.round_id", "revisions.number"],
            name=op.f("fk_runs_round_id_revision"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["principals.id"], name=op.f("fk_runs_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_index(
        op.f("ix_runs_owner"),
        "runs",
        ["owner"],
        sqlite_where=sa.text("state IN ('running', 'stopping')"),
        postgresql_where=sa.text("state IN ('running', 'stopping')"),
    )
    op.create_index(op.f("ix_runs_result_digest"), "runs", ["result_digest"])
    op.create_index(op.f("ix_runs_round_id_revision"), "runs", ["round_id", "revision"])
    op.create_index(op.f("ix_runs_state_priority_created_at"), "runs", ["state", "priority", "created_at"])
    op.create_index(op.f("ix_runs_user_id_state"), "runs", ["user_id", "state"])


def _run_events() -> None:
    op.create_table(
        "run_events",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_run_events_seq")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_events_run_id")),
        sa.PrimaryKeyConstraint("run_id", "seq", name=op.f("pk_run_events")),
    )


def _checkpoints() -> None:
    op.create_table(
        "checkpoints",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("epoch >= 1", name=op.f("ck_checkpoints_epoch")),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_checkpoints_seq")),
        sa.ForeignKeyConstraint(["body"], ["documents.digest"], name=op.f("fk_checkpoints_body")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_checkpoints_run_id")),
        sa.PrimaryKeyConstraint("run_id", "stage", "seq", name=op.f("pk_checkpoints")),
    )
    op.create_index(op.f("ix_checkpoints_body"), "checkpoints", ["body"])


def _workers() -> None:
    op.create_table(
        "workers",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("beat", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("cores", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.CheckConstraint("cores >= 1", name=op.f("ck_workers_cores")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_workers")),
    )
