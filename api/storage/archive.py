"""The archive of a backup (``backup/1``): the same for both databases, so either can be restored from either.

A gzipped tar: ``manifest.json``, then ``TABLE.jsonl`` for every table, a row a line as canonical JSON in the order of
its key. The manifest has rows and SHA-256 of every table, and its own digest.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from api.storage.canonical import canonical_json, digest_of
from api.storage.schema import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FORMAT = "backup/1"
MANIFEST = "manifest.json"

#: Those that others refer to come first.
TABLES: tuple[sa.Table, ...] = tuple(metadata.sorted_tables)


@dataclass(frozen=True, slots=True)
class Content:
    """What a table holds: its number of rows, and the SHA-256 of its lines."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes
    ----------
    at
        When it was taken, in milliseconds since 1970 UTC.
    product
        The version of the program that took it.
    schema
        The migration that the tables are of.
    tables
        The content of every table.
    """

    at: int
    product: str
    schema: str
    tables: Mapping[str, Content]

    def text(self) -> str:
        """Return the manifest as it stands in the archive."""
        fields = {"format": FORMAT, **asdict(self)}
        return canonical_json({**fields, "digest": digest_of(canonical_json(fields))})


def manifest_of(text: str) -> Manifest | str:
    """Return the manifest, or the format that it says it is of where that is another one.

    Raises
    ------
    ValueError
        When it is damaged.
    """
    fields = json.loads(text)
    if not isinstance(fields, dict):
        raise ValueError("not an object")
    form = str(fields.get("format"))
    if form != FORMAT:
        return form
    if fields.pop("digest", None) != digest_of(canonical_json(fields)):
        raise ValueError("not what its digest says")
    tables = {name: Content(**content) for name, content in fields["tables"].items()}
    return Manifest(fields["at"], fields["product"], fields["schema"], tables)


def file_name(table: sa.Table) -> str:
    """Return the name of a table's file in the archive."""
    return f"{table.name}.jsonl"


def lines(connection: sa.Connection, table: sa.Table) -> Iterator[bytes]:
    """Yield a table's rows as lines, in one order on both databases: by the bytes of the key."""
    is_postgresql = connection.dialect.name == "postgresql"
    keys = [
        # PostgreSQL would sort text by the customs of its language.
        sa.collate(column, "C") if is_postgresql and isinstance(column.type, sa.Text) else column
        for column in table.primary_key
    ]
    query = sa.select(table).order_by(*keys)
    # Few at a time, because documents are large.
    for row in connection.execute(query, execution_options={"yield_per": 20}).mappings():
        yield canonical_json({name: _written(value) for name, value in row.items()}).encode() + b"\n"


def row_of(table: sa.Table, line: bytes) -> dict[str, Any]:
    """Return the row that a line is of."""
    row = json.loads(line)
    return {
        column.name: base64.b64decode(row[column.name]) if _is_binary(column, row) else row[column.name]
        for column in table.columns
    }


def content_of(connection: sa.Connection, table: sa.Table) -> Content:
    """Return what a table holds now."""
    return counted(lines(connection, table))


def counted(rows: Iterator[bytes]) -> Content:
    """Return the number and digest of lines."""
    digest, count = hashlib.sha256(), 0
    for line in rows:
        digest.update(line)
        count += 1
    return Content(count, digest.hexdigest())


def _written(value: Any) -> Any:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _is_binary(column: sa.Column[Any], row: Mapping[str, Any]) -> bool:
    return isinstance(column.type, sa.LargeBinary) and row[column.name] is not None
