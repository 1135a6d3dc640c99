"""Removing rows for good: a deleted round with everything that came of it, and what is kept for a time only."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from api.storage.schema import (
    answers,
    checkpoints,
    deliveries,
    documents,
    idempotency,
    metadata,
    plans,
    publications,
    revisions,
    round_counties,
    rounds,
    run_events,
    runs,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Digests that one statement asks about; databases limit how many values it may have.
_AT_ONCE: Final = 500

#: Every column that names a document, of whatever table.
_REFERENCES: Final = tuple(
    key.parent
    for table in metadata.sorted_tables
    for key in table.foreign_keys
    if key.column is documents.c.digest
)


def due(connection: sa.Connection, now: int) -> list[str]:
    """Return the deleted rounds whose time is over, the oldest first."""
    query = sa.select(rounds.c.id).where(rounds.c.deleted_at.is_not(None), rounds.c.retain_until <= now)
    return list(connection.scalars(query.order_by(rounds.c.retain_until, rounds.c.id)))


def locked(connection: sa.Connection, round_id: str, now: int) -> bool:
    """Lock a round whose time is over, and its runs; return whether it is still there.

    Documents are kept once, whoever refers to them. So nobody may begin to refer to one while it is looked whether
    anybody does.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("LOCK TABLE documents IN SHARE ROW EXCLUSIVE MODE"))
    is_due = [rounds.c.id == round_id, rounds.c.deleted_at.is_not(None), rounds.c.retain_until <= now]
    found = connection.execute(sa.select(rounds.c.id).where(*is_due).with_for_update()).one_or_none()
    # A worker that is at one finds it gone at its next write, and lets go.
    connection.execute(sa.select(runs.c.id).where(runs.c.round_id == round_id).with_for_update()).all()
    return found is not None


def counties(connection: sa.Connection, round_id: str) -> list[str]:
    """Return the counties of a round, in order."""
    query = sa.select(round_counties.c.county).where(round_counties.c.round_id == round_id)
    return list(connection.scalars(query.order_by(round_counties.c.county)))


def remove_round(connection: sa.Connection, round_id: str) -> dict[str, int]:
    """Remove a round that is locked, with everything of it; return how many rows of each table went."""
    own_runs = sa.select(runs.c.id).where(runs.c.round_id == round_id).scalar_subquery()
    # Those first that refer to others.
    gone: list[tuple[sa.Table, sa.ColumnElement[bool]]] = [
        (publications, publications.c.round_id == round_id),
        (answers, answers.c.run_id.in_(own_runs)),
        (plans, plans.c.round_id == round_id),
        (checkpoints, checkpoints.c.run_id.in_(own_runs)),
        (run_events, run_events.c.run_id.in_(own_runs)),
        (runs, runs.c.round_id == round_id),
        (revisions, revisions.c.round_id == round_id),
        (round_counties, round_counties.c.round_id == round_id),
        (rounds, rounds.c.id == round_id),
    ]
    digests: set[str] = set()
    for table, where in gone:
        for column in (one for one in _REFERENCES if one.table is table):
            digests.update(connection.scalars(sa.select(column).where(where, column.is_not(None))))
    counts = {table.name: _removed(connection, table, where) for table, where in gone}
    counts["documents"] = _remove_documents(connection, sorted(digests))
    return counts


def forget(connection: sa.Connection, requests_before: int, deliveries_before: int) -> dict[str, int]:
    """Remove what is kept for a time only: answers to repeated requests, and deliveries that have ended."""
    return {
        "idempotency": _removed(connection, idempotency, idempotency.c.at < requests_before),
        "deliveries": _removed(connection, deliveries, deliveries.c.ended_at < deliveries_before),
    }


@contextmanager
def overwriting(connection: sa.Connection) -> Iterator[None]:
    """Let SQLite overwrite what it frees; PostgreSQL frees it for later rows by itself, in its own time."""
    if connection.dialect.name != "sqlite":
        yield
        return
    before = connection.exec_driver_sql("PRAGMA secure_delete").scalar_one()
    connection.exec_driver_sql("PRAGMA secure_delete=ON")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA secure_delete={int(before)}")


def _remove_documents(connection: sa.Connection, digests: list[str]) -> int:
    """Remove those of the documents that nothing refers to any more."""
    unused = [~sa.exists().where(column == documents.c.digest) for column in _REFERENCES]
    count = 0
    for first in range(0, len(digests), _AT_ONCE):
        some = documents.c.digest.in_(digests[first : first + _AT_ONCE])
        count += _removed(connection, documents, sa.and_(some, *unused))
    return count


def _removed(connection: sa.Connection, table: sa.Table, where: sa.ColumnElement[bool]) -> int:
    """Remove rows and return how many; counted before, for drivers do not always say."""
    count: Any = connection.scalar(sa.select(sa.func.count()).select_from(table).where(where))
    if count:
        connection.execute(sa.delete(table).where(where))
    return int(count)
