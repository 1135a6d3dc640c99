"""Who may do what: people and programs, their roles, their keys."""

from __future__ import annotations

import sqlalchemy as sa

from api.storage.schema.columns import json_data, metadata, moment, one_of, text, whole

#: Never deleted, for what they did names them; ``disabled`` shuts them out.
principals = sa.Table(
    "principals",
    metadata,
    text("id", key=True),
    text("kind"),
    text("name"),
    sa.Column("disabled", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.UniqueConstraint("kind", "name"),
    one_of("kind", ["user", "key", "service"]),
)

#: ``scope`` is a prefecture's or a county's code, and empty where the grant is for all.
grants = sa.Table(
    "grants",
    metadata,
    text("principal_id", sa.ForeignKey("principals.id"), key=True),
    text("role", key=True),
    text("scope_kind", key=True),
    text("scope", key=True),
    one_of("scope_kind", ["all", "prefecture", "county"]),
    sa.CheckConstraint("(scope_kind = 'all') = (scope = '')", name="scope"),
)

#: Of a key only its HMAC is kept; ``last_used_day`` is counted from 1970-01-01.
api_keys = sa.Table(
    "api_keys",
    metadata,
    text("id", key=True),
    text("principal_id", sa.ForeignKey("principals.id")),
    text("prefix"),
    text("mac"),
    moment("expires_at", null=True),
    moment("revoked_at", null=True),
    whole("last_used_day", null=True),
    sa.UniqueConstraint("mac"),
    sa.Index(None, "principal_id"),
)

#: The answer that a repeated POST gets again; what it was is known when its transaction ends.
idempotency = sa.Table(
    "idempotency",
    metadata,
    text("principal_id", sa.ForeignKey("principals.id"), key=True),
    text("key", key=True),
    text("route"),
    text("body_digest"),
    whole("status", null=True),
    json_data("headers", null=True),
    sa.Column("body", sa.LargeBinary, nullable=True),
    moment("at"),
    sa.Index(None, "at"),
)
