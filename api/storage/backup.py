"""Taking a backup: one state of the whole database, in one file, while the service goes on."""

from __future__ import annotations

import os
import tarfile
import tempfile
import time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from api.storage import archive, upgrade
from api.storage.archive import Manifest, counted, lines
from api.storage.refusals import StorageRefused
from api.storage.session import reading
from matcher.tables.atomic import whole_file
from matcher.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa


def back_up(database: sa.Engine, path: str | Path) -> Manifest:
    """Write everything that ``database`` holds to ``path``, whole or not at all, for its owner's eyes only.

    Raises
    ------
    StorageRefused
        With the code ``backup_exists`` or ``backup_no_folder``.
    """
    path = Path(path)
    if path.exists():
        raise StorageRefused("backup_exists", path=path.name)
    if not path.absolute().parent.is_dir():
        raise StorageRefused("backup_no_folder", folder=str(path.absolute().parent))
    with tempfile.TemporaryDirectory(dir=path.absolute().parent, prefix=".backup-") as folder:
        manifest = _dump(database, Path(folder))
        with whole_file(path) as file:
            os.fchmod(file.fileno(), 0o600)
            _pack(manifest, Path(folder), file)
    return manifest


def _dump(database: sa.Engine, folder: Path) -> Manifest:
    """Write a file for each table, all of one state of the database."""
    with reading(database) as connection:
        upgrade.refuse_other(connection)
        tables = {}
        for table in archive.TABLES:
            with (folder / archive.file_name(table)).open("wb") as file:
                tables[table.name] = counted(_written(lines(connection, table), file))
    return Manifest(time.time_ns() // 1_000_000, VERSION, upgrade.head(), tables)


def _written(rows: Iterator[bytes], file: BinaryIO) -> Iterator[bytes]:
    for line in rows:
        file.write(line)
        yield line


def _pack(manifest: Manifest, folder: Path, file: BinaryIO) -> None:
    """Put manifest and tables into one archive, the manifest first, so that a restore reads it once through."""
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as packed:
        text = manifest.text().encode()
        entry = tarfile.TarInfo(archive.MANIFEST)
        entry.size = len(text)
        packed.addfile(entry, BytesIO(text))
        for table in archive.TABLES:
            packed.add(folder / archive.file_name(table), archive.file_name(table), recursive=False)
