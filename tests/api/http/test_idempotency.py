"""A repeated request is answered the same, and nothing is done twice."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import sqlalchemy as sa

from api.storage.engine import connect
from api.storage.schema import idempotency
from api.storage.session import reading, writing
from tests.api.server import Grant, Server, made_round, refused, sample

if TYPE_CHECKING:
    import httpx


def test_round_is_stored_once(server: Server) -> None:
    planner = server.planner()
    given = {"Idempotency-Key": "round-1"}
    first = planner.post("/rounds", json=sample(), headers=given)
    second = planner.post("/rounds", json=sample(), headers=given)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.content == first.content
    assert second.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    for name in ("etag", "location", "content-type"):
        assert second.headers[name] == first.headers[name]
    path = f"/rounds/{first.json()['id']}"
    assert planner.get(path).status_code == 200
    made = planner.get("/rounds?limit=200").json()["items"]
    assert len([item for item in made if item["created_by"] == first.json()["created_by"]]) == 1
    other = planner.post("/rounds", json={**sample(), "name": "另一轮"}, headers=given)
    refused(other, "idempotency_mismatch")
    refused(planner.post("/rounds?reason=x", json=sample(), headers=given), "idempotency_mismatch")


def test_upload_in_another_envelope_is_the_same_request(server: Server) -> None:
    planner = server.planner()
    given = {"Idempotency-Key": "form"}
    content = made_round(server.planner()).request.content
    answers = [
        planner.post("/rounds", files={"file": ("round.json", content)}, headers=given) for _ in range(2)
    ]
    # Each form has a boundary of its own.
    assert answers[0].request.headers["content-type"] != answers[1].request.headers["content-type"]
    assert answers[1].content == answers[0].content
    assert answers[1].headers["idempotency-replayed"] == "true"


def test_keys_of_others_are_others(server: Server) -> None:
    given = {"Idempotency-Key": "mine"}
    first, second = (server.planner().post("/rounds", json=sample(), headers=given) for _ in range(2))
    assert first.json()["id"] != second.json()["id"]


def test_same_request_at_the_same_time(server: Server) -> None:
    client = server.person(Grant("administrator"))
    answers: list[httpx.Response] = []
    together = threading.Barrier(6)

    def ask() -> None:
        together.wait()
        body = {"kind": "service", "name": "示例同时"}
        answers.append(client.post("/principals", json=body, headers={"Idempotency-Key": "together"}))

    askers = [threading.Thread(target=ask) for _ in range(6)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert [answer.status_code for answer in answers] == [201] * 6
    assert len({answer.content for answer in answers}) == 1


def test_refused_request_may_be_mended(server: Server) -> None:
    client = server.person(Grant("administrator"))
    given = {"Idempotency-Key": "mended"}
    name = client.get("/me").json()["name"]
    taken = client.post("/principals", json={"kind": "user", "name": name}, headers=given)
    refused(taken, "principal_exists")
    body = {"kind": "service", "name": name}
    assert client.post("/principals", json=body, headers=given).status_code == 201


def test_key_is_not_kept_for_the_repeated_request(server: Server) -> None:
    person = server.principal(Grant("administrator"))
    client = server.client(person["key"], **{"Idempotency-Key": "secret"})
    path = f"/principals/{person['id']}/keys"
    first, second = client.post(path, json={}).json(), client.post(path, json={}).json()
    assert first["key"].startswith("mk_")
    assert second == {**first, "key": None}
    database = connect(server.database_url)
    with reading(database) as connection:
        kept = connection.execute(
            sa.select(idempotency.c.body).where(idempotency.c.principal_id == person["id"])
        ).scalar_one()
    assert b"mk_" not in kept
    # After a day it is forgotten.
    with writing(database) as connection:
        connection.execute(sa.update(idempotency).values(at=idempotency.c.at - 86_400_001))
    database.dispose()
    assert client.post(path, json={}).json()["key"].startswith("mk_")
