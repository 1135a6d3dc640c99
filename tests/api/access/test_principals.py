"""Principals, grants and keys: what administrators do, and what becomes of it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from api.access.keys import today
from api.storage.engine import connect
from api.storage.schema import api_keys
from api.storage.session import reading
from tests.api.server import Grant, codes, refused

if TYPE_CHECKING:
    from tests.api.server import Server

_DAY = 86_400_000


def key_rows(server: Server, principal: str) -> list[dict[str, Any]]:
    database = connect(server.database_url)
    with reading(database) as connection:
        query = sa.select(api_keys).where(api_keys.c.principal_id == principal)
        rows = [dict(row) for row in connection.execute(query).mappings()]
    database.dispose()
    return rows


def test_key_is_kept_as_its_hmac_alone(server: Server) -> None:
    person = server.principal(Grant("viewer"))
    (row,) = key_rows(server, person["id"])
    secret = person["key"].rpartition("_")[2]
    assert len(row["mac"]) == 64
    assert person["key"] not in str(row)
    assert secret not in str(row)
    assert person["key"].startswith(f"mk_{row['prefix']}_")
    assert row["last_used_day"] is None
    assert server.client(person["key"]).get("/me").status_code == 200
    (used,) = key_rows(server, person["id"])
    assert used["last_used_day"] == today()


def test_key_is_good_for_the_days_asked_for(server: Server) -> None:
    person = server.principal()
    path = f"/principals/{person['id']}/keys"
    made = server.administrator.post(path, json={"days": 2}).json()
    usual = server.administrator.post(path, json={}).json()
    assert usual["expires_at"] - made["expires_at"] == pytest.approx(363 * _DAY, abs=60_000)


@pytest.mark.parametrize("header", ["Basic bWs6bWs=", "Bearer", "mk_x", "Bearer mk_x", "Bearer \x7f"])
def test_header_that_is_no_key(server: Server, header: str) -> None:
    answer = server.client(None).get("/me", headers={b"Authorization": header.encode()})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith('Bearer realm="matcher"')
    assert answer.json()["code"] in ("key_missing", "key_bad")


def test_bad_key_is_told_as_the_standard_asks(server: Server) -> None:
    answer = server.client("mk_00000000_" + "x" * 43).get("/me")
    assert answer.headers["www-authenticate"] == 'Bearer realm="matcher", error="invalid_token"'


def test_me_tells_what_is_allowed(server: Server) -> None:
    person = server.principal(Grant("viewer", "county", "芷澜县"))
    told = server.client(person["key"]).get("/me").json()
    assert told["id"] == person["id"]
    assert told["grants"] == [{"role": "viewer", "scope_kind": "county", "scope": "芷澜县"}]
    assert told["actions"] == [
        "me.read", "catalogue.read", "rounds.read", "rounds.read_document", "runs.read", "runs.read_result", "plans.list",
        "plans.read", "plans.check", "plans.compare", "plans.explain", "exports.notice", "publications.read",
        "session.read", "session.end", "sessions.list", "sessions.end", "password.change",
    ]  # fmt: skip


def test_grants_hold_at_once(server: Server) -> None:
    person = server.principal()
    client = server.client(person["key"])
    refused(client.get("/rounds"), "role_missing")
    path = f"/principals/{person['id']}"
    tag = server.administrator.get(path).headers["etag"]
    body = {"grants": [{"role": "viewer", "scope_kind": "county", "scope": "芷澜县"}] * 2}
    changed = server.administrator.put(f"{path}/grants", json=body, headers={"If-Match": tag})
    assert changed.json()["grants"] == body["grants"][:1]
    assert client.get("/rounds").status_code == 200
    refused(
        server.administrator.put(f"{path}/grants", json={"grants": []}, headers={"If-Match": tag}),
        "precondition_failed",
    )
    refused(server.administrator.put(f"{path}/grants", json={"grants": []}), "precondition_required")


def test_disabled_principal_comes_back(server: Server) -> None:
    person = server.principal(Grant("viewer"))
    path = f"/principals/{person['id']}"
    client = server.client(person["key"])
    for is_disabled, status in ((True, 401), (False, 200)):
        tag = server.administrator.get(path).headers["etag"]
        answer = server.administrator.patch(path, json={"disabled": is_disabled}, headers={"If-Match": tag})
        assert answer.json()["disabled"] is is_disabled
        assert client.get("/me").status_code == status


def test_using_a_key_changes_no_tag(server: Server) -> None:
    person = server.principal(Grant("viewer"))
    path = f"/principals/{person['id']}"
    before = server.administrator.get(path).headers["etag"]
    server.client(person["key"]).get("/me")
    assert server.administrator.get(path).headers["etag"] == before
    assert server.administrator.get(path, headers={"If-None-Match": before}).status_code == 304


def test_revoking_twice_changes_nothing(server: Server) -> None:
    person = server.principal()
    path = f"/keys/{person['key_id']}/revoke"
    first, second = server.administrator.post(path).json(), server.administrator.post(path).json()
    assert first["revoked_at"] is not None
    assert second["revoked_at"] == first["revoked_at"]
    refused(server.administrator.post("/keys/none/revoke"), "not_found")


def test_what_is_wrong_with_a_principal_is_told_at_once(server: Server) -> None:
    body = {
        "kind": "robot",
        "name": " 秘密 ",
        "colour": "秘密",
        "grants": [
            {"role": "viewer", "scope_kind": "county"},
            {"role": "administrator", "scope_kind": "county", "scope": "秘密县"},
        ],
    }
    answer = server.administrator.post("/principals", json=body)
    problems = refused(answer, "request_invalid")["problems"]
    assert codes(problems) == [
        "not_one_of", "string_pattern_mismatch", "grant_scope", "grant_system_role", "unknown_field",
    ]  # fmt: skip
    assert "秘密" not in answer.text
    places = [(one["table"], one["field"], one["details"].get("inside")) for one in problems]
    assert places[2:4] == [("body", "grants", "0"), ("body", "grants", "1")]
    assert problems[3]["message"] == {
        "zh": "管理员角色不能限定范围",
        "en": "an administrator's role can't be limited to a scope",
    }
    assert problems[2]["remedy"]["en"] == "give a scope for a prefecture or county, and none for all"
    assert problems[1]["message"]["zh"] == "写法不对"


def test_unknown_principal(server: Server) -> None:
    administrator = server.administrator
    given = {"If-Match": '"x-principal"'}
    refused(administrator.get("/principals/none"), "not_found")
    refused(administrator.patch("/principals/none", json={"disabled": True}, headers=given), "not_found")
    refused(administrator.put("/principals/none/grants", json={"grants": []}, headers=given), "not_found")
    refused(administrator.post("/principals/none/keys", json={}), "not_found")
