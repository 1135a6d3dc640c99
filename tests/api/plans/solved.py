"""Plans that the engine finds for a small sample, and what is done with them at the service."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from matcher import Settings, solve
from matcher.round import Round
from tests.api.server import sample

if TYPE_CHECKING:
    import httpx

    from matcher.plan import Plan


@cache
def round_(name: str = "stress/twins") -> Round:
    return Round.from_document(sample(name))


@cache
def solved(name: str = "stress/twins") -> Plan:
    """Return the best plan of a sample."""
    plan = solve(round_(name), Settings(effort="quick")).best
    assert plan is not None
    return plan


def swap(plan: Plan) -> dict[str, Any]:
    """Return the edit that lets the first resident of the first village and of the last change places."""
    residents = [post for post in plan.posts if post.role == "resident"]
    first, second = residents[0], residents[-1]
    changed = [
        first.model_copy(update={"cadre": second.cadre}),
        second.model_copy(update={"cadre": first.cadre}),
    ]
    return {"changed": [post.model_dump(mode="json", exclude_none=True) for post in changed]}


def edit_of() -> dict[str, Any]:
    """Return an edit of the sample's plan that takes one person out."""
    return {"removed": [solved().posts[-1].cadre]}


def why() -> dict[str, str]:
    """Return the question why the first person has their post."""
    return {"cadre": solved().posts[0].cadre}


def import_plan(client: httpx.Client, round_id: str, plan: Plan | None = None) -> httpx.Response:
    """Store a plan by importing it, the sample's where none is given."""
    answer = client.post(f"/rounds/{round_id}/plans", json=(plan or solved()).document())
    assert answer.status_code == 201, answer.text
    return answer
