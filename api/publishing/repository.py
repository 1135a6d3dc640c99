"""What publications ask of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from api.storage import documents
from api.storage.schema import publications

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.rounds.repository import Head


class Publication(NamedTuple):
    """A plan that was proposed, and what became of it; ``replaces`` is the publication that it took the place of."""

    id: str
    plan_id: str
    round_id: str
    state: str
    proposed_by: str
    approved_by: str | None
    at: int
    notice_digest: str | None
    replaces: str | None


_COLUMNS = tuple(publications.c[name] for name in Publication._fields)


def insert(connection: sa.Connection, made: Publication) -> None:
    """Put in a publication."""
    connection.execute(sa.insert(publications).values(**made._asdict()))


def find(connection: sa.Connection, publication_id: str) -> Publication | None:
    """Return a publication; whether its round may be seen is to be asked as well."""
    query = sa.select(*_COLUMNS).where(publications.c.id == publication_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else Publication._make(row)


def published(connection: sa.Connection, round_: Head) -> Publication | None:
    """Return the one publication of a round that is published."""
    query = sa.select(*_COLUMNS).where(
        publications.c.round_id == round_.id, publications.c.state == "published"
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else Publication._make(row)


def page(connection: sa.Connection, round_: Head, before: str | None, most: int) -> list[Publication]:
    """Return at most ``most`` publications of a round that was found, newest first, made before the one named."""
    query = sa.select(*_COLUMNS).where(publications.c.round_id == round_.id)
    if before is not None:
        query = query.where(publications.c.id < before)
    rows = connection.execute(query.order_by(publications.c.id.desc()).limit(most))
    return [Publication._make(row) for row in rows]


def change(connection: sa.Connection, publication_id: str, **values: Any) -> None:
    """Change a publication."""
    connection.execute(sa.update(publications).where(publications.c.id == publication_id).values(**values))


def put_notice(connection: sa.Connection, notice: Mapping[str, Any]) -> str:
    """Keep a public notice and return its digest."""
    return documents.put(connection, "notice", notice)


def notice(connection: sa.Connection, digest: str) -> dict[str, Any]:
    """Return a public notice."""
    data: dict[str, Any] = documents.get(connection, digest)
    return data
