"""Looks at persons are on record before they are answered, those that come together in one transaction."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from api.access.audit import Act
from api.access.audit_verify import verify
from api.access.looks import Looks
from api.access.repository import audit as rows
from api.storage.session import reading, writing
from tests.api.server import Grant, made_round, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.server import Server


def look(number: int) -> Act:
    return Act(f"p-{number}", "plans.read", f"plan-{number}", "示例县", "done", {"number": number})


def recorded(database: sa.Engine) -> list[str]:
    """Return whose looks are on record, in the trail's order; the chain is whole."""
    with reading(database) as connection:
        assert verify(connection).broken_at is None
        return [entry.actor for entry in rows.entries(connection)]


def at_once(act: Callable[[int], object], count: int) -> list[threading.Thread]:
    threads = [threading.Thread(target=act, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    return threads


def test_a_look_is_on_record_when_its_request_goes_on(database: sa.Engine) -> None:
    looks = Looks(database)
    for number in range(3):
        looks.record(look(number))
        assert recorded(database)[-1] == f"p-{number}"
    with reading(database) as connection:
        (entry, *_) = rows.entries(connection)
    assert (entry.action, entry.subject, entry.scope, entry.outcome) == (
        "plans.read",
        "plan-0",
        "示例县",
        "done",
    )
    assert entry.detail == {"number": 0}


def test_looks_that_wait_for_others_are_written_together(database: sa.Engine) -> None:
    looks = Looks(database)
    commits: list[object] = []
    with writing(database) as connection:
        rows.locked_head(connection)  # whoever comes first waits for this
        threads = at_once(lambda number: looks.record(look(number)), 20)
        wait_for(lambda: looks.waiting == 19)
        sa.event.listen(database, "commit", commits.append)
    for thread in threads:
        thread.join()
    # The transaction above, the first look's, and one for all the others.
    assert len(commits) == 3
    assert sorted(recorded(database)) == sorted(f"p-{number}" for number in range(20))


def test_what_can_not_be_recorded_is_said_to_everybody_who_waits(database: sa.Engine) -> None:
    looks = Looks(database)
    errors: list[BaseException] = []

    def record(number: int) -> None:
        try:
            looks.record(look(number))
        except sa.exc.DBAPIError as error:
            errors.append(error)

    with writing(database) as connection:
        connection.execute(sa.text("ALTER TABLE audit RENAME TO audit_away"))
        threads = at_once(record, 5)
        wait_for(lambda: looks.waiting >= 4)
    for thread in threads:
        thread.join()
    assert len(errors) == 5
    with writing(database) as connection:
        connection.execute(sa.text("ALTER TABLE audit_away RENAME TO audit"))
    looks.record(look(9))
    assert recorded(database) == ["p-9"]


def test_looks_of_many_at_once_are_all_on_record(server: Server) -> None:
    person = server.principal(Grant("planner"))
    round_id = made_round(server.client(person["key"])).json()["id"]
    statuses: list[int] = []
    threads = at_once(
        lambda _: statuses.append(
            server.client(person["key"]).get(f"/rounds/{round_id}/document").status_code
        ),
        12,
    )
    for thread in threads:
        thread.join()
    assert statuses == [200] * 12
    items = server.administrator.get("/audit", params={"actor": person["id"], "limit": 50}).json()["items"]
    assert [item["action"] for item in items].count("rounds.read_document") == 12


@pytest.mark.parametrize("known", [False, True])
def test_only_what_is_shown_is_a_look(server: Server, known: bool) -> None:
    person = server.principal(Grant("planner"))
    client = server.client(person["key"])
    path = f"/rounds/{made_round(client).json()['id']}/document"
    tag = client.get(path).headers["etag"]
    assert client.get(path, headers={"If-None-Match": tag} if known else {}).status_code == (
        304 if known else 200
    )
    items = server.administrator.get("/audit", params={"actor": person["id"], "limit": 50}).json()["items"]
    assert [item["action"] for item in items].count("rounds.read_document") == (1 if known else 2)
