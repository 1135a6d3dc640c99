"""The audit trail: a chain of hashes, appended to and never changed (triggers of the migrations see to it)."""

from __future__ import annotations

import sqlalchemy as sa

from api.storage.schema.columns import at_least, json_data, metadata, moment, text, whole

#: The hash before the first entry.
NO_HASH = "0" * 64

#: ``actor`` and ``subject`` are no references: an entry outlives what it is about, and tells of strangers too.
audit = sa.Table(
    "audit",
    metadata,
    whole("seq", key=True),
    moment("at"),
    text("actor"),
    text("action"),
    text("subject"),
    text("scope"),
    text("outcome"),
    json_data("detail"),
    text("prev"),
    text("hash"),
    at_least("seq", 1),
)

#: One row, there from the first migration on; whoever appends locks it first.
audit_head = sa.Table(
    "audit_head",
    metadata,
    whole("one", key=True, default=1),
    whole("seq"),
    text("hash"),
    sa.CheckConstraint("one = 1", name="one"),
    at_least("seq", 0),
)
