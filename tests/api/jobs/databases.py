"""Databases of a test's own making, closed with the test however it goes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa


@contextmanager
def closing(database: sa.Engine) -> Iterator[sa.Engine]:
    """Close all connections of a database with the block."""
    try:
        yield database
    finally:
        database.dispose()
