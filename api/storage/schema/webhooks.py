"""Webhooks, the hosts they may go to, and the outbox of what is to be delivered."""

from __future__ import annotations

import sqlalchemy as sa

from api.storage.schema.columns import at_least, json_data, metadata, moment, one_of, text, whole

#: Hosts that an administrator lists; ``private`` ones may have addresses of this machine or of an inner network.
webhook_hosts = sa.Table(
    "webhook_hosts",
    metadata,
    text("host", key=True),
    sa.Column("private", sa.Boolean, nullable=False, server_default=sa.false()),
)

#: ``secret_ref`` is what the secret that signs is derived from; the secret itself is not in the database.
webhooks = sa.Table(
    "webhooks",
    metadata,
    text("id", key=True),
    text("url"),
    text("host", sa.ForeignKey("webhook_hosts.host")),
    text("secret_ref"),
    json_data("events"),
    text("by", sa.ForeignKey("principals.id")),
    moment("at"),
    sa.Index(None, "host"),
)

#: Written in the transaction of what it tells of, sent afterwards. ``epoch`` counts the claims of all its life: whoever
#: sends must still have the one that it claimed. ``next_at`` is when it is due, or may be taken from who claimed it.
deliveries = sa.Table(
    "deliveries",
    metadata,
    text("id", key=True),
    text("webhook_id", sa.ForeignKey("webhooks.id")),
    text("event"),
    json_data("body"),
    text("state"),
    whole("attempts", default=0),
    whole("epoch", default=0),
    moment("at"),
    moment("next_at"),
    moment("ended_at", null=True),
    whole("status", null=True),
    text("reason", null=True),
    at_least("attempts", 0),
    at_least("epoch", 0),
    one_of("state", ["pending", "delivered", "failed"]),
    sa.CheckConstraint("(state = 'pending') = (ended_at IS NULL)", name="ended"),
    sa.Index(None, "state", "next_at"),
    sa.Index(None, "webhook_id"),
)
