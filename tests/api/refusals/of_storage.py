"""Requests that fail with the database, which was changed behind the back of the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from api.storage.schema import documents, revisions
from tests.api.refusals.cases import case, changing
from tests.api.server import COUNTY, Grant, made_round, sample

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from tests.api.server import Server


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
