"""Refusals that need a server of their own."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING, Any

import httpx

from tests.api.refusals.of_logins import NOBODYS
from tests.api.server import API, Grant, made_round, made_run, refused, sample, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.postgres import PostgresServer
    from tests.api.server import Server


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
