"""A plan is published by two people, one at most of a round, and taken back with a reason."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tests.api.plans.solved import edit_of, import_plan, round_, solved
from tests.api.server import Grant, refused

if TYPE_CHECKING:
    from tests.api.publishing.conftest import World


def test_proposed_by_one_and_approved_by_another(world: World) -> None:
    made = world.proposed()
    assert world.states() == {made: "proposed"}
    answer = world.approved(made)
    assert answer.status_code == 200, answer.text
    publication = answer.json()
    assert (publication["state"], publication["plan_id"]) == ("published", world.plan)
    assert publication["approved_by"] == world.approver.get("/me").json()["id"] != publication["proposed_by"]


def test_the_notice_is_kept_as_it_was_published(world: World) -> None:
    made = world.proposed()
    refused(world.approver.get(f"/publications/{made}/notice"), "not_found")
    world.approved(made)
    notice = world.approver.get(f"/publications/{made}/notice").json()
    assert notice["headers"] == ["姓名", "单位", "岗位", "村"]
    people = round_().facts.people
    assert sorted(row[0] for row in notice["rows"]) == sorted(
        people[post.cadre].record.name for post in solved().posts
    )
    english = world.approver.get(f"/publications/{made}/notice", params={"lang": "en"}).json()
    assert english["headers"] == ["Name", "Unit", "Post", "Village"]


def test_one_at_most_is_published_and_the_earlier_comes_back(world: World) -> None:
    first = world.proposed()
    world.approved(first)
    second = world.proposed(import_plan(world.planner, world.round).json()["id"])
    assert world.approved(second).json()["replaces"] == first
    assert world.states() == {first: "rolled_back", second: "published"}
    assert world.taken_back(second).json()["state"] == "rolled_back"
    assert world.states() == {first: "published", second: "rolled_back"}


def test_two_approvals_at_once_leave_one_published(world: World) -> None:
    made = [world.proposed() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(world.approved, made))
    assert [answer.status_code for answer in answers] == [200] * 4
    assert sorted(world.states().values()) == ["published", "rolled_back", "rolled_back", "rolled_back"]


def test_who_proposed_cannot_approve(world: World) -> None:
    both = world.server.person(Grant("planner"), Grant("approver"))
    made = both.post(f"/plans/{world.plan}/publications").json()["id"]
    answer = both.post(f"/publications/{made}/approve", headers={"If-Match": "*"})
    assert answer.status_code == 403
    refused(answer, "same_person", "提出者不能批准自己的提议")
    assert world.states() == {made: "proposed"}


def test_what_changed_since_it_was_read_is_not_approved(world: World) -> None:
    made = world.proposed()
    path = f"/publications/{made}"
    refused(world.approver.post(f"{path}/approve"), "precondition_required")
    tag = world.approver.get(path).headers["etag"]
    world.taken_back(made)
    refused(world.approver.post(f"{path}/approve", headers={"If-Match": tag}), "precondition_failed")
    refused(world.approved(made), "publication_state", "当前状态（rolled_back）下不能这样做")
    refused(world.taken_back(made), "publication_state")


def test_a_partial_plan_is_never_proposed(world: World) -> None:
    body = {**edit_of(), "save": True, "reason": "一名队员退出"}
    partial = world.planner.post(f"/plans/{world.plan}/edit", json=body).json()["plan"]["id"]
    answer = world.planner.post(f"/plans/{partial}/publications")
    problem = refused(answer, "plan_not_publishable", "方案未通过核算，不得公示或发布")
    assert [found["rule"] for found in problem["problems"]] == ["team_structure"]
    assert world.states() == {}


def test_a_reason_is_asked_for_and_all_is_on_record(world: World) -> None:
    made = world.proposed()
    world.approved(made)
    blank = world.approver.post(
        f"/publications/{made}/rollback", json={"reason": " "}, headers={"If-Match": "*"}
    )
    refused(blank, "request_invalid")
    world.taken_back(made)
    entries = world.server.administrator.get("/audit", params={"limit": 200}).json()["items"]
    own = {entry["action"]: entry["detail"] for entry in entries if entry["subject"] == made}
    assert set(own) == {"publications.propose", "publications.approve", "publications.roll_back"}
    assert own["publications.roll_back"]["reason"] == "公示期内收到异议"
    assert own["publications.approve"]["plan"] == world.plan


def test_an_approval_asked_for_again_is_answered_the_same(world: World) -> None:
    made = world.proposed()
    headers = {
        "If-Match": world.approver.get(f"/publications/{made}").headers["etag"],
        "Idempotency-Key": made,
    }
    answers = [world.approver.post(f"/publications/{made}/approve", headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()


def test_pages(world: World) -> None:
    made = [world.proposed() for _ in range(3)]
    first = world.planner.get(f"/rounds/{world.round}/publications", params={"limit": 2}).json()
    assert [item["id"] for item in first["items"]] == [made[2], made[1]]
    rest = world.planner.get(f"/rounds/{world.round}/publications", params={"cursor": first["next"]}).json()
    assert ([item["id"] for item in rest["items"]], rest["next"]) == ([made[0]], None)
