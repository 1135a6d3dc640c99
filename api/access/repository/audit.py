"""The audit trail: appended to under the lock of its head, read in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from api.storage.schema import audit, audit_head

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence


class Entry(NamedTuple):
    """One entry; ``hash`` is over all before it and ``prev``, the hash of the entry before."""

    seq: int
    at: int
    actor: str
    action: str
    subject: str
    scope: str
    outcome: str
    detail: Any
    prev: str
    hash: str


_COLUMNS = tuple(audit.c[name] for name in Entry._fields)


def locked_head(connection: sa.Connection) -> tuple[int, str]:
    """Return number and hash of the last entry; nobody else appends to the end of the transaction."""
    row = connection.execute(sa.select(audit_head.c.seq, audit_head.c.hash).with_for_update()).one()
    return row.seq, row.hash


def head(connection: sa.Connection) -> tuple[int, str]:
    """Return number and hash of the last entry."""
    row = connection.execute(sa.select(audit_head.c.seq, audit_head.c.hash)).one()
    return row.seq, row.hash


def insert(connection: sa.Connection, entries: Sequence[Entry]) -> None:
    """Append entries, at least one; the head must be locked."""
    connection.execute(sa.insert(audit), [entry._asdict() for entry in entries])
    connection.execute(sa.update(audit_head).values(seq=entries[-1].seq, hash=entries[-1].hash))


def entries(connection: sa.Connection) -> Generator[Entry, None, None]:
    """Yield all entries in order, some at a time; close it where you stop before its end."""
    query = sa.select(*_COLUMNS).order_by(audit.c.seq)
    with connection.execution_options(yield_per=500).execute(query) as rows:
        for row in rows:
            yield Entry(*row)


def page(connection: sa.Connection, before: int | None, most: int, filters: dict[str, str]) -> list[Entry]:
    """Return at most ``most`` entries, newest first, older than ``before``; ``filters`` are by column."""
    query = sa.select(*_COLUMNS).order_by(audit.c.seq.desc()).limit(most)
    if before is not None:
        query = query.where(audit.c.seq < before)
    for name, value in filters.items():
        query = query.where(audit.c[name] == value)
    return [Entry(*row) for row in connection.execute(query)]
