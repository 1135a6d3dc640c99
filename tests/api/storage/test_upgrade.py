"""Migrating: the tables come out as the schema says, once, whoever starts and how many of them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from api.storage import upgrade as upgrading
from api.storage.engine import connect, open_database
from api.storage.refusals import StorageRefused
from api.storage.schema import audit_head, metadata
from api.storage.session import reading, writing
from api.storage.upgrade import head
from tests.api.storage.rows import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[3]

_START = """
import sys
from api.storage import upgrade as upgrading
from api.storage.engine import open_database
sys.stdin.readline()
open_database(sys.argv[1]).dispose()
"""


@pytest.fixture
def blank_made(database: sa.Engine, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[sa.Engine]:
    """Give a database of the same kind whose tables the schema made, without a migration."""
    is_sqlite = database.dialect.name == "sqlite"
    url = f"sqlite:///{tmp_path / 'made.sqlite3'}" if is_sqlite else request.getfixturevalue("postgresql_url")
    engine = connect(url)
    metadata.create_all(engine)
    yield engine
    engine.dispose()


def test_migrated_tables_are_those_of_the_schema(database: sa.Engine) -> None:
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_migrated_constraints_are_those_of_the_schema(database: sa.Engine, blank_made: sa.Engine) -> None:
    migrated, made = sa.inspect(database), sa.inspect(blank_made)
    for table in metadata.tables:
        assert _constraints(migrated, table) == _constraints(made, table), table


def test_schema_has_constraints_that_can_be_compared(database: sa.Engine) -> None:
    checks, uniques, foreign, indexes, *_ = _constraints(sa.inspect(database), "publications")
    assert [len(found) for found in (checks, uniques, foreign)] == [3, 0, 5]
    assert any("uq_publications_published" in index and "published'" in index for index in indexes)


def test_audit_begins_with_an_empty_head(database: sa.Engine) -> None:
    with reading(database) as connection:
        assert connection.execute(sa.select(audit_head)).all() == [(1, 0, "0" * 64)]


def test_who_comes_second_finds_the_tables_and_what_is_in_them(blank_url: str) -> None:
    first = open_database(blank_url)
    with writing(first) as connection:
        connection.exec_driver_sql("INSERT INTO webhook_hosts (host) VALUES ('hooks.example')")
    first.dispose()
    second = open_database(blank_url)
    with reading(second) as connection:
        assert connection.exec_driver_sql("SELECT host FROM webhook_hosts").scalar() == "hooks.example"
    second.dispose()


@pytest.mark.slow
def test_many_processes_start_at_once_on_a_new_database(blank_url: str) -> None:
    command = [sys.executable, "-W", "error", "-c", _START, blank_url]
    starters = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
        for _ in range(4)
    ]
    # Each waits for its line, so that none is done before the last has loaded its modules.
    for starter in starters:
        assert starter.stdin is not None
        starter.stdin.write("go\n")
        starter.stdin.flush()
    ended = [(starter.communicate()[1], starter.returncode) for starter in starters]
    assert ended == [("", 0)] * len(starters)
    database = open_database(blank_url, migrate=False)
    with reading(database) as connection:
        assert connection.execute(sa.select(audit_head.c.one)).all() == [(1,)]
    database.dispose()


def test_tables_are_not_made_when_told_not_to(blank_url: str) -> None:
    with pytest.raises(StorageRefused, match="has no tables yet – run the upgrade command first") as refused:
        open_database(blank_url, migrate=False)
    assert refused.value.code == "database_not_migrated"
    assert refused.value.sentence("zh").endswith("还没有建表")
    if blank_url.startswith("sqlite"):
        assert not Path(sa.make_url(blank_url).database or "").exists()


def test_database_of_a_newer_program_is_refused_and_left_alone(database: sa.Engine) -> None:
    _set_revision(database, "9999")
    for migrate in (True, False):
        with pytest.raises(StorageRefused, match="schema 9999, which is newer than this program") as refused:
            open_database(_url(database), migrate=migrate)
        assert refused.value.code == "database_newer"
        assert "***" not in _url(database)
        assert (database.url.password or "no password") not in str(refused.value)
    with reading(database) as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "9999"


@pytest.fixture
def next_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what makes this program the next one, with one migration more."""
    folder = tmp_path / "migrations"
    shutil.copytree(upgrading.MIGRATIONS, folder)
    (folder / "versions" / "v0002_more.py").write_text(
        "from alembic import op\n"
        "revision, down_revision = '0002', '0001'\n"
        "def upgrade():\n"
        "    op.execute('CREATE TABLE more (id INTEGER)')\n"
    )
    return lambda: monkeypatch.setattr(upgrading, "MIGRATIONS", folder)


def test_database_of_an_older_program_is_upgraded_when_told_to(
    database: sa.Engine, next_program: Callable[[], None]
) -> None:
    fill(database)
    next_program()
    said = "has the schema 0001, this program needs 0002 – take a backup, then run the upgrade"
    with pytest.raises(StorageRefused, match=said) as refused:
        open_database(_url(database), migrate=False)
    assert refused.value.code == "database_older"
    open_database(_url(database)).dispose()
    open_database(_url(database), migrate=False).dispose()
    assert "more" in sa.inspect(database).get_table_names()
    with reading(database) as connection:
        assert connection.execute(sa.select(audit_head.c.seq)).scalar_one() == 1


def test_tables_of_another_program_are_left_alone(blank_url: str) -> None:
    engine = connect(blank_url)
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE invoices (id INTEGER)")
    with pytest.raises(StorageRefused, match="another program's tables \\(invoices …\\)") as refused:
        open_database(blank_url)
    assert refused.value.code == "database_foreign"
    assert sa.inspect(engine).get_table_names() == ["invoices"]
    engine.dispose()


def test_step_that_fails_leaves_nothing(blank_url: str) -> None:
    # The last of the tables can't be made, because something of its name is there.
    engine = connect(blank_url)
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE VIEW deliveries AS SELECT 1 AS one")
    with pytest.raises(sa.exc.DBAPIError, match="deliveries"):
        open_database(blank_url)
    assert sa.inspect(engine).get_table_names() == []
    with writing(engine) as connection:
        connection.exec_driver_sql("DROP VIEW deliveries")
    open_database(blank_url).dispose()
    assert set(metadata.tables) < set(sa.inspect(engine).get_table_names())
    engine.dispose()


def test_head_is_the_only_one() -> None:
    assert head() == "0001"


def _url(database: sa.Engine) -> str:
    return database.url.render_as_string(hide_password=False)


def _set_revision(database: sa.Engine, revision: str) -> None:
    with writing(database) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :new"), {"new": revision})


def _constraints(inspector: sa.Inspector, table: str) -> list[Any]:
    kinds: list[Callable[[str], Any]] = [
        inspector.get_check_constraints,
        inspector.get_unique_constraints,
        inspector.get_foreign_keys,
        inspector.get_indexes,
    ]
    found: list[Any] = [sorted(repr(_plain(part)) for part in kind(table)) for kind in kinds]
    columns = [{**column, "type": str(column["type"])} for column in inspector.get_columns(table)]
    return [*found, inspector.get_pk_constraint(table), columns]


def _plain(part: Any) -> Any:
    """Return what was found with the conditions of partial indexes as text, which can be compared."""
    if isinstance(part, dict):
        return {name: _plain(value) for name, value in part.items()}
    return str(part) if isinstance(part, sa.TextClause) else part
