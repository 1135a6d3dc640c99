"""Opening a database: what every connection is set to, and what is refused before anything is lost."""

from __future__ import annotations

import sqlite3
import stat
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from psycopg import sql

from api.storage import sqlite
from api.storage.engine import connect, open_database
from api.storage.refusals import REFUSALS, StorageRefused
from api.storage.session import reading, writing

if TYPE_CHECKING:
    from pathlib import Path

    from tests.api.postgres import PostgresServer

# ---------------------------------------------------------------- SQLite


def test_sqlite_keeps_what_it_acknowledged(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    expected = {"busy_timeout": 10000, "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    # Two connections at once, so that not only the first of a pool is looked at.
    with reading(database) as first, reading(database) as second:
        for connection in (first, second):
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected}
            assert found == expected
    database.dispose()


def test_sqlite_file_is_its_owners_alone(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    file = sqlite.file_of(database.url)
    with writing(database) as connection:
        connection.exec_driver_sql("INSERT INTO webhook_hosts (host) VALUES ('hooks.example')")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.glob(f"{file.name}*")}
    database.dispose()
    assert modes.pop(f"{file.name}-lock") & stat.S_IWOTH == 0
    assert modes == {file.name: 0o600, f"{file.name}-wal": 0o600, f"{file.name}-shm": 0o600}


def test_old_sqlite_is_refused() -> None:
    sqlite.refuse_old(sqlite.OLDEST)
    with pytest.raises(
        StorageRefused, match=r"SQLite 3\.34\.1 is too old – use a Python that comes with"
    ) as refused:
        sqlite.refuse_old((3, 34, 1))
    assert refused.value.code == "sqlite_too_old"


def test_sqlite_without_a_log_is_refused() -> None:
    connection: Any = sqlite3.connect(":memory:")
    with pytest.raises(StorageRefused, match=r"write-ahead log here \(it says “memory”\)") as refused:
        sqlite.set_pragmas(connection)
    assert refused.value.code == "sqlite_no_wal"


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:"])
def test_sqlite_in_memory_is_refused(url: str) -> None:
    with pytest.raises(StorageRefused, match="gone with the process – name a file") as refused:
        open_database(url)
    assert refused.value.code == "database_in_memory"


def test_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(StorageRefused, match=r"there is no folder .*/nowhere” for the database") as refused:
        open_database(f"sqlite:///{tmp_path}/nowhere/service.sqlite3")
    assert refused.value.code == "database_no_folder"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "no address",
        "postgresql://user:secret@host:port/name",
        "sqlite:///file:x?uri=true",
        "sqlite:///x?mode=ro",
    ],
)
def test_address_that_cannot_be_read_is_refused(url: str) -> None:
    with pytest.raises(
        StorageRefused, match="address of the database can't be read – write sqlite"
    ) as refused:
        open_database(url)
    assert refused.value.code == "database_url"
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("kind", ["mysql", "oracle", "postgresql+asyncpg", "sqlite+aiosqlite"])
def test_other_databases_are_refused(kind: str) -> None:
    with pytest.raises(StorageRefused, match="are not supported – use SQLite or PostgreSQL") as refused:
        open_database(f"{kind}://user:secret@host/name")
    assert refused.value.code == "database_unsupported"
    assert f"“{kind}”" in refused.value.sentence("zh")
    assert "secret" not in str(refused.value)


def test_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "letter.sqlite3"
    file.write_text("Dear reader, " * 100)
    with pytest.raises(StorageRefused, match="can't be reached: file is not a database") as refused:
        open_database(f"sqlite:///{file}")
    assert refused.value.code == "database_unreachable"
    assert file.read_text() == "Dear reader, " * 100


# ---------------------------------------------------------------- PostgreSQL


def test_postgresql_keeps_what_it_acknowledged(postgresql_url: str) -> None:
    database = open_database(postgresql_url)
    with reading(database) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            assert connection.exec_driver_sql(f"SHOW {setting}").scalar() == "on"
    database.dispose()


def test_server_that_loses_data_is_refused_with_all_its_settings(own_postgres: PostgresServer) -> None:
    own_postgres.start("fsync=off", "full_page_writes=off", "synchronous_commit=off")
    with pytest.raises(StorageRefused) as refused:
        open_database(own_postgres.url("postgres"))
    assert refused.value.code == "postgresql_not_durable"
    assert str(refused.value) == (
        "PostgreSQL is set to lose what it has acknowledged: fsync=off, full_page_writes=off, "
        "synchronous_commit=off – set them to on in postgresql.conf, for the role and in the address"
    )


@pytest.mark.parametrize("value", ["off", "local", "remote_write"])
def test_address_that_loses_data_is_refused(postgresql_url: str, value: str) -> None:
    with pytest.raises(StorageRefused, match=f"acknowledged: synchronous_commit={value} –"):
        open_database(f"{postgresql_url}?options=-csynchronous_commit%3D{value}")


def test_setting_that_loses_data_is_refused_by_every_new_connection(
    postgres: PostgresServer, postgresql_url: str
) -> None:
    database = open_database(postgresql_url)
    name = sql.Identifier(sa.make_url(postgresql_url).database or "")
    postgres.run(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(name))
    database.dispose()
    with pytest.raises(StorageRefused, match="synchronous_commit=off"), reading(database):
        pass
    postgres.run(sql.SQL("ALTER DATABASE {} RESET synchronous_commit").format(name))
    with reading(database) as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
    database.dispose()


def test_other_encodings_are_refused(postgres: PostgresServer) -> None:
    make = "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'"
    postgres.run(sql.SQL(make).format())
    with pytest.raises(
        StorageRefused, match="encoded as LATIN1 – create one with the encoding UTF8"
    ) as refused:
        open_database(postgres.url("latin"))
    assert refused.value.code == "postgresql_not_utf8"
    postgres.drop_database("latin")


def test_server_that_is_not_there_is_named_without_its_password(own_postgres: PostgresServer) -> None:
    with pytest.raises(
        StorageRefused, match=r"can't be reached: .*Connection refused.*check address"
    ) as refused:
        open_database(own_postgres.url("postgres"))
    assert refused.value.code == "database_unreachable"
    password = sa.make_url(own_postgres.url("postgres")).password
    assert f"postgres:***@127.0.0.1:{own_postgres.port}/postgres" in str(refused.value)
    assert str(password) not in str(refused.value)


def test_wrong_password_is_refused(postgres: PostgresServer) -> None:
    address = sa.make_url(postgres.url("postgres")).set(password="wrong-one")
    with pytest.raises(StorageRefused, match="password authentication failed for user") as refused:
        open_database(address.render_as_string(hide_password=False))
    assert "wrong-one" not in str(refused.value)


# ---------------------------------------------------------------- both


def test_errors_do_not_tell_what_is_in_a_row(database: sa.Engine) -> None:
    row = {"id": "p-1", "kind": "user", "name": "示例用户甲", "disabled": False}
    insert = sa.text(
        "INSERT INTO principals (id, kind, name, disabled) VALUES (:id, :kind, :name, :disabled)"
    )
    errors: list[sa.exc.IntegrityError] = []
    for wrong in (row, {**row, "id": "p-2"}, {**row, "id": "p-3", "kind": "示例"}, {**row, "name": None}):
        try:
            with writing(database) as connection:
                connection.execute(insert, wrong)
        except sa.exc.IntegrityError as error:
            errors.append(error)
    assert len(errors) == 3
    for found in errors:
        assert "示例" not in f"{found} {found!r} {found.orig} {found.orig!r}"
        assert "principals" in str(found)


def test_every_refusal_is_said_in_both_languages() -> None:
    for code, wording in REFUSALS.items():
        texts = [
            text.in_(language) for text in (wording.sentence, wording.remedy) for language in ("zh", "en")
        ]
        assert all(texts), code
        assert texts[0].count("{") == texts[1].count("{"), code


def test_engine_opens_nothing_by_itself(sqlite_url: str, tmp_path: Path) -> None:
    connect(sqlite_url).dispose()
    assert list(tmp_path.iterdir()) == []
