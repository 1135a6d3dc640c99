"""Transactions: one that reads, one that writes; each sees one state of the database and ends once, at its edge."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from api.storage.sqlite import READING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa


@contextmanager
def reading(database: sa.Engine) -> Iterator[sa.Connection]:
    """Give a transaction that can't write and sees one state, however long it lasts; nobody waits for it."""
    with database.connect() as connection:
        if database.dialect.name == "postgresql":
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            connection = connection.execution_options(**options)  # noqa: PLW2901 - the same connection
        else:
            connection = connection.execution_options(**{READING: True})  # noqa: PLW2901
        with connection.begin():
            yield connection


@contextmanager
def writing(database: sa.Engine) -> Iterator[sa.Connection]:
    """Give a transaction that writes: committed when the block ends well, else undone.

    On SQLite it holds the one write lock from its beginning, so keep slow work out of it.
    """
    with database.begin() as connection:
        yield connection
