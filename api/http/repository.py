"""Answers that are kept for repeated requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from api.storage.schema import idempotency

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: ON CONFLICT is spelt alike in both, but is no part of the standard.
_INSERT: Mapping[str, Callable[[sa.Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


class Kept(NamedTuple):
    """What a request was, and what it was answered."""

    route: str
    body_digest: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def forget(connection: sa.Connection, principal: str, before: int) -> None:
    """Forget what was kept before a time."""
    connection.execute(
        sa.delete(idempotency).where(idempotency.c.principal_id == principal, idempotency.c.at < before)
    )


def claim(connection: sa.Connection, principal: str, key: str, route: str, digest: str, at: int) -> bool:
    """Take a key for a request; False where it is taken, after whoever took it has ended."""
    row = {"principal_id": principal, "key": key, "route": route, "body_digest": digest, "at": at}
    insert = _INSERT[connection.dialect.name](idempotency).values(**row)
    # Not by the count of rows, which PostgreSQL's driver does not always give.
    made = connection.execute(insert.on_conflict_do_nothing().returning(idempotency.c.key))
    return made.one_or_none() is not None


def kept(connection: sa.Connection, principal: str, key: str) -> Kept:
    """Return what is kept under a key that is taken."""
    columns = [idempotency.c[name] for name in Kept._fields]
    query = sa.select(*columns).where(idempotency.c.principal_id == principal, idempotency.c.key == key)
    return Kept(*connection.execute(query).one())


def keep(
    connection: sa.Connection, principal: str, key: str, status: int, headers: Mapping[str, str], body: bytes
) -> None:
    """Keep the answer."""
    connection.execute(
        sa.update(idempotency)
        .where(idempotency.c.principal_id == principal, idempotency.c.key == key)
        .values(status=status, headers=dict(headers), body=body)
    )
