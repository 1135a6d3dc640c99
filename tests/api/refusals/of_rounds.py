"""Requests about rounds that are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.refusals.cases import case
from tests.api.server import made_round, sample

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from tests.api.server import Server


@case("round_invalid", "轮次数据有 1 处错误，没有保存", "the round has 1 error(s); nothing was stored")
def round_invalid(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return server.planner().post("/rounds", json={**sample(), "term_months": 0}, headers=headers)


@case("nothing_changed", "修改之后与第 1 版相同", "with these edits the round is the same as revision 1")
def nothing_changed(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    planner = server.planner()
    made = made_round(planner)
    body = {"reason": "x", "edits": [{"op": "field", "values": {"name": sample()["name"]}}]}
    given = {**headers, "If-Match": made.headers["etag"]}
    return planner.patch(f"/rounds/{made.json()['id']}", json=body, headers=given)
