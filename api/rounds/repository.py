"""What rounds ask of the database; nothing is read without a scope."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from api.storage import documents
from api.storage.schema import revisions, round_counties, rounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from api.access.scopes import Scope

_CODE_LENGTH = 6
_PREFIX_LENGTH = 4


class Revision(NamedTuple):
    """A revision without its document."""

    number: int
    digest: str
    parent: int | None
    reason: str
    edits: Sequence[Mapping[str, Any]]
    warnings: Sequence[Mapping[str, Any]]
    by: str
    at: int
    lineage: Mapping[str, Any] | None = None


class Head(NamedTuple):
    """A round and its last revision."""

    id: str
    name: str
    region: str
    created_by: str
    at: int
    etag_seq: int
    revision: Revision


_ROUND = tuple(rounds.c[name] for name in Head._fields[:-1])
_REVISION = tuple(revisions.c[name] for name in Revision._fields)


def insert(connection: sa.Connection, head: Head, counties: Iterable[str]) -> None:
    """Put in a round with its first revision."""
    row = head._asdict()
    row.pop("revision")
    connection.execute(sa.insert(rounds).values(**row))
    add_counties(connection, head.id, counties)
    insert_revision(connection, head.id, head.revision)


def insert_revision(connection: sa.Connection, round_id: str, revision: Revision) -> None:
    """Put in a revision."""
    connection.execute(sa.insert(revisions).values(round_id=round_id, **revision._asdict()))


def add_counties(connection: sa.Connection, round_id: str, counties: Iterable[str]) -> None:
    """Let a round be about these counties too; what it was about before, its older revisions still are."""
    known = set(counties_of(connection, [round_id]).get(round_id, ()))
    new = [{"round_id": round_id, "county": county} for county in sorted(set(counties) - known)]
    if new:
        connection.execute(sa.insert(round_counties), new)


def change(connection: sa.Connection, round_id: str, **values: Any) -> None:
    """Change a round's own row, and with it its entity tag."""
    connection.execute(
        sa.update(rounds).where(rounds.c.id == round_id).values(etag_seq=rounds.c.etag_seq + 1, **values)
    )


def head(connection: sa.Connection, scope: Scope, round_id: str, *, lock: bool = False) -> Head | None:
    """Return a round within the scope that is not deleted; ``lock`` keeps others from changing it."""
    query = _heads(scope).where(rounds.c.id == round_id)
    row = connection.execute(query.with_for_update(of=rounds) if lock else query).one_or_none()
    return None if row is None else _head(row)


def page(connection: sa.Connection, scope: Scope, before: str | None, most: int) -> list[Head]:
    """Return at most ``most`` rounds within the scope, newest first, made before the one named."""
    query = _heads(scope).order_by(rounds.c.id.desc()).limit(most)
    if before is not None:
        query = query.where(rounds.c.id < before)
    return [_head(row) for row in connection.execute(query)]


def counties_of(connection: sa.Connection, identifiers: list[str]) -> dict[str, list[str]]:
    """Return the counties of rounds, in order."""
    query = sa.select(round_counties).where(round_counties.c.round_id.in_(identifiers))
    found: dict[str, list[str]] = {}
    for row in connection.execute(query.order_by(round_counties.c.county)):
        found.setdefault(row.round_id, []).append(row.county)
    return found


def revisions_of(connection: sa.Connection, head_: Head, before: int | None, most: int) -> list[Revision]:
    """Return at most ``most`` revisions of a round that was found, newest first."""
    query = sa.select(*_REVISION).where(revisions.c.round_id == head_.id).order_by(revisions.c.number.desc())
    if before is not None:
        query = query.where(revisions.c.number < before)
    return [Revision(*row) for row in connection.execute(query.limit(most))]


def revision(connection: sa.Connection, head_: Head, number: int) -> Revision | None:
    """Return one revision of a round that was found."""
    query = sa.select(*_REVISION).where(revisions.c.round_id == head_.id, revisions.c.number == number)
    row = connection.execute(query).one_or_none()
    return None if row is None else Revision(*row)


def same_as(connection: sa.Connection, head_: Head, digest: str) -> int | None:
    """Return the number of the revision that has this document."""
    query = sa.select(revisions.c.number).where(
        revisions.c.round_id == head_.id, revisions.c.digest == digest
    )
    return connection.execute(query).scalar_one_or_none()


def put_document(connection: sa.Connection, document: Mapping[str, Any]) -> str:
    """Keep a round's document and return its digest."""
    return documents.put(connection, "round", document)


def document(connection: sa.Connection, found: Revision) -> dict[str, Any]:
    """Return the document of a revision that was found."""
    data: dict[str, Any] = json.loads(document_text(connection, found))
    return data


def document_text(connection: sa.Connection, found: Revision) -> str:
    """Return the canonical JSON of a revision that was found."""
    return documents.get_text(connection, found.digest)


def _heads(scope: Scope) -> sa.Select[Any]:
    last = (
        sa.select(sa.func.max(revisions.c.number))
        .where(revisions.c.round_id == rounds.c.id)
        .correlate(rounds)
        .scalar_subquery()
    )
    query = (
        sa.select(*_ROUND, *_REVISION)
        .join(revisions, (revisions.c.round_id == rounds.c.id) & (revisions.c.number == last))
        .where(rounds.c.deleted_at.is_(None))
    )
    return query if scope.everything else query.where(within(scope))


def within(scope: Scope) -> sa.ColumnElement[bool]:
    """Return the condition that no county of the round is outside the scope."""
    county = round_counties.c.county
    has_code = (sa.func.length(county) == _CODE_LENGTH) & sa.func.substr(county, 1, _PREFIX_LENGTH).in_(
        sorted(scope.code_prefixes)
    )
    outside = sa.select(round_counties.c.county).where(
        round_counties.c.round_id == rounds.c.id, ~(county.in_(sorted(scope.counties)) | has_code)
    )
    return ~outside.correlate(rounds).exists()


def _head(row: sa.Row[Any]) -> Head:
    own = len(_ROUND)
    return Head._make((*row[:own], Revision._make(row[own:])))
