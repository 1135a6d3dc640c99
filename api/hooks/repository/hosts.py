"""The hosts that webhooks may go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from api.storage.schema import webhook_hosts, webhooks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: ON CONFLICT is spelt alike in both, but is no part of the standard.
_INSERT: Mapping[str, Callable[[sa.Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


class Host(NamedTuple):
    """A host by its name; ``private`` where it may have an address of this machine or of an inner network."""

    host: str
    private: bool


_COLUMNS = tuple(webhook_hosts.c[name] for name in Host._fields)


def put(connection: sa.Connection, made: Host) -> None:
    """List a host, or change what is known of it; of two who do it at once, the later one's word holds."""
    row = made._asdict()
    statement = _INSERT[connection.dialect.name](webhook_hosts).values(**row)
    row.pop("host")
    connection.execute(statement.on_conflict_do_update(index_elements=[webhook_hosts.c.host], set_=row))


def get(connection: sa.Connection, name: str, *, lock: bool = False) -> Host | None:
    """Return a host; ``lock`` keeps others from taking it out of the list to the end of the transaction."""
    query = sa.select(*_COLUMNS).where(webhook_hosts.c.host == name)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return None if row is None else Host(*row)


def page(connection: sa.Connection, after: str, most: int) -> list[Host]:
    """Return at most ``most`` hosts whose names sort after ``after``."""
    # By bytes, for PostgreSQL orders by the customs of its language.
    name = sa.collate(webhook_hosts.c.host, "C" if connection.dialect.name == "postgresql" else "BINARY")
    query = sa.select(*_COLUMNS).where(name > after).order_by(name).limit(most)
    return [Host(*row) for row in connection.execute(query)]


def is_used(connection: sa.Connection, name: str) -> bool:
    """Return whether a webhook goes there."""
    query = sa.select(webhooks.c.id).where(webhooks.c.host == name).limit(1)
    return connection.execute(query).one_or_none() is not None


def delete(connection: sa.Connection, name: str) -> None:
    """Take a host out of the list."""
    connection.execute(sa.delete(webhook_hosts).where(webhook_hosts.c.host == name))
