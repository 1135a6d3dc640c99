"""SQLite: what every connection is set to, and how its transactions begin."""

from __future__ import annotations

import fcntl
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from api.storage.refusals import StorageRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

#: The first version with RETURNING.
OLDEST = (3, 35, 0)

#: In this order: without the timeout first, several that open a new database at once find it locked.
_PRAGMAS = ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")

#: The execution option of a connection whose transaction only reads.
READING = "storage_reading"


def refuse_old(version: tuple[int, int, int] = sqlite3.sqlite_version_info[:3]) -> None:
    """Refuse a SQLite that is older than :data:`OLDEST`.

    Raises
    ------
    StorageRefused
        With the code ``sqlite_too_old``.
    """
    if version < OLDEST:
        shown, oldest = (".".join(map(str, parts)) for parts in (version, OLDEST))
        raise StorageRefused("sqlite_too_old", version=shown, oldest=oldest)


def refuse_place(url: sa.URL) -> None:
    """Refuse a database that is no file, or whose folder is missing.

    Raises
    ------
    StorageRefused
        With the code ``database_url``, ``database_in_memory`` or ``database_no_folder``.
    """
    if url.query or (url.database or "").startswith("file:"):
        raise StorageRefused("database_url")
    if url.database in (None, "", ":memory:"):
        raise StorageRefused("database_in_memory")
    if not file_of(url).parent.is_dir():
        raise StorageRefused("database_no_folder", folder=str(file_of(url).parent))


def file_of(url: sa.URL) -> Path:
    """Return the file of the database."""
    return Path(url.database or "").absolute()


def prepare(engine: sa.Engine) -> None:
    """Let every connection of ``engine`` be set as it must be, and its transactions begin as they are meant."""
    sa.event.listen(engine, "connect", set_pragmas)
    sa.event.listen(engine, "begin", _begin)


def set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry | None = None) -> None:
    """Set a new connection to lose nothing that was committed, and to hold references.

    Raises
    ------
    StorageRefused
        With the code ``sqlite_no_wal``, where the place of the database does not allow it.
    """
    # Python's own handling begins transactions late, and some statements not at all; _begin does it instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute("PRAGMA journal_mode")
    ((mode,),) = cursor.fetchall()
    cursor.close()
    if mode != "wal":
        connection.close()
        raise StorageRefused("sqlite_no_wal", mode=mode)


def _begin(connection: sa.Connection) -> None:
    """Begin: a writer takes the one write lock at once, for it could not get it after others wrote."""
    is_reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if is_reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


@contextmanager
def exclusive(url: sa.URL) -> Iterator[None]:
    """Be the only one who creates or migrates the database; the kernel frees the lock when its holder dies.

    A new database is made for its owner's eyes only, because it will hold personal data; its log inherits that.
    """
    file = file_of(url)
    with Path(f"{file}-lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            file.touch(mode=0o600)
        yield
