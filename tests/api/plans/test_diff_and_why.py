"""Two plans side by side, and why a plan is as it is, as data and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.plans.solved import round_, swap
from tests.api.server import codes, refused

if TYPE_CHECKING:
    from tests.api.plans.conftest import World


def test_a_swap_seen_from_both_sides(world: World) -> None:
    edit = swap(world.plan)
    body = {**edit, "save": True, "reason": "互换"}
    saved = world.planner.post(f"{world.path}/edit", json=body).json()
    other = saved["plan"]["id"]
    there = world.planner.get(f"{world.path}/diff/{other}").json()
    back = world.planner.get(f"/plans/{other}/diff/{world.id}").json()
    assert there["score"] == saved["change"] == -back["score"]
    assert {row["cadre"] for row in there["posts"]} == {post["cadre"] for post in edit["changed"]}
    assert {row["kind"] for row in there["posts"]} <= {"moved", "role"}
    assert sum(row["change"] for row in there["terms"]) == there["score"]
    assert there["sentence"] == saved["sentence"]


def test_a_plan_and_itself(world: World) -> None:
    same = world.planner.get(f"{world.path}/diff/{world.id}").json()
    assert (same["score"], same["posts"], same["teams"], same["units"]) == (0, [], [], [])


def test_why_somebody_holds_a_post(world: World) -> None:
    post = world.plan.posts[0]
    person = round_().facts.people[post.cadre]
    answer = world.planner.get(f"{world.path}/why", params={"cadre": post.cadre}).json()
    sentence = answer["post"]["sentence"]["zh"]
    assert sentence.startswith(f"{person.record.name}（{person.unit.name}）任")
    assert f"{person.age}岁" not in sentence
    full = world.planner.get(f"{world.path}/why/full", params={"cadre": post.cadre}).json()
    assert f"{person.age}岁" in full["post"]["sentence"]["zh"]
    assert {item["id"] for item in answer["post"]["brings"]} <= {
        item["id"] for item in full["post"]["brings"]
    }
    assert "recusal" in [rule["id"] for rule in answer["rules"]]


def test_why_a_village_has_its_team(world: World) -> None:
    village = world.plan.posts[0].village
    answer = world.planner.get(f"{world.path}/why", params={"village": village or ""}).json()
    members = [post.cadre for post in world.plan.posts if post.village == village]
    assert [member["cadre"] for member in answer["members"]] == members
    assert "bands" not in answer["team"]
    assert "岁" not in answer["team"]["sentence"]["zh"]
    full = world.planner.get(f"{world.path}/why/full", params={"village": village or ""}).json()
    assert full["team"]["bands"]
    assert "年龄段" in full["team"]["sentence"]["zh"]


def test_who_or_what_is_unknown(world: World) -> None:
    nobody = refused(world.planner.get(f"{world.path}/why", params={"cadre": "nobody"}), "request_invalid")
    assert codes(nobody["problems"]) == ["question_no_post"]
    nowhere = refused(
        world.planner.get(f"{world.path}/why", params={"village": "nowhere"}), "request_invalid"
    )
    assert codes(nowhere["problems"]) == ["dangling_id"]
