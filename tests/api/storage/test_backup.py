"""Backups: what is restored is what was there, on either database, or nothing is."""

from __future__ import annotations

import gzip
import stat
import tarfile
import threading
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from api.storage import archive, documents, schema
from api.storage.backup import back_up
from api.storage.engine import connect
from api.storage.refusals import StorageRefused
from api.storage.restore import restore, verify
from api.storage.session import reading, writing
from api.storage.upgrade import head
from matcher.version import VERSION
from tests.api.storage.archives import contents
from tests.api.storage.rows import delivery, fill, insert, webhook

if TYPE_CHECKING:
    from pathlib import Path


def test_restored_is_what_was_there(filled: sa.Engine, target: sa.Engine, tmp_path: Path) -> None:
    manifest = back_up(filled, tmp_path / "a.backup")
    assert restore(target, tmp_path / "a.backup") == manifest
    assert contents(target) == contents(filled) == manifest.tables
    with reading(target) as connection:
        assert documents.damaged(connection) == []
        work = connection.execute(sa.select(schema.runs.c.spent_work).order_by("id")).scalars().all()
    assert work == [0.0, 0.1 + 0.2]
    # And what is restored can be backed up to the same again.
    again = back_up(target, tmp_path / "b.backup")
    assert again.tables == manifest.tables


def test_restored_database_goes_on(taken: Path, target: sa.Engine) -> None:
    restore(target, taken)
    with pytest.raises(sa.exc.DBAPIError, match="never changed"), writing(target) as connection:
        connection.execute(sa.delete(schema.audit))
    with pytest.raises(sa.exc.IntegrityError), writing(target) as connection:
        connection.execute(sa.delete(schema.principals))
    with writing(target) as connection:
        insert(connection, schema.webhook_hosts, {"host": "more.example"})


def test_restore_makes_the_tables(blank_url: str, taken: Path) -> None:
    database = connect(blank_url)
    assert restore(database, taken).tables == contents(database)
    database.dispose()


def test_backup_is_its_owners_alone_and_nothing_lies_about(filled: sa.Engine, tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    back_up(filled, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [left.name for left in tmp_path.iterdir()] == ["a.backup"]


def test_manifest_says_what_is_in_the_backup(taken: Path) -> None:
    manifest = verify(taken)
    assert (manifest.product, manifest.schema) == (VERSION, head())
    assert {name: content.rows for name, content in manifest.tables.items() if content.rows != 1} == {
        "principals": 2, "documents": 7, "revisions": 2, "runs": 2, "run_events": 3, "checkpoints": 3,
        "plans": 2, "grants": 2, "idempotency": 2,
    }  # fmt: skip


def test_customs_of_a_language_do_not_order_the_rows(database: sa.Engine) -> None:
    fill(database)
    before = contents(database)
    if database.dialect.name == "postgresql":
        with writing(database) as connection:
            connection.exec_driver_sql(
                'ALTER TABLE checkpoints ALTER COLUMN stage TYPE text COLLATE "en-x-icu"'
            )
            stages = (
                connection.execute(sa.select(schema.checkpoints.c.stage).order_by("stage")).scalars().all()
            )
            assert stages == ["1/a", "a", "B"]
    assert contents(database) == before


def test_backup_is_of_one_state_while_others_write(
    database: sa.Engine, target: sa.Engine, tmp_path: Path
) -> None:
    """Whoever writes, a row and what it refers to are both in the backup, or neither is."""
    fill(database)
    done = threading.Event()

    def write() -> None:
        number = 0
        while not done.is_set():
            number += 1
            with writing(database) as connection:
                insert(connection, schema.webhooks, webhook(f"hook-{number:04}x"))
                row = delivery(f"d-{number:04}x", webhook_id=f"hook-{number:04}x")
                insert(connection, schema.deliveries, row)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            tables = back_up(database, tmp_path / f"{number}.backup").tables
            assert tables["webhooks"].rows == tables["deliveries"].rows
    finally:
        done.set()
        writer.join()
    restore(target, tmp_path / "4.backup")
    assert contents(target) == tables


def test_backup_replaces_nothing(filled: sa.Engine, tmp_path: Path) -> None:
    (tmp_path / "a.backup").write_text("mine")
    with pytest.raises(StorageRefused, match=r"“a\.backup” is there already.*another name") as refused:
        back_up(filled, tmp_path / "a.backup")
    assert refused.value.code == "backup_exists"
    assert (tmp_path / "a.backup").read_text() == "mine"


def test_backup_needs_a_folder(filled: sa.Engine, tmp_path: Path) -> None:
    with pytest.raises(StorageRefused, match=r"there is no folder .*nowhere” – make it first") as refused:
        back_up(filled, tmp_path / "nowhere" / "a.backup")
    assert refused.value.code == "backup_no_folder"


def test_backup_of_a_newer_database_is_refused(database: sa.Engine, tmp_path: Path) -> None:
    with writing(database) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageRefused, match="newer than this program"):
        back_up(database, tmp_path / "a.backup")
    assert list(tmp_path.glob("*.backup")) == []


def test_large_tables_are_restored_whole(database: sa.Engine, target: sa.Engine, tmp_path: Path) -> None:
    with writing(database) as connection:
        rows = [{"host": f"h{number}.example"} for number in range(1201)]
        connection.execute(sa.insert(schema.webhook_hosts), rows)
    back_up(database, tmp_path / "a.backup")
    restored = restore(target, tmp_path / "a.backup")
    assert restored.tables["webhook_hosts"].rows == 1201
    assert contents(target) == restored.tables


def test_archive_is_read_by_common_tools(taken: Path) -> None:
    with gzip.open(taken) as packed, tarfile.open(fileobj=packed) as files:
        assert files.getnames() == ["manifest.json", *(archive.file_name(table) for table in archive.TABLES)]
