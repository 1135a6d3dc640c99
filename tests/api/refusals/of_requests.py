"""Requests that are refused for how they are made, whatever they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.refusals.cases import case
from tests.api.server import Grant, made_round, sample

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from tests.api.server import Server


@case("request_invalid", "请求中有 2 处不对", "2 thing(s) in the request are wrong")
def request_invalid(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return server.administrator.post("/principals", json={"kind": "robot"}, headers=headers)


@case("json_syntax", "正文不是正确的 JSON", "the body is not JSON")
def json_syntax(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    given = {**headers, "Content-Type": "application/json"}
    return server.administrator.post("/principals", content=b'{"kind": ', headers=given)


@case("json_too_deep", "JSON 嵌套超过 20 层", "the JSON is nested more than 20 deep")
def json_too_deep(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    given = {**headers, "Content-Type": "application/json"}
    return server.administrator.post("/principals", content=b"[" * 100_000, headers=given)


@case("body_too_large", "请求正文超过 1048576 字节", "the body is larger than 1048576 bytes")
def body_too_large(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return server.administrator.post("/principals", json={"name": "x" * 2**20}, headers=headers)


@case("body_type", "不接受这种类型的正文", "a body of this type is not taken")
def body_type(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    given = {**headers, "Content-Type": "text/csv"}
    return server.planner().post("/rounds", content=b"id,name", headers=given)


@case("multipart_broken", "multipart 正文不完整或写法不对", "the multipart body is broken or incomplete")
def multipart_broken(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    given = {**headers, "Content-Type": "multipart/form-data; boundary=b"}
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="r.xlsx"\r\n\r\nPK'
    return server.planner().post("/rounds", content=head, headers=given)


@case(
    "not_found",
    "没有这个内容，或不在您的权限范围内",
    "there is no such thing, or it is not within your scope",
)
def not_found(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return server.planner().get("/rounds/none", headers=headers)


@case("method_not_allowed", "这个地址不支持 PUT", "this address does not take PUT")
def method_not_allowed(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return server.planner().put("/me", json={}, headers=headers)


@case("not_acceptable", "不能以所要求的形式回答", "this can't be answered in the form asked for")
def not_acceptable(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return server.planner().post("/rounds/validate?annotated=true", json=sample(), headers=headers)


@case("precondition_required", "缺少 If-Match 请求头", "the header If-Match is missing")
def precondition_required(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    planner = server.planner()
    return planner.delete(f"/rounds/{made_round(planner).json()['id']}", headers=headers)


@case("precondition_failed", "内容在您读取之后已被修改", "it was changed after you read it")
def precondition_failed(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    planner = server.planner()
    given = {**headers, "If-Match": '"7-head"'}
    return planner.delete(f"/rounds/{made_round(planner).json()['id']}", headers=given)


@case("idempotency_key", "Idempotency-Key 写法不对", "the Idempotency-Key can't be used")
def idempotency_key(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    given = {**headers, "Idempotency-Key": "with blanks"}
    return server.administrator.post("/principals", json={"kind": "user", "name": "x"}, headers=given)


@case(
    "idempotency_mismatch",
    "同一个 Idempotency-Key 已用于另一个请求",
    "this Idempotency-Key was used for another request",
)
def idempotency_mismatch(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    person = server.principal(Grant("administrator"))
    client = server.client(person["key"], **{"Idempotency-Key": "once"})
    path = f"/principals/{person['id']}/keys"
    assert client.post(path, json={"days": 1}).status_code == 201
    return client.post(path, json={"days": 2}, headers=headers)


@case("bad_cursor", "游标不正确或不属于这个列表", "the cursor is damaged or belongs to another list")
def bad_cursor(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return server.planner().get("/rounds?cursor=AAAA", headers=headers)


def with_body(server: Server, headers: Mapping[str, str], body: bytes) -> httpx.Response:
    """Send a body to a route that takes JSON."""
    given = {**headers, "Content-Type": "application/json"}
    return server.administrator.post("/principals", content=body, headers=given)


@case(
    "bad_text",
    "请求的文字中有 NUL 或不成对的代理字符",
    "a text of the request holds NUL or half a character (a lone surrogate)",
)
def bad_text(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return with_body(server, headers, b'{"kind": "user", "name": "\\u0000"}')


@case(
    "bad_number",
    "请求中有不是数值的数（NaN、Infinity）或大得离谱的数",
    "a number of the request is none (NaN, Infinity) or beyond all measure",
)
def bad_number(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return with_body(server, headers, b'{"kind": "user", "name": NaN}')
