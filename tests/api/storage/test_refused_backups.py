"""Backups that are not restored, and databases that they are not restored into; nothing is touched then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from api.storage import schema
from api.storage.engine import connect
from api.storage.refusals import StorageRefused
from api.storage.restore import restore
from api.storage.session import writing
from api.storage.upgrade import head
from tests.api.storage.archives import contents, edited, members, write
from tests.api.storage.rows import insert

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200])


def turn_a_bit(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def change_a_row(file: Path) -> None:
    parts = members(file)
    write(file, {**parts, "runs.jsonl": parts["runs.jsonl"].replace(b'"score":12', b'"score":99')})


def drop_a_row(file: Path) -> None:
    parts = members(file)
    write(file, {**parts, "runs.jsonl": parts["runs.jsonl"].splitlines(keepends=True)[0]})


def drop_a_table(file: Path) -> None:
    write(file, {name: content for name, content in members(file).items() if name != "runs.jsonl"})


def change_the_manifest(file: Path) -> None:
    parts = members(file)
    write(file, {**parts, "manifest.json": parts["manifest.json"].replace(b'"rows":2', b'"rows":3')})


def drop_the_manifest(file: Path) -> None:
    write(file, {name: content for name, content in members(file).items() if name != "manifest.json"})


def change_to_nonsense(file: Path) -> None:
    file.write_text("Dear reader")


def empty(file: Path) -> None:
    file.write_bytes(b"")


def change_to_a_list(file: Path) -> None:
    write(file, {**members(file), "manifest.json": b"[]"})


DAMAGES: dict[Callable[[Path], None], str] = {
    cut_off: r"\w+",
    turn_a_bit: r"\S+",
    change_a_row: "runs",
    drop_a_row: "runs",
    drop_a_table: "runs",
    change_the_manifest: "manifest.json",
    drop_the_manifest: "manifest.json",
    change_to_nonsense: "manifest.json",
    empty: "manifest.json",
    change_to_a_list: "manifest.json",
}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damaged_backup_is_refused_and_nothing_touched(
    taken: Path, sqlite_url: str, damage: Callable[[Path], None]
) -> None:
    damage(taken)
    database = connect(sqlite_url)
    said = f"backup “taken.backup” is damaged: {DAMAGES[damage]} can't be read, or is not what its digest says – use"
    with pytest.raises(StorageRefused, match=said) as refused:
        restore(database, taken)
    assert refused.value.code == "backup_damaged"
    assert [file.name for file in taken.parent.iterdir()] == ["taken.backup"]
    database.dispose()


def test_database_is_left_alone_when_the_backup_is_damaged(taken: Path, target: sa.Engine) -> None:
    before = contents(target)
    change_a_row(taken)
    with pytest.raises(StorageRefused, match=r"backup “taken\.backup” is damaged: runs can't be read"):
        restore(target, taken)
    assert contents(target) == before


def test_missing_backup_is_named(target: sa.Engine, tmp_path: Path) -> None:
    with pytest.raises(StorageRefused, match=r"there is no file “a\.backup” – check its name") as refused:
        restore(target, tmp_path / "a.backup")
    assert refused.value.code == "backup_missing"


def test_backup_of_another_schema_is_refused(taken: Path, target: sa.Engine) -> None:
    edited(taken, "workers.jsonl", bytes, schema="0000", product="0.0.9")
    with pytest.raises(StorageRefused) as refused:
        restore(target, taken)
    assert refused.value.code == "backup_schema"
    assert str(refused.value) == (
        f"the backup has the schema 0000, this program needs {head()} – "
        "restore it with version 0.0.9 of the program, then upgrade"
    )


def test_other_format_is_refused(taken: Path, target: sa.Engine) -> None:
    write(taken, {**members(taken), "manifest.json": b'{"format":"backup/9"}'})
    with pytest.raises(
        StorageRefused, match="no backup that this program knows \\(its format is “backup/9”\\)"
    ) as refused:
        restore(target, taken)
    assert refused.value.code == "backup_format"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("runs.jsonl", b'"state":"done"', b'"state":"lost"'),
        ("principals.jsonl", "示例用户乙".encode(), "示例用户甲".encode()),
        ("passwords.jsonl", b'"p-1"', b'"p-9"'),
        ("plans.jsonl", b'"parent_plan":"plan-2"', b'"parent_plan":"plan-9"'),
    ],
)
def test_rows_that_break_a_rule_are_refused_and_nothing_kept(
    taken: Path, target: sa.Engine, name: str, old: bytes, new: bytes
) -> None:
    before = contents(target)
    edited(taken, name, lambda content: content.replace(old, new))
    with pytest.raises(StorageRefused) as refused:
        restore(target, taken)
    assert refused.value.code == "restore_refused"
    assert "示例" not in str(refused.value)
    assert contents(target) == before


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (schema.webhook_hosts, {"host": "hooks.example"}),
        (schema.principals, {"id": "p", "kind": "user", "name": "示例用户丙"}),
    ],
)
def test_database_with_rows_is_left_alone(
    taken: Path, target: sa.Engine, table: sa.Table, row: dict[str, Any]
) -> None:
    with writing(target) as connection:
        insert(connection, table, row)
    before = contents(target)
    with pytest.raises(
        StorageRefused, match=f"is not empty \\({table.name} has rows\\) – restore into a new"
    ) as refused:
        restore(target, taken)
    assert refused.value.code == "restore_not_empty"
    assert contents(target) == before


def test_database_with_an_audit_trail_is_left_alone(taken: Path, target: sa.Engine) -> None:
    with writing(target) as connection:
        connection.execute(sa.update(schema.audit_head).values(seq=1, hash="1" * 64))
    with pytest.raises(StorageRefused, match="audit_head has rows"):
        restore(target, taken)
