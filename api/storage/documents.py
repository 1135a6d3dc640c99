"""Documents by digest: what is the same is kept once, and what is damaged is found when it is read."""

from __future__ import annotations

import gzip
import json
import time
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from api.storage.canonical import canonical_json, digest_of
from api.storage.refusals import StorageRefused
from api.storage.schema import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: ON CONFLICT is spelt alike in both, but is no part of the standard.
_INSERT: Mapping[str, Callable[[sa.Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}

#: How hard it is tried to make it small: more takes several times as long, for a few percent.
_LEVEL = 6

#: zlib's number for "with a gzip header".
_GZIP = 31


class Packed(NamedTuple):
    """A document ready to be kept: packing a large one takes a while, and on SQLite a transaction keeps others waiting."""

    digest: str
    kind: str
    size: int
    body: bytes


def packed(kind: str, data: Any) -> Packed:
    """Return the canonical JSON of ``data``, compressed."""
    plain = canonical_json(data).encode()
    # Without the time, which gzip would put in, equal texts are equal bytes.
    return Packed(digest_of(plain), kind, len(plain), gzip.compress(plain, _LEVEL, mtime=0))


def put(connection: sa.Connection, kind: str, data: Any) -> str:
    """Keep the canonical JSON of ``data`` and return its digest; what is there already stays as it is."""
    return put_packed(connection, packed(kind, data))


def put_packed(connection: sa.Connection, document: Packed) -> str:
    """Keep a document that was packed before, and return its digest."""
    row = {**document._asdict(), "codec": "gzip", "at": time.time_ns() // 1_000_000}
    insert = _INSERT[connection.dialect.name](documents).values(row)
    connection.execute(insert.on_conflict_do_nothing(index_elements=[documents.c.digest]))
    return document.digest


def get(connection: sa.Connection, digest: str) -> Any:
    """Return the data of a document.

    Raises
    ------
    StorageRefused
        With the code ``document_missing`` or ``document_damaged``.
    """
    return json.loads(get_text(connection, digest))


def get_text(connection: sa.Connection, digest: str) -> str:
    """Return the canonical JSON of a document.

    Raises
    ------
    StorageRefused
        With the code ``document_missing`` or ``document_damaged``.
    """
    row = connection.execute(
        sa.select(documents.c.size, documents.c.body).where(documents.c.digest == digest)
    ).one_or_none()
    if row is None:
        raise StorageRefused("document_missing", digest=digest)
    plain = _plain(row.body, row.size)
    if digest_of(plain) != digest:
        raise StorageRefused("document_damaged", digest=digest)
    return plain.decode()


def damaged(connection: sa.Connection) -> list[str]:
    """Return the digests of all documents that are not what their digest says."""
    rows = connection.execution_options(yield_per=20).execute(
        sa.select(documents.c.digest, documents.c.size, documents.c.body).order_by(documents.c.digest)
    )
    return [row.digest for row in rows if digest_of(_plain(row.body, row.size)) != row.digest]


def _plain(body: bytes, size: int) -> bytes:
    """Return the plain bytes, at most one more than there should be; none where nothing can be unpacked."""
    try:
        return zlib.decompressobj(_GZIP).decompress(body, size + 1)
    except zlib.error:
        return b""
