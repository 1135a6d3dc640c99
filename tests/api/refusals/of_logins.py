"""Refusals of logging in, of sessions and passwords."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from tests.api.refusals.cases import case

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from tests.api.server import Server


NOBODYS = "竹杖芒鞋轻胜马"


@case("login_failed", "用户名或密码不正确", "the name or the password is not right")
def login_failed(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    body = {"name": "谁也不是", "password": NOBODYS}
    return server.client(None).post("/session", json=body, headers=headers)


@case("session_over", "没有登录，或登录已失效", "you are not logged in, or no longer")
def session_over(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    given = {**headers, "Cookie": f"matcher_session={'A' * 43}"}
    return server.client(None).get("/me", headers=given)


@case("session_needed", "请求用的是密钥，没有登录会话", "the request has a key and no session")
def session_needed(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return server.planner().get("/session", headers=headers)


@case(
    "origin_foreign",
    "请求不是从本服务的页面发出的",
    "the request does not come from a page of this service",
)
def origin_foreign(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    client = server.log_in(server.with_password())
    return client.delete("/session", headers={**headers, "Origin": "https://elsewhere.example"})


@case(
    "csrf_token",
    "缺少 X-CSRF-Token，或它不属于这次登录",
    "the header X-CSRF-Token is missing, or not of this session",
)
def csrf_token(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    client = server.log_in(server.with_password())
    return client.delete("/session", headers={**headers, "X-CSRF-Token": "0" * 64})


def changed_password(server: Server, headers: Mapping[str, str], **body: str) -> httpx.Response:
    """Ask for another password."""
    person = server.with_password()
    given = {"current": person["password"], "new": NOBODYS, **body}
    return server.log_in(person).put("/me/password", json=given, headers=headers)


@case("password_short", "密码太短，至少 12 个字符", "the password is too short; it needs 12 characters")
def password_short(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return changed_password(server, headers, new="k7#Qp!mZ2v@")


@case(
    "password_common",
    "密码太常见，或与账户名称太接近",
    "the password is one of the first to be guessed, or too near the account's name",
)
def password_common(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return changed_password(server, headers, new="Password@2026")


@case("password_wrong", "现用密码不正确", "the password in force is not right")
def password_wrong(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return changed_password(server, headers, current=NOBODYS)


@case("password_of_program", "程序账户没有密码", "an account of a program has no password")
def password_of_program(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    name = f"夜间导入 {secrets.token_hex(4)}"
    made = server.administrator.post("/principals", json={"kind": "service", "name": name}).json()
    return server.administrator.post(f"/principals/{made['id']}/password", json={}, headers=headers)


@case(
    "code_bad",
    "设置密码的代码不正确、已用过或已过期",
    "the code is not right, was used before or has expired",
)
def code_bad(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    body = {"name": "谁也不是", "code": NOBODYS, "password": NOBODYS}
    return server.client(None).post("/password", json=body, headers=headers)


@case("oidc_off", "本服务没有设置单点登录", "single sign-on is not set up here")
def oidc_off(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return server.client(None).get("/session/oidc/start", headers=headers)
