"""Requests about plans and their publication that are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.plans.solved import edit_of, import_plan, solved
from tests.api.refusals.cases import case
from tests.api.server import Grant, made_round

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from tests.api.server import Server


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
