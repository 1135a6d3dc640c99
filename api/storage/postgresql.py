"""PostgreSQL: what a server must be set to, and what every connection asks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from api.storage.refusals import StorageRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

#: Values under which an acknowledged commit survives a crash of the machine.
_DURABLE: Final[Mapping[str, frozenset[str]]] = {
    "fsync": frozenset({"on"}),
    "full_page_writes": frozenset({"on"}),
    "synchronous_commit": frozenset({"on", "remote_apply"}),
}

_ENCODING = "server_encoding"

#: A host that vanished without a word is noticed within some 20 s, not after the two hours of TCP.
_CONNECT: Final[Mapping[str, str]] = {
    "application_name": "matcher",
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "3",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}

#: The advisory lock of whoever migrates: "matcher" in ASCII.
_MIGRATING = int.from_bytes(b"matcher")


def connect_arguments(url: sa.URL) -> dict[str, str]:
    """Return what is asked of a connection beyond its address, which may ask otherwise."""
    return {name: value for name, value in _CONNECT.items() if name not in url.query}


def prepare(engine: sa.Engine) -> None:
    """Let every new connection of ``engine`` look whether the server still keeps what it acknowledges."""
    sa.event.listen(engine, "connect", refuse_settings)


def refuse_settings(connection: DBAPIConnection, _entry: ConnectionPoolEntry | None = None) -> None:
    """Refuse a server, role or address with settings that lose data, all such settings at once.

    Raises
    ------
    StorageRefused
        With the code ``postgresql_not_durable`` or ``postgresql_not_utf8``.
    """
    cursor = connection.cursor()
    # Not from pg_settings, which puts together all settings of the server to show three.
    names = [*_DURABLE, _ENCODING]
    cursor.execute("SELECT name, current_setting(name) FROM unnest(%s::text[]) AS asked (name)", (names,))
    settings = dict(cursor.fetchall())
    cursor.close()
    connection.rollback()
    try:
        _refuse(settings)
    except StorageRefused:
        connection.close()
        raise


def _refuse(settings: Mapping[str, str]) -> None:
    losing = [f"{name}={settings[name]}" for name, good in _DURABLE.items() if settings[name] not in good]
    if losing:
        raise StorageRefused("postgresql_not_durable", settings=", ".join(losing))
    if settings[_ENCODING] != "UTF8":
        raise StorageRefused("postgresql_not_utf8", encoding=settings[_ENCODING])


def lock_migrations(connection: sa.Connection) -> None:
    """Be the only one who creates or migrates the database, to the end of the transaction."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATING)))
