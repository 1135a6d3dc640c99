"""Opening the database: the only way to an engine, past everything that would lose data."""

from __future__ import annotations

from contextlib import nullcontext

import sqlalchemy as sa

from api.storage import errors, postgresql, sqlite
from api.storage.errors import short
from api.storage.refusals import StorageRefused
from api.storage.upgrade import require_current, shown, upgrade

_DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"}


def open_database(url: str, *, migrate: bool = True) -> sa.Engine:
    """Open the database, and bring its tables up to what this program needs.

    Parameters
    ----------
    url
        ``sqlite:///PATH`` or ``postgresql://USER:PASSWORD@HOST/DATABASE``.
    migrate
        Whether missing or older tables are migrated; else they are refused.

    Raises
    ------
    StorageRefused
        When it can't be reached, would lose data, or is not (yet) for this program.
    """
    engine = connect(url)
    if not migrate and engine.dialect.name == "sqlite" and not sqlite.file_of(engine.url).exists():
        # To go on would make an empty file.
        raise StorageRefused("database_not_migrated", database=shown(engine.url))
    try:
        _reach(engine)
        if migrate:
            upgrade(engine)
        else:
            require_current(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def connect(url: str) -> sa.Engine:
    """Return an engine for the database; nothing is opened yet, and its tables may be missing.

    A connection is tried before it is handed out, so a database that was away is used again once it is back.

    Raises
    ------
    StorageRefused
        When the address can't be used.
    """
    address = _address(url)
    is_sqlite = address.get_backend_name() == "sqlite"
    engine = sa.create_engine(
        address,
        connect_args={} if is_sqlite else postgresql.connect_arguments(address),
        pool_size=20,
        max_overflow=0,  # what is opened for a crowd is kept for the next: opening takes longer than most requests
        pool_timeout=10,
        pool_pre_ping=True,
        hide_parameters=True,
    )
    errors.prepare(engine)
    (sqlite if is_sqlite else postgresql).prepare(engine)
    return engine


def _address(url: str) -> sa.URL:
    """Return the parsed address, if it is one that can be used."""
    try:
        address = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        # Without its cause, which may quote the address and so a password.
        raise StorageRefused("database_url") from None
    backend = address.get_backend_name()
    if backend not in _DRIVERS or address.drivername not in (backend, _DRIVERS[backend]):
        raise StorageRefused("database_unsupported", name=address.drivername)
    if backend == "sqlite":
        sqlite.refuse_old()
        sqlite.refuse_place(address)
    return address.set(drivername=_DRIVERS[backend])


def _reach(database: sa.Engine) -> None:
    """Connect for the first time; a SQLite file is made here, and set to keep a log, by one starter alone."""
    alone = sqlite.exclusive(database.url) if database.dialect.name == "sqlite" else nullcontext()
    try:
        with alone:
            database.connect().close()
    except (sa.exc.DBAPIError, OSError) as error:
        name = shown(database.url)
        raise StorageRefused("database_unreachable", database=name, message=short(error)) from error
