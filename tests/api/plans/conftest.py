"""A small round with its plan at the real server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.api.plans.solved import import_plan, solved
from tests.api.server import made_round

if TYPE_CHECKING:
    import httpx

    from matcher.plan import Plan
    from tests.api.server import Server


@dataclass
class World:
    """A planner, and the plan of a round."""

    server: Server
    planner: httpx.Client
    round: str
    id: str
    plan: Plan

    @property
    def path(self) -> str:
        return f"/plans/{self.id}"


@pytest.fixture(scope="module")
def world(server: Server) -> World:
    planner = server.planner()
    round_ = made_round(planner).json()["id"]
    plan = import_plan(planner, round_).json()
    return World(server, planner, round_, plan["id"], solved())
