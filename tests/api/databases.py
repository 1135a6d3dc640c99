"""New databases of either kind: without tables, or as a copy of one that has them."""

from __future__ import annotations

import secrets
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from api.storage.engine import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest
    import sqlalchemy as sa

    from tests.api.postgres import PostgresServer

KINDS = ("sqlite", "postgresql")

#: The database of the shared server that has all tables.
TEMPLATE = "migrated"


@contextmanager
def new_url(
    request: pytest.FixtureRequest, kind: str, folder: Path, *, is_migrated: bool = False
) -> Iterator[str]:
    """Give the address of a new database; what it needs is asked for by name, so that no server starts for SQLite."""
    if kind == "sqlite":
        file = folder / "service.sqlite3"
        if is_migrated:
            shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"test_{secrets.token_hex(6)}"
    url = server.create_database(name, TEMPLATE if is_migrated else "template0")
    try:
        yield url
    finally:
        server.drop_database(name)


@contextmanager
def new_database(request: pytest.FixtureRequest, kind: str, folder: Path) -> Iterator[sa.Engine]:
    """Give a new database with all tables."""
    with new_url(request, kind, folder, is_migrated=True) as url:
        engine = open_database(url, migrate=False)
        try:
            yield engine
        finally:
            engine.dispose()
