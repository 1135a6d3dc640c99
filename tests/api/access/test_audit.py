"""The audit trail: a chain that shows every change, written with what it tells of or not at all."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import sqlalchemy as sa

from api.access import audit
from api.access.audit_verify import verify
from api.access.repository.audit import Entry
from api.storage.engine import connect
from api.storage.schema import audit as entries
from api.storage.schema import audit_head
from api.storage.session import reading, writing
from tests.api.server import Grant, made_round, refused, sample

if TYPE_CHECKING:
    from tests.api.server import Server

_TRIGGERS = {
    "sqlite": (
        "DROP TRIGGER audit_no_update",
        "DROP TRIGGER audit_no_delete",
        "DROP TRIGGER audit_no_replace",
    ),
    "postgresql": ("DROP TRIGGER audit_no_change ON audit",),
}


def fill(database: sa.Engine, count: int = 5) -> None:
    for number in range(count):
        with writing(database) as connection:
            audit.append(connection, "p-1", "rounds.edit", f"round-{number}", scope="示例县", revision=number)


def tamper(database: sa.Engine, statement: sa.Executable) -> None:
    """Do what only an owner of the database can."""
    with writing(database) as connection:
        for trigger in _TRIGGERS[database.dialect.name]:
            connection.execute(sa.text(trigger))
        connection.execute(statement)


def broken_at(database: sa.Engine, *anchors: tuple[int, str]) -> int | None:
    with reading(database) as connection:
        return verify(connection, anchors).broken_at


def test_whole_trail(database: sa.Engine) -> None:
    assert broken_at(database) is None
    fill(database)
    with reading(database) as connection:
        found = verify(connection)
    assert (found.entries, found.broken_at) == (5, None)
    fill(database, 2)
    assert broken_at(database, (5, found.head)) is None
    assert broken_at(database, (5, found.head), (5, "f" * 64)) == 5


def test_changed_entry(database: sa.Engine) -> None:
    fill(database)
    tamper(database, sa.update(entries).where(entries.c.seq == 3).values(actor="p-2"))
    assert broken_at(database) == 3


def test_changed_entry_with_its_own_hash_mended(database: sa.Engine) -> None:
    fill(database)
    with reading(database) as connection:
        row = connection.execute(sa.select(entries).where(entries.c.seq == 3)).one()
    changed = Entry(*row)._replace(actor="p-2")
    tamper(
        database,
        sa.update(entries).where(entries.c.seq == 3).values(actor="p-2", hash=audit.hash_of(changed)),
    )
    assert broken_at(database) == 4


def test_entry_taken_out(database: sa.Engine) -> None:
    fill(database)
    tamper(database, sa.delete(entries).where(entries.c.seq == 2))
    assert broken_at(database) == 2


def test_end_cut_off_is_seen_by_the_head_or_an_anchor(database: sa.Engine) -> None:
    fill(database)
    with reading(database) as connection:
        anchor = (5, verify(connection).head)
        fourth = connection.execute(sa.select(entries.c.hash).where(entries.c.seq == 4)).scalar_one()
    tamper(database, sa.delete(entries).where(entries.c.seq == 5))
    assert broken_at(database) == 5
    with writing(database) as connection:
        connection.execute(sa.update(audit_head).values(seq=4, hash=fourth))
    # Now nothing in the database tells; whoever kept the anchor knows.
    assert broken_at(database) is None
    assert broken_at(database, anchor) == 5
    fill(database, 1)
    assert broken_at(database, anchor) == 5


def test_appending_at_once_makes_one_chain(database: sa.Engine) -> None:
    writers = [threading.Thread(target=fill, args=(database, 5)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with reading(database) as connection:
        found = verify(connection)
    assert (found.entries, found.broken_at) == (20, None)


def test_entry_goes_with_what_it_tells_of(server: Server) -> None:
    administrator = server.administrator
    before = administrator.get("/audit?limit=1").json()["items"][0]["seq"]
    answer = administrator.post("/principals", json={"kind": "user", "name": "administrator"})
    refused(answer, "principal_exists")
    assert administrator.get("/audit?limit=1").json()["items"][0]["seq"] == before


def test_what_is_recorded(server: Server) -> None:
    person = server.principal(Grant("planner"))
    planner = server.client(person["key"])
    made = made_round(planner).json()
    assert planner.get(f"/rounds/{made['id']}/document").status_code == 200
    assert planner.get(f"/rounds/{made['id']}/document/full").status_code == 200
    refused(planner.get("/audit"), "role_missing")
    items = server.administrator.get("/audit", params={"actor": person["id"]}).json()["items"]
    told = [(item["action"], item["subject"], item["scope"], item["outcome"]) for item in items]
    looked = (made["id"], "芷澜县", "done")
    assert told == [
        ("audit.read", "", "", "denied"),
        ("rounds.read_sensitive", *looked),
        ("rounds.read_document", *looked),
        ("rounds.create", *looked),
    ]
    assert items[-1]["detail"] == {"revision": 1, "digest": made["revision"]["digest"]}
    text = server.administrator.get("/audit", params={"limit": 200}).text
    assert not [cadre["name"] for cadre in sample()["cadres"] if cadre["name"] in text]
    only = {"actor": person["id"], "action": "rounds.create", "subject": made["id"]}
    assert len(server.administrator.get("/audit", params=only).json()["items"]) == 1


def test_trail_of_the_server_is_whole(server: Server) -> None:
    database = connect(server.database_url)
    found = None
    with reading(database) as connection:
        found = verify(connection)
    database.dispose()
    assert found.entries > 0
    assert found.broken_at is None
