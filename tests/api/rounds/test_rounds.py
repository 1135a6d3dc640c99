"""Rounds: stored as they are, shown, edited into revisions, deleted softly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from api.storage.engine import connect
from api.storage.schema import round_counties, rounds
from api.storage.session import reading
from matcher.round import Round
from tests.api.server import COUNTY, Grant, Server, codes, made_round, refused, sample

if TYPE_CHECKING:
    import httpx

_DAY = 86_400_000


@pytest.fixture(scope="module")
def planner(server: Server) -> httpx.Client:
    return server.planner()


def edit(
    client: httpx.Client, identifier: str, *edits: dict[str, Any], reason: str = "复核"
) -> httpx.Response:
    path = f"/rounds/{identifier}"
    tag = client.get(path).headers["etag"]
    return client.patch(path, json={"reason": reason, "edits": list(edits)}, headers={"If-Match": tag})


def cell(table: str, key: str, **values: Any) -> dict[str, Any]:
    return {"op": "cell", "table": table, "key": key, "values": values}


def test_round_is_stored_as_it_is(planner: httpx.Client) -> None:
    round_ = Round.from_document(sample())
    made = made_round(planner)
    head = made.json()
    assert head["revision"]["digest"] == round_.digest
    assert (head["name"], head["region"]) == (round_.name, round_.region)
    assert head["counties"] == [COUNTY]
    assert head["created_by"] == planner.get("/me").json()["id"]
    assert (head["revision"]["number"], head["revision"]["parent"]) == (1, None)
    path = made.headers["location"].removeprefix("/api/v1")
    shown = planner.get(path)
    assert shown.json() == head
    assert shown.headers["etag"] == made.headers["etag"]
    full = planner.get(f"{path}/document/full").json()
    assert full == round_.document()
    masked = planner.get(f"{path}/document").json()
    # What is written freely may name somebody.
    assert masked["villages"] == [
        {name: value for name, value in row.items() if name != "notes"} for row in full["villages"]
    ]
    assert [row["name"] for row in masked["cadres"]] == [row["name"] for row in full["cadres"]]
    assert not {"birth_month", "appraisals", "flags"} & {name for row in masked["cadres"] for name in row}


def test_same_round_twice_is_two_rounds(planner: httpx.Client) -> None:
    first, second = made_round(planner).json(), made_round(planner).json()
    assert first["id"] != second["id"]
    assert first["revision"]["digest"] == second["revision"]["digest"]


def test_warnings_come_with_the_round_without_anybodys_values(planner: httpx.Client) -> None:
    document = sample()
    document["cadres"][0] |= {"party_joined": "2011-07-01", "political_status": "群众"}
    warnings = made_round(planner, document).json()["warnings"]
    assert codes(warnings) == ["joined_not_member"]
    assert (warnings[0]["table"], warnings[0]["index"], warnings[0]["value"]) == ("cadres", 0, "…")
    assert warnings[0]["severity"] == "warning"


def test_all_problems_at_once_and_nothing_stored(planner: httpx.Client) -> None:
    document = {**sample(), "term_months": 0}
    document["villages"][0]["hardship"] = 9
    document["cadres"][0]["unit"] = "无此单位"
    before = planner.get("/rounds?limit=1").json()
    answer = planner.post("/rounds", json=document)
    problem = refused(answer, "round_invalid", "轮次数据有 3 处错误")
    places = [(one["code"], one["table"], one["index"], one["field"]) for one in problem["problems"]]
    assert places == [
        ("too_small", "round", None, "term_months"),
        ("too_large", "villages", 0, "hardship"),
        ("dangling_id", "cadres", 0, "unit"),
    ]
    assert all(one["message"]["zh"] and one["remedy"]["en"] for one in problem["problems"])
    assert planner.get("/rounds?limit=1").json() == before


def test_validating_stores_nothing(planner: httpx.Client) -> None:
    before = planner.get("/rounds?limit=1").json()
    good = planner.post("/rounds/validate", json=sample()).json()
    round_ = Round.from_document(sample())
    assert good == {
        "valid": True, "digest": round_.digest, "counties": [COUNTY], "problems": [], "warnings": [],
    }  # fmt: skip
    bad = planner.post("/rounds/validate", json={**sample(), "as_of": "soon"})
    assert bad.status_code == 200
    assert bad.json()["valid"] is False
    assert bad.json()["digest"] is None
    assert codes(bad.json()["problems"]) == ["not_a_date"]
    assert planner.get("/rounds?limit=1").json() == before


def test_edit_makes_a_revision_with_its_reason(planner: httpx.Client) -> None:
    first = made_round(planner).json()
    village = sample()["villages"][0]["id"]
    answer = edit(planner, first["id"], cell("villages", village, hardship=4), reason="村情变化")
    assert answer.status_code == 200, answer.text
    head = answer.json()
    assert (head["revision"]["number"], head["revision"]["parent"]) == (2, 1)
    assert head["revision"]["reason"] == "村情变化"
    path = f"/rounds/{first['id']}"
    document = planner.get(f"{path}/document/full").json()
    assert document["villages"][0]["hardship"] == 4
    assert planner.get(f"{path}/document/full?revision=1").json() == Round.from_document(sample()).document()
    second = planner.get(f"{path}/revisions/2").json()
    assert second["edits"][0] == cell("villages", village, hardship=4)
    assert [one["number"] for one in planner.get(f"{path}/revisions").json()["items"]] == [2, 1]
    assert Round.from_document(document).digest == head["revision"]["digest"]


def test_edit_without_a_reason(planner: httpx.Client) -> None:
    made = made_round(planner)
    change = cell("villages", sample()["villages"][0]["id"], hardship=4)
    for body in ({"edits": [change]}, {"reason": " ", "edits": [change]}, {"reason": "x", "edits": []}):
        answer = planner.patch(
            f"/rounds/{made.json()['id']}", json=body, headers={"If-Match": made.headers["etag"]}
        )
        refused(answer, "request_invalid")
    assert planner.get(f"/rounds/{made.json()['id']}").json()["revision"]["number"] == 1


def test_edits_that_fit_nothing(planner: httpx.Client) -> None:
    made = made_round(planner).json()
    answer = edit(planner, made["id"], cell("villages", "none", hardship=4), cell("people", "x", a=1))
    problems = refused(answer, "round_invalid")["problems"]
    assert codes(problems) == ["edit_row", "edit_table"]
    assert [one["index"] for one in problems] == [0, 1]
    broken = edit(planner, made["id"], cell("villages", sample()["villages"][0]["id"], hardship=9))
    assert codes(refused(broken, "round_invalid")["problems"]) == ["too_large"]


def test_sensitive_values_of_edits_are_not_shown(planner: httpx.Client) -> None:
    made = made_round(planner).json()
    cadre = sample()["cadres"][0]["id"]
    answer = edit(planner, made["id"], cell("cadres", cadre, birth_month="1979-01", rank=None))
    assert answer.status_code == 200, answer.text
    shown = planner.get(f"/rounds/{made['id']}/revisions/2").json()
    assert shown["edits"] == [cell("cadres", cadre, rank=None)]


def test_round_that_moves_stays_within_all_its_counties(server: Server) -> None:
    both = server.person(Grant("planner", "county", COUNTY), Grant("planner", "county", "云雀县"))
    one, other = (server.person(Grant("planner", "county", name)) for name in (COUNTY, "云雀县"))
    made = made_round(one).json()
    move = [cell("villages", village["id"], county="云雀县") for village in sample()["villages"]]
    move += [cell("units", unit["id"], county="云雀县") for unit in sample()["units"] if unit.get("county")]
    refused(edit(one, made["id"], *move), "scope_exceeded")
    moved = edit(both, made["id"], *move)
    assert moved.status_code == 200, moved.text
    assert sorted(moved.json()["counties"]) == sorted([COUNTY, "云雀县"])
    # Its first revision is still about the county where it began.
    for client in (one, other):
        refused(client.get(f"/rounds/{made['id']}"), "not_found")
    assert both.get(f"/rounds/{made['id']}").status_code == 200


def test_deleted_round_is_out_of_sight_and_kept(server: Server, planner: httpx.Client) -> None:
    made = made_round(planner)
    path = f"/rounds/{made.json()['id']}"
    given = {"If-Match": made.headers["etag"]}
    answer = planner.delete(path, headers=given)
    assert (answer.status_code, answer.content) == (204, b"")
    for view in ("", "/document", "/document/full", "/revisions", "/revisions/1"):
        refused(planner.get(path + view), "not_found")
    refused(planner.delete(path, headers=given), "not_found")
    body = {"reason": "x", "edits": [{"op": "field", "values": {"name": "x"}}]}
    refused(planner.patch(path, json=body, headers=given), "not_found")
    assert made.json()["id"] not in [item["id"] for item in planner.get("/rounds?limit=200").json()["items"]]
    database = connect(server.database_url)
    with reading(database) as connection:
        row = connection.execute(sa.select(rounds).where(rounds.c.id == made.json()["id"])).one()
    database.dispose()
    assert row.retain_until - row.deleted_at == 1095 * _DAY


def test_round_of_no_county_is_for_who_may_see_everything(server: Server, planner: httpx.Client) -> None:
    document = {**sample(), "region": ""}
    for row in [*document["villages"], *document["units"]]:
        row.pop("county", None)
    one = server.person(Grant("planner", "county", COUNTY))
    refused(one.post("/rounds", json=document), "scope_exceeded")
    made = made_round(planner, document).json()
    assert made["counties"] == [""]
    refused(one.get(f"/rounds/{made['id']}"), "not_found")
    database = connect(server.database_url)
    with reading(database) as connection:
        query = sa.select(round_counties.c.county).where(round_counties.c.round_id == made["id"])
        assert list(connection.execute(query).scalars()) == [""]
    database.dispose()


@pytest.mark.parametrize("view", ["/revisions/2", "/document?revision=2", "/document/full?revision=2"])
def test_revision_that_is_not_there(planner: httpx.Client, view: str) -> None:
    refused(planner.get(f"/rounds/{made_round(planner).json()['id']}{view}"), "not_found")


@pytest.mark.parametrize("view", ["/revisions/x", "/document?revision=0", f"/revisions/{10**30}"])
def test_revision_that_is_no_number(planner: httpx.Client, view: str) -> None:
    answer = planner.get(f"/rounds/{made_round(planner).json()['id']}{view}")
    refused(answer, "request_invalid")
