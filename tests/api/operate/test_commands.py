"""The commands beside ``serve``: settings, keys, the audit trail, backup and restore."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from api.cli.app import ADDITIONS, main, program
from api.storage import archive
from api.storage.engine import open_database
from api.storage.session import reading, writing
from matcher.cli.app import COMMANDS
from matcher.words import commands as words
from tests.api.jobs.rounds import add_round, add_run, add_user, small_county
from tests.api.operate.serving import environment, matcher

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

SERVICE_LIBRARIES = {"sqlalchemy", "fastapi", "starlette", "uvicorn", "alembic", "psycopg", "structlog"}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Give a runner of commands on one data folder: exit status, output and complaints."""
    for name in environment().keys() ^ environment(MATCHER_DATA="").keys():
        monkeypatch.setenv(name, str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "400")

    def ran(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return ran


@pytest.fixture
def url(run: Run, tmp_path: Path) -> str:
    """Make a database with a round and a run in it, and return its address."""
    assert run("upgrade")[0] == 0
    address = f"sqlite:///{tmp_path / 'data' / 'matcher.sqlite3'}"
    database = open_database(address)
    add_user(database)
    add_run(database, add_round(database, small_county()))
    database.dispose()
    return address


@pytest.mark.parametrize("arguments", [["--help"], ["serve", "--help"], ["rules", "young_share"]])
def test_no_command_waits_for_libraries_that_it_does_not_need(arguments: list[str]) -> None:
    code = (
        f"import sys; from api.cli import main; status = main({arguments!r}); "
        f"assert status == 0; found = {SERVICE_LIBRARIES!r} & set(sys.modules); assert not found, found"
    )
    ran = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_has_its_help(run: Run, language: str) -> None:
    for name in ADDITIONS.commands:
        status, out, _ = run(*name.split(), "--help", "--lang", language)
        text = {**words.COMMANDS, **ADDITIONS.help}[name]
        assert status == 0
        assert "".join(getattr(text, language)[:20].split()) in "".join(out.split())


def test_no_help_is_idle_and_none_replaces_another() -> None:
    names = {name for name in ADDITIONS.commands if " " not in name} | {"audit", "keys"}
    assert set(program("zh").commands) == {name for name, _ in COMMANDS} | names
    assert not set(ADDITIONS.parameters) & set(words.PARAMETERS)
    asked = set()
    for name, command in program("zh").commands.items():
        for own, one in getattr(command, "commands", {"": command}).items():
            full = f"{name} {own}".strip()
            asked |= {key for one_ in one.params for key in (one_.name, f"{full}.{one_.name}")}
    assert set(ADDITIONS.parameters) <= asked


def test_a_group_without_its_command_is_refused(run: Run) -> None:
    status, _, err = run("--lang", "en", "keys")
    assert (status, "there is no command" in err) == (2, True)


def test_config_masks_secrets(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s" * 40, encoding="utf-8")
    monkeypatch.setenv("MATCHER_SERVER_SECRET_FILE", str(secret))
    monkeypatch.setenv("MATCHER_RATE", "7/second")
    status, out, _ = run("config", "--database", "postgresql://someone:hidden@nowhere/matcher")
    assert status == 0
    lines = dict(line.split("=", 1) for line in out.splitlines())
    assert lines["MATCHER_RATE"] == "7/second"
    assert lines["MATCHER_DATABASE"] == lines["MATCHER_SERVER_SECRET"] == "********"
    assert "hidden" not in out
    assert "ssss" not in out
    assert not (tmp_path / "data").exists()


def test_all_bad_settings_are_named_at_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_PORT", "70000")
    monkeypatch.setenv("MATCHER_RAET", "1/second")
    for language, said in (("zh", "设置不能用"), ("en", "the settings can't be used")):
        status, _, err = run("config", "--lang", language)
        assert (status, said in err) == (2, True)
        assert "did you mean MATCHER_RATE" in err
    monkeypatch.delenv("MATCHER_RAET")
    assert "MATCHER_PORT" in run("config")[2]


def test_backup_restore_and_the_same_content(run: Run, url: str, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar.gz"
    assert run("backup", file)[0] == 0
    status, _, err = run("backup", file, "--lang", "en")
    assert (status, "is there already" in err) == (2, True)
    assert run("restore", file)[0] == 2  # this database is not empty
    status, out, _ = run("restore", file, "--data", tmp_path / "second", "--lang", "en")
    assert (status, "Restored from" in out) == (0, True)
    contents = []
    for address in (url, f"sqlite:///{tmp_path / 'second' / 'matcher.sqlite3'}"):
        database = open_database(address, migrate=False)
        with reading(database) as connection:
            contents.append({t.name: archive.content_of(connection, t) for t in archive.TABLES})
        database.dispose()
    assert contents[0] == contents[1]
    assert contents[0]["runs"].rows == 1


def test_a_damaged_backup_makes_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar.gz"
    file.write_bytes(b"something else")
    status, _, err = run("restore", file, "--lang", "en")
    assert (status, "is damaged" in err) == (2, True)
    assert not (tmp_path / "data").exists()


def test_commands_make_no_database_of_their_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for arguments in (("backup", tmp_path / "b"), ("audit", "verify"), ("keys", "list")):
        status, _, err = run(*arguments, "--lang", "en")
        assert (status, "has no tables yet" in err) == (2, True)
    assert list((tmp_path / "data").iterdir()) == []


def test_audit_verify_finds_a_changed_entry(run: Run, url: str, tmp_path: Path) -> None:
    for number in range(3):
        assert run("keys", "create", f"示例用户{number}", "--role", "viewer")[0] == 0
    status, anchor, err = run("audit", "verify", "--lang", "en")
    assert (status, "is whole" in err) == (0, True)
    anchors = tmp_path / "anchors"
    anchors.write_text(anchor, encoding="utf-8")
    assert run("audit", "verify", "--anchor", anchors)[0] == 0
    assert anchor.split()[0] == "9"  # an account, its grant and its key each
    database = open_database(url)
    with writing(database) as connection:
        for trigger in connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
        ).all():
            connection.exec_driver_sql(f"DROP TRIGGER {trigger.name}")
        connection.execute(sa.text("UPDATE audit SET actor = 'nobody' WHERE seq = 4"))
    database.dispose()
    for language, said in (("zh", "审计记录自第4条起"), ("en", "From entry 4 on")):
        status, out, err = run("audit", "verify", "--lang", language)
        assert (status, out, said in err) == (1, "", True)


def test_anchors_that_can_not_be_read_are_refused(run: Run, url: str, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors"
    anchors.write_text(f"1 {'0' * 64}\nnonsense\n", encoding="utf-8")
    for language, said in (("zh", "第 2 行读不懂"), ("en", "line 2 of the anchors")):
        status, _, err = run("audit", "verify", "--anchor", anchors, "--lang", language)
        assert (status, said in err) == (2, True)
    anchors.write_text(f"1 {'0' * 64}\n", encoding="utf-8")
    assert run("audit", "verify", "--anchor", anchors)[0] == 1  # the trail has no entry: its end was cut off
    assert url


def test_keys_are_made_listed_and_revoked(run: Run, url: str) -> None:
    status, key, err = run(
        "keys", "create", "示例用户", "--role", "planner", "--county", "霁溪区", "--days", "3"
    )
    assert (status, key[:3], "3天有效" in err) == (0, "mk_", True)
    assert run("keys", "create", "示例用户")[0] == 0
    rows = [
        line.split() for line in run("keys", "list", "--lang", "en")[1].splitlines() if "示例用户" in line
    ]
    assert len(rows) == 2
    assert key.split("_")[1] == rows[0][2]
    assert key.strip() not in run("keys", "list")[1]
    assert run("keys", "revoke", rows[0][1])[0] == 0
    assert run("keys", "list", "--lang", "en")[1].count("revoked") == 1
    database = open_database(url)
    with reading(database) as connection:
        grants = connection.execute(sa.text("SELECT role, scope_kind, scope FROM grants")).all()
        audited = connection.execute(sa.text("SELECT actor, detail FROM audit")).all()
    database.dispose()
    assert [tuple(grant) for grant in grants] == [("planner", "county", "霁溪区")]
    assert {row.actor for row in audited} == {"command line"}
    assert key.strip() not in json.dumps([row.detail for row in audited])


REFUSED = [
    (("create", "示例甲"), "还没有账户“示例甲”", "there is no account “示例甲” yet"),
    (("create", " 甲", "--role", "viewer"), "账户名称“ 甲”不可用", "“ 甲” can't be the name of an account"),
    (
        ("create", "示例甲", "--role", "viewer", "--county", "A", "--prefecture", "B"),
        "--county 和 --prefecture 只能写一个",
        "--county and --prefecture can't both be given",
    ),
    (
        ("create", "示例甲", "--role", "administrator", "--county", "A"),
        "管理员角色不能限定范围",
        "an administrator's role can't be limited",
    ),
    (("revoke", "none"), "没有编号为“none”的密钥", "there is no key with the id “none”"),
    (("create", "示例乙", "--role", "viewer"), "已有账户“示例乙”", "there is an account “示例乙” already"),
]


def test_keys_that_can_not_be_made_are_refused(run: Run, url: str) -> None:
    assert run("keys", "create", "示例乙", "--role", "viewer")[0] == 0
    for arguments, zh, en in REFUSED:
        for language, said in (("zh", zh), ("en", en)):
            status, out, err = run("keys", *arguments, "--lang", language)
            assert (status, out, said in err) == (2, "", True), err
    assert run("keys", "list")[1].count("示例") == 1
    assert url


def test_an_unknown_command_is_told_of_a_near_one() -> None:
    ran = matcher("serv", "--lang", "en")
    assert (ran.returncode, "did you mean “serve”" in ran.stderr) == (2, True)
