"""Webhooks, the hosts they may go to, and the outbox of what is to be delivered."""

from __future__ import annotations

import sqlalchemy as sa

from api.storage.schema.columns import at_least, json_data, metadata, moment, one_of, text, whole

#: ``secret_ref`` names the secret that signs; the secret itself is not in the database.
webhooks = sa.Table(
    "webhooks",
    metadata,
    text("id", key=True),
    text("url"),
    text("secret_ref"),
    json_data("events"),
)

webhook_hosts = sa.Table("webhook_hosts", metadata, text("host", key=True))

#: Written in the transaction of what it tells of, sent afterwards.
deliveries = sa.Table(
    "deliveries",
    metadata,
    text("id", key=True),
    text("webhook_id", sa.ForeignKey("webhooks.id")),
    text("event"),
    json_data("body"),
    whole("attempts", default=0),
    moment("next_at"),
    text("state"),
    at_least("attempts", 0),
    one_of("state", ["pending", "delivered", "failed"]),
    sa.Index(None, "state", "next_at"),
)
