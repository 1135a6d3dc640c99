"""Requests about runs that are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.refusals.cases import case
from tests.api.server import made_round, made_run

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from tests.api.server import Server


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
