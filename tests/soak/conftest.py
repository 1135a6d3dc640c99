"""A database for the soak's own parts, and the ledger of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.storage.engine import open_database
from tests.soak.ledger import Ledger
from tests.soak.violations import Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import sqlalchemy as sa


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sa.Engine]:
    """Give a new SQLite database with all tables."""
    engine = open_database(f"sqlite:///{tmp_path / 'service.sqlite3'}")
    yield engine
    engine.dispose()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Give a new ledger."""
    made = Ledger(tmp_path / "ledger.jsonl")
    yield made
    made.close()


@pytest.fixture
def record() -> Record:
    """Return a record without violations."""
    return Record()
