"""Transactions: whole or not at all, one state to read, one writer, and a database that was away."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from api.storage.engine import open_database
from api.storage.schema import webhook_hosts
from api.storage.session import reading, writing

if TYPE_CHECKING:
    from tests.api.postgres import PostgresServer


def add(connection: sa.Connection, host: str) -> None:
    connection.execute(sa.insert(webhook_hosts).values(host=host))


def hosts(connection: sa.Connection) -> list[str]:
    return list(connection.execute(sa.select(webhook_hosts.c.host).order_by("host")).scalars())


def test_block_that_ends_well_is_kept(database: sa.Engine) -> None:
    with writing(database) as connection:
        add(connection, "a.example")
        add(connection, "b.example")
    with reading(database) as connection:
        assert hosts(connection) == ["a.example", "b.example"]


def test_block_that_fails_leaves_nothing(database: sa.Engine) -> None:
    def fail() -> None:
        with writing(database) as connection:
            add(connection, "a.example")
            raise ValueError("on purpose")

    with pytest.raises(ValueError, match="on purpose"):
        fail()
    with reading(database) as connection:
        assert hosts(connection) == []


def test_transaction_is_committed_only_once(database: sa.Engine) -> None:
    def commit_inside() -> None:
        with writing(database) as connection:
            add(connection, "a.example")
            connection.commit()
            add(connection, "b.example")

    with pytest.raises(sa.exc.InvalidRequestError, match="closed transaction inside context manager"):
        commit_inside()


def test_reader_cannot_write(database: sa.Engine) -> None:
    with pytest.raises(sa.exc.DBAPIError, match=r"(?i)read-?only"), reading(database) as connection:
        add(connection, "a.example")
    # The same connection, out of the pool again, writes.
    with writing(database) as connection:
        add(connection, "a.example")
    with reading(database) as connection:
        assert hosts(connection) == ["a.example"]


def test_reader_sees_one_state_while_others_write(database: sa.Engine) -> None:
    with reading(database) as reader:
        assert hosts(reader) == []
        with writing(database) as writer:
            add(writer, "a.example")
        assert hosts(reader) == []
    with reading(database) as reader:
        assert hosts(reader) == ["a.example"]


def test_writers_on_sqlite_wait_for_each_other(sqlite_url: str) -> None:
    # Each reads first: with a plain BEGIN, the second could not write any more, however long it waits.
    database = open_database(sqlite_url)
    together = threading.Barrier(4)

    def count_up() -> None:
        together.wait()
        for _ in range(5):
            with writing(database) as connection:
                add(connection, f"{len(hosts(connection)):02}.example")

    writers = [threading.Thread(target=count_up) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with reading(database) as connection:
        assert hosts(connection) == [f"{number:02}.example" for number in range(20)]
    database.dispose()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "crashed"])
def test_database_that_was_away_is_used_again(own_postgres: PostgresServer, how: signal.Signals) -> None:
    own_postgres.start()
    database = open_database(own_postgres.url("postgres"))
    # Several connections wait in the pool, all of which the restart breaks.
    with reading(database), reading(database), writing(database) as connection:
        add(connection, "a.example")
    own_postgres.stop(how)
    with pytest.raises(sa.exc.OperationalError), reading(database):
        pass
    own_postgres.start()
    for _ in range(4):
        with reading(database) as connection:
            assert hosts(connection) == ["a.example"]
    with writing(database) as connection:
        add(connection, "b.example")
    database.dispose()


def test_transaction_that_the_database_left_is_undone(own_postgres: PostgresServer) -> None:
    own_postgres.start()
    database = open_database(own_postgres.url("postgres"))

    def write_through_a_restart() -> None:
        with writing(database) as connection:
            add(connection, "a.example")
            own_postgres.stop(signal.SIGQUIT)
            own_postgres.start()
            add(connection, "b.example")

    with pytest.raises(sa.exc.OperationalError) as lost:
        write_through_a_restart()
    assert lost.value.connection_invalidated
    with reading(database) as connection:
        assert hosts(connection) == []
    database.dispose()
