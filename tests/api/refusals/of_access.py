"""Requests that are refused for whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from api.storage.schema import api_keys
from tests.api.refusals.cases import case, changing
from tests.api.server import Grant, sample

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from tests.api.server import Server


@case("key_missing", "请求没有带密钥", "the request has no key")
def key_missing(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return server.client(None).get("/me", headers=headers)


@case("key_bad", "密钥不正确", "the key is not known")
def key_bad(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return server.client("mk_00000000_" + "A" * 43).get("/me", headers=headers)


@case("key_expired", "密钥已过期", "the key has expired")
def key_expired(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    person = server.principal(Grant("viewer"))
    with changing(server) as connection:
        connection.execute(sa.update(api_keys).where(api_keys.c.id == person["key_id"]).values(expires_at=1))
    return server.client(person["key"]).get("/me", headers=headers)


@case("key_revoked", "密钥已作废", "the key was revoked")
def key_revoked(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    person = server.principal(Grant("viewer"))
    assert server.client(person["key"]).get("/me").status_code == 200
    assert server.administrator.post(f"/keys/{person['key_id']}/revoke").status_code == 200
    return server.client(person["key"]).get("/me", headers=headers)


@case("principal_disabled", "账户已停用", "the account is disabled")
def principal_disabled(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    person = server.principal(Grant("viewer"))
    path = f"/principals/{person['id']}"
    tag = server.administrator.get(path).headers["etag"]
    changed = server.administrator.patch(path, json={"disabled": True}, headers={"If-Match": tag})
    assert changed.status_code == 200
    return server.client(person["key"]).get("/me", headers=headers)


@case("role_missing", "您的角色不能做这件事（rounds.edit）", "your roles do not allow this (rounds.edit)")
def role_missing(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    body = {"reason": "x", "edits": [{"op": "field", "values": {"name": "x"}}]}
    return server.person(Grant("viewer")).patch("/rounds/none", json=body, headers=headers)


@case("scope_exceeded", "轮次涉及您权限范围之外的县区", "the round is about counties outside your scope")
def scope_exceeded(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return server.person(Grant("planner", "county", "别的县")).post("/rounds", json=sample(), headers=headers)


@case("principal_exists", "已有同名账户", "there is an account of this name already")
def principal_exists(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    body = {"kind": "user", "name": "administrator"}
    return server.administrator.post("/principals", json=body, headers=headers)
