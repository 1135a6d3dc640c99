"""A round with its plan, a planner, and two people who approve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.api.plans.solved import import_plan
from tests.api.server import Grant, made_round

if TYPE_CHECKING:
    import httpx

    from tests.api.server import Server


@dataclass
class World:
    """Who takes part, and a round with a plan."""

    server: Server
    planner: httpx.Client
    approver: httpx.Client
    round: str
    plan: str

    def proposed(self, plan: str | None = None) -> str:
        """Propose a plan and return the publication."""
        answer = self.planner.post(f"/plans/{plan or self.plan}/publications")
        assert answer.status_code == 201, answer.text
        made: str = answer.json()["id"]
        return made

    def approved(self, publication: str) -> httpx.Response:
        """Approve a publication as it is now."""
        tag = self.approver.get(f"/publications/{publication}").headers["etag"]
        return self.approver.post(f"/publications/{publication}/approve", headers={"If-Match": tag})

    def taken_back(self, publication: str) -> httpx.Response:
        """Roll a publication back as it is now."""
        tag = self.approver.get(f"/publications/{publication}").headers["etag"]
        path = f"/publications/{publication}/rollback"
        return self.approver.post(path, json={"reason": "公示期内收到异议"}, headers={"If-Match": tag})

    def states(self) -> dict[str, str]:
        """Return the state of every publication of the round."""
        items = self.approver.get(f"/rounds/{self.round}/publications").json()["items"]
        return {item["id"]: item["state"] for item in items}


@pytest.fixture
def world(server: Server) -> World:
    planner = server.planner()
    round_ = made_round(planner).json()["id"]
    plan = import_plan(planner, round_).json()["id"]
    return World(server, planner, server.person(Grant("approver")), round_, plan)
