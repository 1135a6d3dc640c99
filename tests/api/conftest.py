"""Databases of both kinds for the tests of the service: a new one for every test, both kinds asked the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.storage.engine import open_database
from tests.api.databases import KINDS, TEMPLATE, new_database, new_url
from tests.api.postgres import PostgresServer
from tests.api.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import sqlalchemy as sa


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Give the server that the tests share; it has a migrated database to copy."""
    server = PostgresServer()
    try:
        server.start()
        open_database(server.create_database(TEMPLATE)).dispose()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite file with all tables, to copy."""
    file = tmp_path_factory.mktemp("template") / "service.sqlite3"
    open_database(f"sqlite:///{file}").dispose()
    return file


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
    with new_url(request, request.param, tmp_path) as url:
        yield url


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """Give a new database with all tables, of each kind in turn."""
    with new_database(request, request.param, tmp_path) as engine:
        yield engine


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Return the address of a SQLite database that is not there yet."""
    return f"sqlite:///{tmp_path / 'service.sqlite3'}"


@pytest.fixture
def postgresql_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of a PostgreSQL database without tables."""
    with new_url(request, "postgresql", tmp_path) as url:
        yield url


@pytest.fixture(scope="session", params=KINDS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give the real service on a database of each kind in turn; the tests of a session share it."""
    folder = tmp_path_factory.mktemp("server")
    (folder / "data").mkdir()
    with new_url(request, request.param, folder / "data", is_migrated=True) as url:
        running = Server(folder, url).start()
        try:
            yield running
        finally:
            running.stop()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Give a maker of servers that are this test's alone, with settings as it likes, on SQLite unless said."""
    made: list[Server] = []

    def make(database_url: str = "", **settings: str) -> Server:
        folder = tmp_path / f"server-{len(made)}"
        folder.mkdir()
        made.append(Server(folder, database_url, **settings))
        return made[-1].start()

    yield make
    for one in made:
        one.stop()
