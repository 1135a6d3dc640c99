"""Databases and backups with rows in every table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.storage.backup import back_up
from tests.api.databases import KINDS, new_database
from tests.api.storage.rows import fill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import sqlalchemy as sa


@pytest.fixture(scope="module", params=KINDS)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """Give a database of each kind in turn, for tests that leave it as it was: a module's share it."""
    with new_database(request, request.param, tmp_path_factory.mktemp("filled")) as database:
        fill(database)
        yield database


@pytest.fixture(params=KINDS)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """Give another database, without rows, of each kind in turn."""
    folder = tmp_path / "target"
    folder.mkdir()
    with new_database(request, request.param, folder) as database:
        yield database


@pytest.fixture(scope="module")
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a backup's bytes; which kind of database it is of makes no difference (test_backup.py)."""
    folder = tmp_path_factory.mktemp("sample")
    with new_database(request, "sqlite", folder) as database:
        fill(database)
        back_up(database, folder / "sample.backup")
    return (folder / "sample.backup").read_bytes()


@pytest.fixture
def taken(sample: bytes, tmp_path: Path) -> Path:
    """Return a backup, for a test to change as it likes."""
    file = tmp_path / "taken.backup"
    file.write_bytes(sample)
    return file
