"""Databases of both kinds for the tests of the service: a new one for every test, both kinds asked the same."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest

from api.storage.engine import open_database
from tests.api.postgres import PostgresServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import sqlalchemy as sa

KINDS = ("sqlite", "postgresql")

_TEMPLATE = "migrated"


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Give the server that the tests share; it has a migrated database to copy."""
    server = PostgresServer()
    try:
        server.start()
        open_database(server.create_database(_TEMPLATE)).dispose()
        yield server
    finally:
        server.remove()


@pytest.fixture
def own_postgres() -> Iterator[PostgresServer]:
    """Give a server that is this test's alone, to be set and stopped as it likes; it is not started yet."""
    server = PostgresServer()
    try:
        yield server
    finally:
        server.remove()


@pytest.fixture(params=KINDS)
def blank_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of a database without tables, of each kind in turn."""
    yield from _new_url(request, request.param, tmp_path)


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """Give a new database with all tables, of each kind in turn."""
    for url in _new_url(request, request.param, tmp_path, _TEMPLATE):
        engine = open_database(url)
        try:
            yield engine
        finally:
            engine.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Return the address of a SQLite database that is not there yet."""
    return f"sqlite:///{tmp_path / 'service.sqlite3'}"


@pytest.fixture
def postgresql_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of a PostgreSQL database without tables."""
    yield from _new_url(request, "postgresql", tmp_path)


def _new_url(
    request: pytest.FixtureRequest, kind: str, folder: Path, template: str = "template0"
) -> Iterator[str]:
    if kind == "sqlite":
        # Asked for by name, so that no server is started for it.
        yield f"sqlite:///{folder / 'service.sqlite3'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"test_{secrets.token_hex(6)}"
    url = server.create_database(name, template)
    try:
        yield url
    finally:
        server.drop_database(name)
