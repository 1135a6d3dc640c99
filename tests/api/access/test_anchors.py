"""Anchors that the service lays down: signed, in a file and in the log, and found by whoever verifies the trail."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from api.access import audit
from api.access.anchors import Forged, laid, lay
from api.access.audit_verify import verify
from api.access.secrets import Secrets
from api.storage.engine import connect
from api.storage.schema import audit as entries
from api.storage.schema import audit_head
from api.storage.session import reading, writing
from tests.api.operate.serving import matcher
from tests.api.server import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.api.server import Server

SECRETS = Secrets(b"s" * 32)


def append(database: sa.Engine, count: int = 1) -> None:
    for _ in range(count):
        with writing(database) as connection:
            audit.append(connection, "p-1", "rounds.edit", "round-1")


def cut(database: sa.Engine, last: int) -> None:
    """Cut the end off, so that nothing in the database tells."""
    with writing(database) as connection:
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
        if database.dialect.name == "postgresql":
            connection.execute(sa.text("DROP TRIGGER audit_no_change ON audit"))
        else:
            for trigger in connection.execute(sa.text(names)).scalars().all():
                connection.execute(sa.text(f"DROP TRIGGER {trigger}"))
        connection.execute(sa.delete(entries).where(entries.c.seq > last))
        kept = connection.execute(sa.select(entries.c.hash).where(entries.c.seq == last)).scalar_one()
        connection.execute(sa.update(audit_head).values(seq=last, hash=kept))


def test_an_anchor_shows_a_cut_end(database: sa.Engine, tmp_path: Path) -> None:
    folder = tmp_path / "anchors"
    assert not lay(database, SECRETS, folder)  # there is nothing yet
    append(database, 3)
    assert lay(database, SECRETS, folder)
    assert not lay(database, SECRETS, folder)  # nor anything new
    append(database)
    assert lay(database, SECRETS, folder)
    (file,) = folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    found = laid(folder, SECRETS)
    assert [number for number, _ in found] == [3, 4]
    with reading(database) as connection:
        assert verify(connection, found).broken_at is None
    cut(database, 2)
    with reading(database) as connection:
        assert verify(connection).broken_at is None
        assert verify(connection, found).broken_at == 3


def test_half_a_line_is_no_anchor_and_a_changed_one_is_found(database: sa.Engine, tmp_path: Path) -> None:
    append(database)
    assert lay(database, SECRETS, tmp_path)
    (file,) = tmp_path.glob("audit-*.txt")
    with file.open("a") as opened:
        opened.write("2 abc")  # the power went
    assert [number for number, _ in laid(tmp_path, SECRETS)] == [1]
    append(database)
    assert lay(database, SECRETS, tmp_path)
    assert [number for number, _ in laid(tmp_path, SECRETS)] == [1, 2]
    with pytest.raises(Forged):
        laid(tmp_path, Secrets(b"t" * 32))
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0], f"3{lines[1][1:]}", ""]))
    with pytest.raises(Forged) as found:
        laid(tmp_path, SECRETS)
    assert (found.value.path, found.value.line) == (file, 2)


def test_the_service_lays_them_and_the_command_finds_them(own_server: Callable[..., Server]) -> None:
    server = own_server(ANCHOR_MINUTES="0.02")
    folder = server.data / "anchors"
    server.principal()
    wait_for(lambda: len("".join(file.read_text() for file in folder.glob("*")).splitlines()) > 1)
    assert server.stop() == 0
    logged = [json.loads(line) for line in server.log.read_text().splitlines()]
    anchored = [line for line in logged if line["event"] == "audit_anchor"]
    (file,) = folder.iterdir()
    lines = [f"{one['seq']} {one['hash']} {one['at']} {one['mac']}" for one in anchored]
    assert file.read_text().splitlines() == lines
    data = ("--data", server.data)
    whole = matcher("audit", "verify", *data, "--lang", "en")
    assert (whole.returncode, f"{len(lines)} anchor(s) held" in whole.stderr) == (0, True)
    # A copy that was kept elsewhere will do as it is.
    kept = matcher("audit", "verify", *data, "--anchor", file)
    assert kept.returncode == 0
    secret = server.data / "secrets" / "server.key"
    elsewhere = secret.rename(server.folder / "server.key")
    for language, said in (("zh", "没有核对"), ("en", "were left out")):
        without = matcher("audit", "verify", *data, "--lang", language)
        assert (without.returncode, said in without.stderr) == (0, True)
    assert not secret.exists()
    elsewhere.rename(secret)
    database = connect(f"sqlite:///{server.data / 'matcher.sqlite3'}")
    cut(database, 1)
    database.dispose()
    assert matcher("audit", "verify", *data).returncode == 1
    file.write_text(f"1{file.read_text()}")
    for language, said in (("zh", "第 1 行不是用本服务的密钥写的"), ("en", "line 1 of the anchors")):
        forged = matcher("audit", "verify", *data, "--lang", language)
        assert (forged.returncode, said in forged.stderr) == (2, True)
