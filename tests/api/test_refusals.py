"""Every refusal of the service, provoked at the real server: its status, its sentence, in both languages."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import threading
import time
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx
import pytest
import sqlalchemy as sa

from api.storage.engine import connect
from api.storage.schema import api_keys, documents, revisions
from api.words import REFUSALS
from tests.api.hooks.made import HOST, delivered, listed_webhook
from tests.api.plans.solved import edit_of, import_plan, solved
from tests.api.server import API, COUNTY, Grant, Server, made_round, made_run, refused, sample, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.api.postgres import PostgresServer

    Provoke = Callable[[Server, Mapping[str, str]], httpx.Response]


class Case(NamedTuple):
    """A request that is refused, and what is said, or the beginning of it."""

    provoke: Provoke
    zh: str
    en: str


CASES: dict[str, Case] = {}


def case(code: str, zh: str, en: str) -> Callable[[Provoke], Provoke]:
    """Put a request into the table."""

    def put(provoke: Provoke) -> Provoke:
        CASES[code] = Case(provoke, zh, en)
        return provoke

    return put


@contextlib.contextmanager
def changing(server: Server) -> Iterator[sa.Connection]:
    """Give a transaction behind the server's back."""
    database = connect(server.database_url)
    with database.begin() as connection:
        yield connection
    database.dispose()


@case("bad_request", "请求写法不对", "the request can't be understood")
def bad_request(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    body = {"content": b'{"kind": "\xff"}', "headers": {**headers, "Content-Type": "application/json"}}
    return server.administrator.post("/principals", **body)  # type: ignore[arg-type]


@case("request_invalid", "请求中有 2 处不对", "2 thing(s) in the request are wrong")
def request_invalid(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return server.administrator.post("/principals", json={"kind": "robot"}, headers=headers)


@case("round_invalid", "轮次数据有 1 处错误，没有保存", "the round has 1 error(s); nothing was stored")
def round_invalid(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return server.planner().post("/rounds", json={**sample(), "term_months": 0}, headers=headers)


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


@case("nothing_changed", "修改之后与第 1 版相同", "with these edits the round is the same as revision 1")
def nothing_changed(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    planner = server.planner()
    made = made_round(planner)
    body = {"reason": "x", "edits": [{"op": "field", "values": {"name": sample()["name"]}}]}
    given = {**headers, "If-Match": made.headers["etag"]}
    return planner.patch(f"/rounds/{made.json()['id']}", json=body, headers=given)


@case("principal_exists", "已有同名账户", "there is an account of this name already")
def principal_exists(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    body = {"kind": "user", "name": "administrator"}
    return server.administrator.post("/principals", json=body, headers=headers)


@case("run_cores", "请求 65 个处理器核，超过上限 64", "65 cores were asked for; a run may have 64 at most")
def run_cores(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    planner = server.planner()
    path = f"/rounds/{made_round(planner).json()['id']}/runs"
    return planner.post(path, json={"cores": 65}, headers=headers)


@case("run_ended", "运行已经结束（cancelled）", "the run has ended already (cancelled)")
def run_ended(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    planner = server.planner()
    path = f"/runs/{made_run(planner).json()['id']}"
    assert planner.post(f"{path}/cancel").json()["state"] == "cancelled"
    return planner.post(f"{path}/stop", headers=headers)


@case(
    "bad_event_number",
    "事件号不正确：该运行的事件为 1 至 1",
    "there is no such event: those of this run are 1 to 1",
)
def bad_event_number(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    planner = server.planner()
    run = made_run(planner).json()["id"]
    return planner.get(f"/runs/{run}/events", headers={**headers, "Last-Event-ID": "2"})


@case("run_not_ended", "运行还没有结束（queued）", "the run has not ended yet (queued)")
def run_not_ended(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    planner = server.planner()
    run = made_run(planner).json()["id"]
    return planner.get(f"/runs/{run}/result/full", headers=headers)


@case(
    "run_without_result",
    "运行已结束，没有结果（cancelled）",
    "the run has ended without an answer (cancelled)",
)
def run_without_result(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    planner = server.planner()
    run = made_run(planner).json()["id"]
    assert planner.post(f"/runs/{run}/cancel").status_code == 202
    return planner.get(f"/runs/{run}/result/full", headers=headers)


@case("host_bad", "主机写法不对", "the host is not written as it should be")
def host_bad(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return server.administrator.put("/webhook-hosts/127.1", json={}, headers=headers)


@case(
    "host_not_listed",
    "主机“none.example”不在允许推送的名单中",
    "the host “none.example” is not listed for webhooks",
)
def host_not_listed(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    body = {"url": "https://none.example/", "events": ["run.done"]}
    return server.administrator.post("/webhooks", json=body, headers=headers)


@case("host_in_use", "还有推送地址使用这个主机", "webhooks go to this host still")
def host_in_use(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    listed_webhook(server)
    return server.administrator.delete(f"/webhook-hosts/{HOST}", headers={**headers, "If-Match": "*"})


@case("hook_url", "推送地址不可用", "the address can't be used for a webhook")
def hook_url(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    body = {"url": "ftp://127.0.0.9/", "events": ["run.done"]}
    return server.administrator.post("/webhooks", json=body, headers=headers)


@case("delivery_pending", "这次推送还在等待发送", "this delivery is still to be sent")
def delivery_pending(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    hook = listed_webhook(server)
    later = time.time_ns() // 1_000_000 + 3_600_000
    delivery = delivered(server, hook, state="pending", ended_at=None, next_at=later)
    return server.administrator.post(f"/webhooks/{hook}/deliveries/{delivery}/redeliver", headers=headers)


@case("storage_refused", "存储拒绝了请求（document_damaged）", "the storage refused (document_damaged)")
def storage_refused(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    planner = server.planner()
    made = made_round(planner, {**sample(), "name": "损坏的轮次"}).json()
    digest = made["revision"]["digest"]
    with changing(server) as connection:
        connection.execute(sa.update(documents).where(documents.c.digest == digest).values(body=b"?"))
    return planner.get(f"/rounds/{made['id']}/document", headers=headers)


@case("unexpected", "服务出现意外错误", "an unexpected error occurred")
def unexpected(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    planner = server.person(Grant("planner", "county", COUNTY))
    made = made_round(planner).json()
    with changing(server) as connection:
        broken = sa.text("UPDATE revisions SET warnings = '{' WHERE round_id = :id")
        connection.execute(broken, {"id": made["id"]})
    answer = planner.get(f"/rounds/{made['id']}", headers=headers)
    with changing(server) as connection:
        mended = sa.update(revisions).where(revisions.c.round_id == made["id"]).values(warnings=[])
        connection.execute(mended)
    return answer


def planned(server: Server) -> tuple[httpx.Client, str, str]:
    """Return a planner, a round and its plan."""
    planner = server.planner()
    round_ = made_round(planner).json()["id"]
    return planner, round_, import_plan(planner, round_).json()["id"]


@case(
    "plan_refused",
    "核算发现方案有 1 处问题，没有保存",
    "the checker found 1 thing(s) wrong with the plan; nothing was stored",
)
def plan_refused(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    planner = server.planner()
    round_ = made_round(planner).json()["id"]
    document = {**solved().document(), "gap": 0.5}
    return planner.post(f"/rounds/{round_}/plans", json=document, headers=headers)


@case("edit_invalid", "有 1 处改动无法进行", "1 change(s) can't be made")
def edit_invalid(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    planner, _, plan = planned(server)
    return planner.post(f"/plans/{plan}/edit", json={"removed": ["nobody"]}, headers=headers)


@case("edit_unknown", "改动中有 1 个岗位是本轮没有的", "1 post(s) are not known to the round")
def edit_unknown(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    planner, _, plan = planned(server)
    body = {"added": [{"cadre": "nobody", "role": "resident", "village": "nowhere"}]}
    return planner.post(f"/plans/{plan}/edit", json=body, headers=headers)


@case(
    "not_comparable",
    "两个方案不属于同一轮次的同一版本，无法比较",
    "the plans are not of the same revision of one round",
)
def not_comparable(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    planner, _, plan = planned(server)
    other = import_plan(planner, made_round(planner).json()["id"]).json()["id"]
    return planner.get(f"/plans/{plan}/diff/{other}", headers=headers)


@case("why_what", "须且只须写明 cadre 或 village 之一", "ask about one cadre or one village")
def why_what(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    planner, _, plan = planned(server)
    return planner.get(f"/plans/{plan}/why", headers=headers)


@case(
    "plan_not_publishable",
    "方案未通过核算，不得公示或发布",
    "the checker does not pass the plan; it can't be shown to the public",
)
def plan_not_publishable(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    planner, _, plan = planned(server)
    edit = {**edit_of(), "save": True, "reason": "x"}
    broken = planner.post(f"/plans/{plan}/edit", json=edit).json()["plan"]["id"]
    return planner.post(f"/plans/{broken}/publications", headers=headers)


@case("same_person", "提出者不能批准自己的提议", "nobody approves what they proposed")
def same_person(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    _, _, plan = planned(server)
    both = server.person(Grant("planner"), Grant("approver"))
    made = both.post(f"/plans/{plan}/publications").json()["id"]
    return both.post(f"/publications/{made}/approve", headers={**headers, "If-Match": "*"})


@case(
    "publication_state",
    "当前状态（rolled_back）下不能这样做",
    "this can't be done in its state (rolled_back)",
)
def publication_state(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    planner, _, plan = planned(server)
    made = planner.post(f"/plans/{plan}/publications").json()["id"]
    approver = server.person(Grant("approver"))
    given = {**headers, "If-Match": "*"}
    approver.post(f"/publications/{made}/rollback", json={"reason": "x"}, headers=given)
    return approver.post(f"/publications/{made}/approve", headers=given)


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


#: Those of single sign-on, which ``access/test_oidc.py`` provokes with a provider of its own.
SIGN_ON = {"oidc_state", "oidc_denied", "oidc_token", "oidc_unreachable", "oidc_unknown"}

#: Refusals that need a server of their own, each with a test below; those of the desk in ``plans/test_desk.py``.
ALONE = {
    "desk_busy", "takes_too_long",
    "last_administrator", "too_many_requests", "busy", "upload_too_slow", "upload_too_complex",
    "storage_unavailable", "draining", "too_many_runs", "login_delayed",
}  # fmt: skip


def test_every_refusal_is_provoked() -> None:
    assert sorted([*CASES, *ALONE, *SIGN_ON]) == sorted(REFUSALS)


@pytest.mark.parametrize("code", CASES)
def test_refusal(server: Server, code: str) -> None:
    provoke, zh, en = CASES[code]
    for language, title in (("zh", zh), ("en", en)):
        answer = provoke(server, {"Accept-Language": language})
        problem = refused(answer, code)
        assert problem["title"] == title
        assert answer.status_code == REFUSALS[code].status
        assert answer.headers["content-language"] == language


def both(provoke: Callable[[dict[str, str]], httpx.Response], code: str, zh: str, en: str) -> dict[str, Any]:
    refused(provoke({"lang": "zh"}), code, zh)
    return refused(provoke({"lang": "en"}), code, en)


def test_last_administrator(own_server: Callable[..., Server]) -> None:
    server = own_server()
    mine = server.administrator.get("/me").json()["id"]
    tag = server.administrator.get(f"/principals/{mine}").headers["etag"]

    def disable(query: dict[str, str]) -> httpx.Response:
        given = {"If-Match": tag}
        return server.administrator.patch(
            f"/principals/{mine}", json={"disabled": True}, headers=given, params=query
        )

    def resign(query: dict[str, str]) -> httpx.Response:
        given = {"If-Match": tag}
        return server.administrator.put(
            f"/principals/{mine}/grants", json={"grants": []}, headers=given, params=query
        )

    for act in (disable, resign):
        both(act, "last_administrator", "这是最后一个可用的管理员", "this is the last administrator")
    server.principal(Grant("administrator"))
    assert disable({}).status_code == 200


def test_too_many_requests(own_server: Callable[..., Server]) -> None:
    server = own_server(RATE="3/hour")
    administrator = server.administrator
    assert [administrator.get("/me").status_code for _ in range(3)] == [200] * 3
    answer = administrator.get("/me")
    assert int(answer.headers["retry-after"]) > 3000
    both(
        lambda query: administrator.get("/me", params=query), "too_many_requests", "请求过于频繁（上限 3",
        "too many requests (the limit is 3",
    )  # fmt: skip


def test_too_many_failed_logins(own_server: Callable[..., Server]) -> None:
    server = own_server(FAILED_RATE="2/hour")
    stranger = server.client("mk_none")
    assert [stranger.get("/me").status_code for _ in range(3)] == [401, 401, 429]
    # Behind one proxy sit many: a good key is let in from there.
    assert server.administrator.get("/me").status_code == 200


def test_login_delayed(own_server: Callable[..., Server]) -> None:
    server = own_server(ACCOUNT_TRIES="1")
    body = {"name": "谁也不是", "password": NOBODYS}
    stranger = server.client(None)
    assert [stranger.post("/session", json=body).status_code for _ in range(2)] == [401, 401]
    problem = both(
        lambda query: stranger.post("/session", json=body, params=query), "login_delayed",
        "尝试登录失败的次数过多", "logging in failed too often",
    )  # fmt: skip
    assert problem["detail"].startswith("try again after 1 s")


def test_busy(own_server: Callable[..., Server]) -> None:
    server = own_server(READERS="1", READER_WAIT_SECONDS="0")
    planner = server.planner()
    slow = threading.Thread(target=lambda: made_round(server.planner(), sample("yuzhong")))
    temporary = server.data / "tmp"
    slow.start()
    wait_for(lambda: any(temporary.glob("*/round.json")))
    answers: list[httpx.Response] = []

    def is_busy() -> bool:
        answers.append(planner.post("/rounds/validate", json=sample(), params={"lang": "en"}))
        return answers[-1].status_code == 503

    wait_for(is_busy)
    slow.join()
    refused(answers[-1], "busy", "too many uploads are being read")
    assert answers[-1].headers["retry-after"] == "10"
    assert planner.post("/rounds/validate", json=sample()).status_code == 200


def test_upload_too_slow(own_server: Callable[..., Server]) -> None:
    server = own_server(READING_SECONDS="1")
    planner = server.planner()
    # So many rows that no machine reads them in a second, and few enough to fit into memory.
    large = {**sample(), "villages": [{"id": "x" * 50, "name": "y" * 50}] * 150_000}
    both(
        lambda query: planner.post("/rounds", json=large, params=query), "upload_too_slow",
        "读取上传内容超过 1 秒，已停止", "reading the upload took more than 1 s and was stopped",
    )  # fmt: skip
    assert planner.get("/rounds").json()["items"] == []
    assert list((server.data / "tmp").iterdir()) == []


def test_upload_too_complex(own_server: Callable[..., Server]) -> None:
    server = own_server(READING_BYTES=str(2**28))
    planner = server.planner()
    large = {**sample(), "villages": [{"id": "x" * 50, "name": "y" * 50}] * 300_000}
    both(
        lambda query: planner.post("/rounds", json=large, params=query), "upload_too_complex",
        "读取上传内容所需内存超出上限，已停止", "reading the upload needs more memory than it may use",
    )  # fmt: skip
    assert planner.get("/rounds").json()["items"] == []


def test_service_that_is_about_to_end(own_server: Callable[..., Server]) -> None:
    server = own_server(DRAIN_SECONDS="300")
    assert httpx.get(f"{server.url}/readyz").status_code == 200
    os.kill(server.pid, signal.SIGTERM)
    wait_for(lambda: httpx.get(f"{server.url}/readyz").status_code == 503)
    both(
        lambda query: httpx.get(f"{server.url}/readyz", params=query), "draining", "服务正在停止",
        "the service is about to end",
    )  # fmt: skip
    # Whoever asks meanwhile is still answered.
    assert server.administrator.get("/me").status_code == 200
    assert server.stop() == 0


def test_too_many_runs(own_server: Callable[..., Server]) -> None:
    server = own_server(QUEUED_RUNS="1")
    planner = server.planner()
    run = made_run(planner).json()
    path = f"/rounds/{run['round_id']}/runs"
    both(
        lambda query: planner.post(path, json={}, params=query), "too_many_runs", "您排队等待的运行已达上限 1 个",
        "1 runs of yours wait already, which is the limit",
    )  # fmt: skip
    assert planner.post(f"/runs/{run['id']}/cancel").status_code == 202
    assert planner.post(path, json={}).status_code == 202


def test_database_that_is_away(own_server: Callable[..., Server], own_postgres: PostgresServer) -> None:
    own_postgres.start()
    server = own_server(own_postgres.url("postgres"))
    administrator = server.administrator
    assert httpx.get(f"{server.url}/readyz").json()["status"] == "ready"
    own_postgres.stop()
    problem = both(
        lambda query: administrator.get("/me", params=query), "storage_unavailable", "数据库暂不可用",
        "the database is not available",
    )  # fmt: skip
    assert problem["detail"].startswith("try again after 2 s")
    ready = httpx.get(f"{server.url}/readyz")
    assert (ready.status_code, ready.headers["retry-after"]) == (503, "2")
    assert httpx.get(f"{server.url}/healthz").status_code == 200
    own_postgres.start()
    assert administrator.get("/me").status_code == 200
    assert httpx.get(f"{server.url}{API}/me").status_code == 401
