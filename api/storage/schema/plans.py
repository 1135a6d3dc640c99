"""Plans, answers to questions about them, and what was published."""

from __future__ import annotations

import sqlalchemy as sa

from api.storage.schema.columns import at_least, metadata, moment, one_of, own_reference, text, whole

plans = sa.Table(
    "plans",
    metadata,
    text("id", key=True),
    text("run_id", sa.ForeignKey("runs.id"), null=True),
    text("round_id"),
    whole("revision"),
    text("digest", sa.ForeignKey("documents.digest")),
    whole("rank", null=True),
    whole("score", null=True),
    whole("bound", null=True),
    text("origin"),
    text("parent_plan", null=True),
    text("by", sa.ForeignKey("principals.id")),
    moment("at"),
    sa.ForeignKeyConstraint(["round_id", "revision"], ["revisions.round_id", "revisions.number"]),
    own_reference(["parent_plan"], ["plans.id"]),
    sa.UniqueConstraint("run_id", "rank"),
    # A publication names plan and round; this makes them agree.
    sa.UniqueConstraint("id", "round_id"),
    at_least("rank", 1),
    one_of("origin", ["solve", "edit", "import", "scenario"]),
    sa.CheckConstraint("origin <> 'solve' OR run_id IS NOT NULL", name="of_a_run"),
    sa.CheckConstraint("origin <> 'edit' OR parent_plan IS NOT NULL", name="of_a_plan"),
    sa.Index(None, "round_id", "revision"),
    sa.Index(None, "digest"),
)

#: What runs answered, by what was asked: the same question with the same settings is not worked on twice.
answers = sa.Table(
    "answers",
    metadata,
    text("id", key=True),
    text("run_id", sa.ForeignKey("runs.id")),
    text("question_digest"),
    text("digest", sa.ForeignKey("documents.digest")),
    sa.UniqueConstraint("run_id", "question_digest"),
    sa.Index(None, "question_digest"),
    sa.Index(None, "digest"),
)

#: Nobody approves what they proposed, and a round has one published plan at most.
publications = sa.Table(
    "publications",
    metadata,
    text("id", key=True),
    text("plan_id"),
    text("round_id"),
    text("state"),
    text("proposed_by", sa.ForeignKey("principals.id")),
    text("approved_by", sa.ForeignKey("principals.id"), null=True),
    moment("at"),
    text("notice_digest", sa.ForeignKey("documents.digest"), null=True),
    text("replaces", null=True),
    sa.ForeignKeyConstraint(["plan_id", "round_id"], ["plans.id", "plans.round_id"]),
    own_reference(["replaces"], ["publications.id"]),
    one_of("state", ["proposed", "published", "rolled_back"]),
    sa.CheckConstraint("approved_by <> proposed_by", name="four_eyes"),
    sa.CheckConstraint("state <> 'published' OR approved_by IS NOT NULL", name="approved"),
    sa.Index(None, "plan_id", "round_id"),
    sa.Index(None, "notice_digest"),
)

_PUBLISHED = sa.text("state = 'published'")
sa.Index(
    "uq_publications_published",
    publications.c.round_id,
    unique=True,
    sqlite_where=_PUBLISHED,
    postgresql_where=_PUBLISHED,
)
