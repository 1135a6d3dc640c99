"""Rounds, their revisions, and the documents (rounds, results, plans, certificates) by digest."""

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

#: Texts by the SHA-256 of their plain bytes: what is the same is kept once, and what is damaged is found.
documents = sa.Table(
    "documents",
    metadata,
    text("digest", key=True),
    text("kind"),
    text("codec"),
    whole("size"),
    sa.Column("body", sa.LargeBinary, nullable=False),
    moment("at"),
    sa.CheckConstraint("length(digest) = 64", name="digest"),
    one_of("codec", ["gzip"]),
    at_least("size", 0),
)

#: ``etag_seq`` grows with every change of the round's own row.
rounds = sa.Table(
    "rounds",
    metadata,
    text("id", key=True),
    text("name"),
    text("region"),
    text("created_by", sa.ForeignKey("principals.id")),
    moment("at"),
    moment("deleted_at", null=True),
    moment("retain_until", null=True),
    whole("etag_seq", default=0),
    at_least("etag_seq", 0),
)

#: The counties that a round is about: who may see it is decided by them.
round_counties = sa.Table(
    "round_counties",
    metadata,
    text("round_id", sa.ForeignKey("rounds.id"), key=True),
    text("county", key=True),
    sa.Index(None, "county"),
)

#: A round never changes; an edit makes a new revision, with its reason. ``lineage`` says of which run's scenario it was
#: made, and of which revision of which round.
revisions = sa.Table(
    "revisions",
    metadata,
    text("round_id", sa.ForeignKey("rounds.id"), key=True),
    whole("number", key=True),
    text("digest", sa.ForeignKey("documents.digest")),
    whole("parent", null=True),
    text("reason"),
    json_data("edits"),
    json_data("warnings"),
    json_data("lineage", null=True),
    text("by", sa.ForeignKey("principals.id")),
    moment("at"),
    own_reference(["round_id", "parent"], ["revisions.round_id", "revisions.number"]),
    sa.UniqueConstraint("round_id", "digest"),
    at_least("number", 1),
    sa.CheckConstraint("parent < number", name="parent"),
    # Whoever removes a document asks every table that may refer to it; so these have an index everywhere.
    sa.Index(None, "digest"),
)
