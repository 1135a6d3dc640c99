"""Restoring a backup: into an empty database, everything or nothing."""

from __future__ import annotations

import tarfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from api.storage import archive, upgrade
from api.storage.archive import Manifest, content_of, counted
from api.storage.errors import short
from api.storage.refusals import StorageRefused
from api.storage.schema import audit_head
from api.storage.session import writing

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Rows, and bytes of their lines, that are sent to the database at once.
_ROWS = 500
_BYTES = 8_000_000


def restore(database: sa.Engine, path: str | Path) -> Manifest:
    """Fill an empty ``database`` from the backup ``path``; either kind of database takes backups of both kinds.

    The archive is read through before the database is touched, and what then stands in the database is
    compared with it before it is committed.

    Raises
    ------
    StorageRefused
        When the backup is missing, damaged or of another schema, or the database is not empty.
    """
    path = Path(path)
    manifest = verify(path)
    upgrade.upgrade(database)
    with writing(database) as connection:
        _refuse_rows(connection)
        connection.execute(sa.delete(audit_head))
        for table, lines in _tables(path, manifest):
            with _readable(path, table.name):
                _insert(connection, table, lines)
        for table in archive.TABLES:
            if content_of(connection, table) != manifest.tables[table.name]:
                raise StorageRefused("backup_damaged", path=path.name, part=table.name)
    return manifest


def verify(path: str | Path) -> Manifest:
    """Read a backup through, and return what it holds.

    Raises
    ------
    StorageRefused
        With the code ``backup_missing``, ``backup_damaged``, ``backup_format`` or ``backup_schema``.
    """
    path = Path(path)
    if not path.is_file():
        raise StorageRefused("backup_missing", path=path.name)
    manifest = _manifest(path)
    if manifest.schema != upgrade.head():
        raise StorageRefused(
            "backup_schema", revision=manifest.schema, head=upgrade.head(), product=manifest.product
        )
    for table, lines in _tables(path, manifest):
        with _readable(path, table.name):
            is_whole = counted(lines) == manifest.tables[table.name]
        if not is_whole:
            raise StorageRefused("backup_damaged", path=path.name, part=table.name)
    return manifest


def _manifest(path: Path) -> Manifest:
    with _readable(path, archive.MANIFEST), tarfile.open(path, "r:gz") as packed:
        entry = packed.next()
        file = packed.extractfile(entry) if entry and entry.name == archive.MANIFEST else None
        if file is None:
            raise ValueError("no manifest")
        manifest = archive.manifest_of(file.read().decode())
    if isinstance(manifest, str):
        raise StorageRefused("backup_format", path=path.name, format=manifest)
    return manifest


def _tables(path: Path, manifest: Manifest) -> Iterator[tuple[sa.Table, Iterator[bytes]]]:
    """Yield every table with its lines, in the order of the archive."""
    with tarfile.open(path, "r:gz") as packed:
        packed.next()  # the manifest
        for table in archive.TABLES:
            with _readable(path, table.name):
                entry = packed.next()
                file = packed.extractfile(entry) if entry and entry.name == archive.file_name(table) else None
                if file is None or table.name not in manifest.tables:
                    raise ValueError("not this table")
            yield table, iter(file)


@contextmanager
def _readable(path: Path, part: str) -> Iterator[None]:
    """Say of whatever can't be read that the backup is damaged, and where."""
    try:
        yield
    except (tarfile.TarError, OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise StorageRefused("backup_damaged", path=path.name, part=part) from error


def _refuse_rows(connection: sa.Connection) -> None:
    """Refuse a database that holds anything but the head of an audit trail without entries."""
    for table in archive.TABLES:
        query = sa.select(sa.literal(1)).select_from(table).limit(1)
        if table is audit_head:
            query = query.where(audit_head.c.seq > 0)
        if connection.execute(query).first():
            name = upgrade.shown(connection.engine.url)
            raise StorageRefused("restore_not_empty", database=name, table=table.name)


def _insert(connection: sa.Connection, table: sa.Table, lines: Iterator[bytes]) -> None:
    """Fill a table; its rows may refer to later ones of the same table, which is checked at its end."""
    is_sqlite = connection.dialect.name == "sqlite"
    try:
        connection.exec_driver_sql(
            "PRAGMA defer_foreign_keys=ON" if is_sqlite else "SET CONSTRAINTS ALL DEFERRED"
        )
        for lot in _lots(lines):
            connection.execute(sa.insert(table), [archive.row_of(table, line) for line in lot])
        if is_sqlite:
            # To end the putting off would check nothing here.
            dangling = connection.exec_driver_sql(f"PRAGMA foreign_key_check({table.name})").first()
        else:
            dangling = None
            connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    except sa.exc.DBAPIError as error:
        raise StorageRefused("restore_refused", table=table.name, message=short(error)) from error
    if dangling is not None:
        message = f"a row refers to one of {dangling.parent} that is not there"
        raise StorageRefused("restore_refused", table=table.name, message=message)


def _lots(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    lot: list[bytes] = []
    size = 0
    for line in lines:
        lot.append(line)
        size += len(line)
        if len(lot) >= _ROWS or size >= _BYTES:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot
