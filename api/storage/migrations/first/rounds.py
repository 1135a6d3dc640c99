"""Documents, rounds, their counties and revisions."""

import sqlalchemy as sa
from alembic import op


def create() -> None:
    """Create them."""
    _documents()
    _rounds()
    _round_counties()
    _revisions()


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("codec", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("codec IN ('gzip')", name=op.f("ck_documents_codec")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_documents_digest")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_documents_size")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_documents")),
    )


def _rounds() -> None:
    op.create_table(
        "rounds",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.Column("retain_until", sa.BigInteger(), nullable=True),
        sa.Column("etag_seq", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("etag_seq >= 0", name=op.f("ck_rounds_etag_seq")),
        sa.ForeignKeyConstraint(["created_by"], ["principals.id"], name=op.f("fk_rounds_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
    )


def _round_counties() -> None:
    op.create_table(
        "round_counties",
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_round_counties_round_id")),
        sa.PrimaryKeyConstraint("round_id", "county", name=op.f("pk_round_counties")),
    )
    op.create_index(op.f("ix_round_counties_county"), "round_counties", ["county"])


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("parent", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("edits", sa.Text(), nullable=False),
        sa.Column("warnings", sa.Text(), nullable=False),
        sa.Column("lineage", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_revisions_number")),
        sa.CheckConstraint("parent < number", name=op.f("ck_revisions_parent")),
        sa.ForeignKeyConstraint(["by"], ["principals.id"], name=op.f("fk_revisions_by")),
        sa.ForeignKeyConstraint(["digest"], ["documents.digest"], name=op.f("fk_revisions_digest")),
        sa.ForeignKeyConstraint(
            ["round_id", "parent"],
            ["revisions.round_id", "revisions.number"],
            name=op.f("fk_revisions_round_id_parent"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_revisions_round_id")),
        sa.PrimaryKeyConstraint("round_id", "number", name=op.f("pk_revisions")),
        sa.UniqueConstraint("round_id", "digest", name=op.f("uq_revisions_round_id_digest")),
    )
    op.create_index(op.f("ix_revisions_digest"), "revisions", ["digest"])
