"""Webhooks: where to, of what, and what their secret is derived from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from api.storage.schema import deliveries, webhooks

if TYPE_CHECKING:
    from collections.abc import Sequence


class Webhook(NamedTuple):
    """A webhook; its secret is derived from ``secret_ref`` and the server's own secret."""

    id: str
    url: str
    host: str
    secret_ref: str
    events: Sequence[str]
    by: str
    at: int


_COLUMNS = tuple(webhooks.c[name] for name in Webhook._fields)


def insert(connection: sa.Connection, made: Webhook) -> None:
    """Put in a webhook."""
    connection.execute(sa.insert(webhooks).values(**made._asdict()))


def get(connection: sa.Connection, identifier: str, *, lock: bool = False) -> Webhook | None:
    """Return a webhook; ``lock`` keeps others from writing to its outbox to the end of the transaction."""
    query = sa.select(*_COLUMNS).where(webhooks.c.id == identifier)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return None if row is None else Webhook(*row)


def page(connection: sa.Connection, after: str, most: int) -> list[Webhook]:
    """Return at most ``most`` webhooks whose identifiers sort after ``after``."""
    query = sa.select(*_COLUMNS).where(webhooks.c.id > after).order_by(webhooks.c.id).limit(most)
    return [Webhook(*row) for row in connection.execute(query)]


def listening(connection: sa.Connection, event: str) -> list[str]:
    """Return the webhooks that want an event; they stay until the transaction ends.

    Else one that is deleted meanwhile would undo what the event tells of.
    """
    query = sa.select(webhooks.c.id, webhooks.c.events).order_by(webhooks.c.id)
    rows = connection.execute(query.with_for_update(read=True, key_share=True))
    return [row.id for row in rows if event in row.events]


def replace_secret(connection: sa.Connection, identifier: str, secret_ref: str) -> None:
    """Derive the secret from something else from now on."""
    connection.execute(sa.update(webhooks).where(webhooks.c.id == identifier).values(secret_ref=secret_ref))


def delete(connection: sa.Connection, identifier: str) -> None:
    """Delete a webhook that is locked, with all that was or was to be delivered."""
    connection.execute(sa.delete(deliveries).where(deliveries.c.webhook_id == identifier))
    connection.execute(sa.delete(webhooks).where(webhooks.c.id == identifier))
