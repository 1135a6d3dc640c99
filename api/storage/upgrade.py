"""Bringing a database's tables up to what this program needs: under a lock, in one transaction."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from api.storage import postgresql, sqlite
from api.storage.refusals import StorageRefused
from api.storage.session import reading

if TYPE_CHECKING:
    from collections.abc import Iterator

MIGRATIONS = Path(__file__).parent / "migrations"

Standing = Literal["empty", "older", "current"]


def head() -> str:
    """Return the schema that this program needs."""
    revision = _scripts(_config()).get_current_head()
    assert revision is not None, "there is a first migration"
    return revision


def upgrade(database: sa.Engine) -> None:
    """Create or migrate the tables; who comes second finds them made.

    All steps are one transaction: a step that fails leaves the database as it was.

    Raises
    ------
    StorageRefused
        With the code ``database_newer`` or ``database_foreign``.
    """
    with _migrating(database) as connection:
        if standing(connection) == "current":
            return
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def require_current(database: sa.Engine) -> None:
    """Refuse a database whose tables are not those of this program.

    Raises
    ------
    StorageRefused
        With the code ``database_not_migrated``, ``database_older``, ``database_newer`` or ``database_foreign``.
    """
    with reading(database) as connection:
        refuse_other(connection)


def refuse_other(connection: sa.Connection) -> None:
    """Refuse tables that are not those of this program, as they are in this transaction.

    Raises
    ------
    StorageRefused
        With the code ``database_not_migrated``, ``database_older``, ``database_newer`` or ``database_foreign``.
    """
    found, name = standing(connection), shown(connection.engine.url)
    if found == "empty":
        raise StorageRefused("database_not_migrated", database=name)
    if found == "older":
        revision = MigrationContext.configure(connection).get_current_revision()
        raise StorageRefused("database_older", database=name, revision=revision, head=head())


def standing(connection: sa.Connection) -> Standing:
    """Return where a database stands against this program.

    Raises
    ------
    StorageRefused
        With the code ``database_newer`` or ``database_foreign``.
    """
    revision = MigrationContext.configure(connection).get_current_revision()
    name = shown(connection.engine.url)
    if revision is None:
        tables = sa.inspect(connection).get_table_names()
        if tables:
            raise StorageRefused("database_foreign", database=name, table=min(tables))
        return "empty"
    scripts = _scripts(_config())
    if revision not in {script.revision for script in scripts.walk_revisions()}:
        raise StorageRefused("database_newer", database=name, revision=revision)
    return "current" if revision == scripts.get_current_head() else "older"


def shown(url: sa.URL) -> str:
    """Return the address of a database without its password."""
    return url.render_as_string(hide_password=True)


@contextmanager
def _migrating(database: sa.Engine) -> Iterator[sa.Connection]:
    """Give the one transaction, on this database, that may migrate."""
    if database.dialect.name == "sqlite":
        with sqlite.exclusive(database.url), database.begin() as connection:
            yield connection
    else:
        with database.begin() as connection:
            postgresql.lock_migrations(connection)
            yield connection


def _config() -> Config:
    config = Config()
    # Alembic takes a percent sign in a value for the beginning of a name.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _scripts(config: Config) -> ScriptDirectory:
    return ScriptDirectory.from_config(config)
