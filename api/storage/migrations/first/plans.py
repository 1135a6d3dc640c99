"""Plans, answers, publications."""

import sqlalchemy as sa
from alembic import op


def create() -> None:
    """Create them."""
    _plans()
    _answers()
    _publications()


def _plans() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=True),
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=True),
        sa.Column("score", sa.BigInteger(), nullable=True),
        sa.Column("bound", sa.BigInteger(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("parent_plan", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("origin <> 'edit' OR parent_plan IS NOT NULL", name=op.f("ck_plans_of_a_plan")),
        sa.CheckConstraint("origin <> 'solve' OR run_id IS NOT NULL", name=op.f("ck_plans_of_a_run")),
        sa.CheckConstraint("origin IN ('solve', 'edit', 'import', 'scenario')", name=op.f("ck_plans_origin")),
        sa.CheckConstraint("rank >= 1", name=op.f("ck_plans_rank")),
        sa.ForeignKeyConstraint(["by"], ["principals.id"], name=op.f("fk_plans_by")),
        sa.ForeignKeyConstraint(["digest"], ["documents.digest"], name=op.f("fk_plans_digest")),
        sa.ForeignKeyConstraint(
            ["parent_plan"],
            ["plans.id"],
            name=op.f("fk_plans_parent_plan"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["round_id", "revision"],
            ["revisions.round_id", "revisions.number"],
            name=op.f("fk_plans_round_id_revision"),
        ),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_plans_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("id", "round_id", name=op.f("uq_plans_id_round_id")),
        sa.UniqueConstraint("run_id", "rank", name=op.f("uq_plans_run_id_rank")),
    )
    op.create_index(op.f("ix_plans_digest"), "plans", ["digest"])
    op.create_index(op.f("ix_plans_round_id_revision"), "plans", ["round_id", "revision"])


def _answers() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("question_digest", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["documents.digest"], name=op.f("fk_answers_digest")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_answers_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint("run_id", "question_digest", name=op.f("uq_answers_run_id_question_digest")),
    )
    op.create_index(op.f("ix_answers_digest"), "answers", ["digest"])
    op.create_index(op.f("ix_answers_question_digest"), "answers", ["question_digest"])


def _publications() -> None:
    op.create_table(
        "publications",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("notice_digest", sa.Text(), nullable=True),
        sa.Column("replaces", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state <> 'published' OR approved_by IS NOT NULL", name=op.f("ck_publications_approved")
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'published', 'rolled_back')", name=op.f("ck_publications_state")
        ),
        sa.CheckConstraint("approved_by <> proposed_by", name=op.f("ck_publications_four_eyes")),
        sa.ForeignKeyConstraint(["approved_by"], ["principals.id"], name=op.f("fk_publications_approved_by")),
        sa.ForeignKeyConstraint(
            ["notice_digest"], ["documents.digest"], name=op.f("fk_publications_notice_digest")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id", "round_id"],
            ["plans.id", "plans.round_id"],
            name=op.f("fk_publications_plan_id_round_id"),
        ),
        sa.ForeignKeyConstraint(["proposed_by"], ["principals.id"], name=op.f("fk_publications_proposed_by")),
        sa.ForeignKeyConstraint(
            ["replaces"],
            ["publications.id"],
            name=op.f("fk_publications_replaces"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
    )
    op.create_index(op.f("ix_publications_notice_digest"), "publications", ["notice_digest"])
    op.create_index(op.f("ix_publications_plan_id_round_id"), "publications", ["plan_id", "round_id"])
    op.create_index(
        "uq_publications_published",
        "publications",
        ["round_id"],
        unique=True,
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )
