"""What strangers try is on record, without the text of any key, and can't fill the disk."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from api.storage.engine import connect
from api.storage.schema import api_keys
from tests.api.databases import KINDS, new_url
from tests.api.plans.solved import import_plan
from tests.api.server import COUNTY, Grant, Server, made_round, made_run, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NO_KEY = "mk_00000000_" + "x" * 43


@pytest.fixture(scope="module", params=KINDS)
def plain(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server that writes down everything, on a database of each kind in turn."""
    folder = tmp_path_factory.mktemp("denials")
    (folder / "data").mkdir()
    with new_url(request, request.param, folder / "data", is_migrated=True) as url:
        server = Server(folder, url, DENIED_RATE="1000/second", DENIED_TOTAL="100000/hour").start()
        try:
            yield server
        finally:
            server.stop()


def entries(server: Server, **filters: str) -> list[dict[str, Any]]:
    """Return entries of the trail, newest first."""
    items: list[dict[str, Any]] = server.administrator.get("/audit", params={"limit": 200, **filters}).json()[
        "items"
    ]
    return items


def test_failed_keys_are_on_record_without_their_text(plain: Server) -> None:
    person = plain.principal(Grant("viewer"))
    refused(plain.client(NO_KEY).get("/me"), "key_bad")
    refused(plain.client("示例".encode().hex()).get("/me"), "key_bad")
    plain.administrator.post(f"/keys/{person['key_id']}/revoke")
    refused(plain.client(person["key"]).get("/me"), "key_revoked")
    expired = plain.principal(Grant("viewer"))
    database = connect(plain.database_url)
    with database.begin() as connection:
        old = {"expires_at": time.time_ns() // 1_000_000 - 1}
        connection.execute(sa.update(api_keys).where(api_keys.c.id == expired["key_id"]).values(**old))
    database.dispose()
    refused(plain.client(expired["key"]).get("/me"), "key_expired")
    found = entries(plain, action="keys.failed")
    assert [(entry["detail"]["code"], entry["subject"]) for entry in found] == [
        ("key_expired", expired["key_id"]),
        ("key_revoked", person["key_id"]),
        ("key_bad", ""),
        ("key_bad", ""),
    ]
    assert {(entry["actor"], entry["outcome"]) for entry in found} == {("stranger", "denied")}
    assert {entry["detail"]["address"] for entry in found} == {"127.0.0.1"}
    for key in (NO_KEY, person["key"], expired["key"]):
        assert key[3:] not in str(entries(plain)) + plain.log.read_text()


def test_a_request_without_a_key_is_not_on_record(plain: Server) -> None:
    before = len(entries(plain, action="keys.failed"))
    refused(plain.client(None).get("/me"), "key_missing")
    assert len(entries(plain, action="keys.failed")) == before


def test_what_is_outside_of_the_scope_is_on_record_and_a_wrong_address_is_not(plain: Server) -> None:
    planner = plain.planner()
    round_ = made_round(planner).json()["id"]
    run = made_run(planner, round_).json()["id"]
    plan = import_plan(planner, round_).json()["id"]
    person = plain.principal(Grant("planner", "county", "别的县"))
    stranger = plain.client(person["key"])
    asked = [f"/rounds/{round_}", f"/runs/{run}/plans", f"/plans/{plan}", f"/plans/none/diff/{plan}"]
    for path in [*asked, "/rounds/none", "/nowhere"]:
        refused(stranger.get(path), "not_found")
    refused(stranger.post(f"/rounds/{round_}/runs", json={}), "not_found")
    found = entries(plain, actor=person["id"])
    assert [(entry["action"], entry["subject"]) for entry in reversed(found)] == [
        ("rounds.read", round_),
        ("runs.read", run),
        ("plans.read", plan),
        ("plans.compare", plan),
        ("runs.start", round_),
    ]
    assert {(entry["scope"], entry["outcome"]) for entry in found} == {(COUNTY, "denied")}
    # Within the scope, what is deleted is only not there any more.
    own = plain.principal(Grant("planner", "county", COUNTY))
    client = plain.client(own["key"])
    tag = client.get(f"/rounds/{round_}").headers["etag"]
    assert client.delete(f"/rounds/{round_}", headers={"If-Match": tag}).status_code == 204
    refused(client.get(f"/rounds/{round_}"), "not_found")
    assert [entry["outcome"] for entry in entries(plain, actor=own["id"])] == ["done"]


def test_many_tries_are_counted_and_not_all_written(own_server: Callable[..., Server]) -> None:
    server = own_server(DENIED_RATE="2/second", DENIED_TOTAL="3/hour")
    stranger = server.client(NO_KEY)
    for _ in range(40):
        refused(stranger.get("/me"), "key_bad")
    time.sleep(1.1)
    refused(stranger.get("/me"), "key_bad")
    found = entries(server, action="keys.failed")
    assert len(found) == 3
    skipped = sum(entry["detail"].get("skipped", 0) for entry in found)
    assert skipped <= 38
    assert skipped > 0
