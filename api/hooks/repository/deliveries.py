"""The outbox: what is to be delivered, who claimed it, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from api.storage.schema import deliveries, webhook_hosts, webhooks

if TYPE_CHECKING:
    from collections.abc import Mapping


class Delivery(NamedTuple):
    """Something that is to be delivered, or was; times are UTC milliseconds."""

    id: str
    webhook_id: str
    event: str
    body: Mapping[str, Any]
    state: str
    attempts: int
    at: int
    next_at: int
    ended_at: int | None
    status: int | None
    reason: str | None


class Claimed(NamedTuple):
    """A delivery that is to be tried now, with where it goes; whoever writes about it must still have its ``epoch``."""

    id: str
    epoch: int
    attempts: int
    event: str
    body: Mapping[str, Any]
    webhook_id: str
    url: str
    host: str
    secret_ref: str
    private: bool


_COLUMNS = tuple(deliveries.c[name] for name in Delivery._fields)
_TARGET = (webhooks.c.url, webhooks.c.host, webhooks.c.secret_ref, webhook_hosts.c.private)


def insert(connection: sa.Connection, made: Delivery) -> None:
    """Put in a delivery."""
    connection.execute(sa.insert(deliveries).values(**made._asdict()))


def get(connection: sa.Connection, webhook: str, identifier: str, *, lock: bool = False) -> Delivery | None:
    """Return a delivery of a webhook; ``lock`` keeps others from claiming it."""
    query = sa.select(*_COLUMNS).where(deliveries.c.id == identifier, deliveries.c.webhook_id == webhook)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return None if row is None else Delivery(*row)


def page(connection: sa.Connection, webhook: str, before: str | None, most: int) -> list[Delivery]:
    """Return at most ``most`` deliveries of a webhook, newest first, made before the one named."""
    query = sa.select(*_COLUMNS).where(deliveries.c.webhook_id == webhook)
    if before is not None:
        query = query.where(deliveries.c.id < before)
    return [Delivery(*row) for row in connection.execute(query.order_by(deliveries.c.id.desc()).limit(most))]


def is_any_due(connection: sa.Connection, now: int, latest: int) -> bool:
    """Return whether something is due; what is due later than ``latest`` was put off by a clock that was wrong."""
    return (
        connection.execute(sa.select(deliveries.c.id).where(_due(now, latest)).limit(1)).first() is not None
    )


def claim(connection: sa.Connection, now: int, latest: int, until: int, most: int) -> list[Claimed]:
    """Claim what is due, the oldest first: until a time nobody else takes it, and then whoever comes.

    Parameters
    ----------
    now, latest
        What is due by then, or put off beyond the latest that can be.
    until
        When a claim may be taken over.
    most
        How many at most.
    """
    query = sa.select(deliveries.c.id).where(_due(now, latest)).order_by(deliveries.c.next_at).limit(most)
    found = connection.scalars(query.with_for_update(skip_locked=True)).all()
    if not found:
        return []
    connection.execute(
        sa.update(deliveries)
        .where(deliveries.c.id.in_(found))
        .values(attempts=deliveries.c.attempts + 1, epoch=deliveries.c.epoch + 1, next_at=until)
    )
    own = [deliveries.c[name] for name in ("id", "epoch", "attempts", "event", "body", "webhook_id")]
    claimed = (
        sa.select(*own, *_TARGET)
        .join(webhooks, webhooks.c.id == deliveries.c.webhook_id)
        .join(webhook_hosts, webhook_hosts.c.host == webhooks.c.host)
        .where(deliveries.c.id.in_(found))
        .order_by(deliveries.c.id)
    )
    return [Claimed._make(row) for row in connection.execute(claimed)]


def write(connection: sa.Connection, claimed: Claimed, **values: Any) -> None:
    """Write down what came of an attempt; nothing where somebody else has claimed it since, or it is gone."""
    held = [
        deliveries.c.id == claimed.id,
        deliveries.c.epoch == claimed.epoch,
        deliveries.c.state == "pending",
    ]
    connection.execute(sa.update(deliveries).where(*held).values(**values))


def again(connection: sa.Connection, identifier: str, now: int) -> None:
    """Let a delivery that has ended begin anew."""
    values = {"state": "pending", "attempts": 0, "next_at": now, "ended_at": None}
    connection.execute(
        sa.update(deliveries).where(deliveries.c.id == identifier).values(**values, status=None, reason=None)
    )


def _due(now: int, latest: int) -> sa.ColumnElement[bool]:
    at = deliveries.c.next_at
    return sa.and_(deliveries.c.state == "pending", sa.or_(at <= now, at > latest))
