"""Plans are shown, listed and imported; nothing is stored that the checker does not confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from matcher.plan import Plan
from tests.api.plans.solved import import_plan, solved
from tests.api.server import Grant, made_round, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.plans.conftest import World


def test_the_full_plan_is_what_was_imported(world: World) -> None:
    answer = world.planner.get(f"{world.path}/full")
    assert answer.json() == world.plan.document()
    again = world.planner.get(f"{world.path}/full", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert world.planner.get(world.path, headers={"If-None-Match": answer.headers["etag"]}).status_code == 200


def test_the_masked_plan_has_the_posts_and_no_sentences(world: World) -> None:
    shown = world.planner.get(world.path).json()
    whole = world.plan.document()
    assert shown["posts"] == whole["posts"]
    assert (shown["score"], shown["terms"]) == (whole["score"], whole["terms"])
    assert "summary" not in shown["explanation"]
    assert not any("sentence" in post for post in shown["explanation"]["posts"])
    assert not any("bands" in team for team in shown["explanation"]["teams"])
    told = {item["id"] for post in shown["explanation"]["posts"] for item in post["brings"]}
    assert told
    assert not told & {"competence", "age_mix", "local_fit", "suitability"}


def test_list_in_pages_newest_first(world: World) -> None:
    round_ = made_round(world.planner).json()["id"]
    made = [import_plan(world.planner, round_).json() for _ in range(3)]
    first = world.planner.get(f"/rounds/{round_}/plans", params={"limit": 2})
    assert first.json()["items"] == [made[2], made[1]]
    assert 'rel="next"' in first.headers["link"]
    cursor = first.json()["next"]
    rest = world.planner.get(f"/rounds/{round_}/plans", params={"limit": 2, "cursor": cursor})
    assert (rest.json()["items"], rest.json()["next"]) == ([made[0]], None)
    other = world.planner.get(f"/rounds/{world.round}/plans", params={"cursor": cursor})
    refused(other, "bad_cursor")


def test_an_imported_plan_says_where_it_comes_from(world: World) -> None:
    answer = import_plan(world.planner, world.round)
    head = answer.json()
    assert answer.headers["location"] == f"/api/v1/plans/{head['id']}"
    assert (head["origin"], head["run_id"], head["rank"], head["parent_plan"]) == ("import", None, None, None)
    assert (head["score"], head["bound"]) == (world.plan.score, world.plan.bound)
    assert (head["round_id"], head["revision"]) == (world.round, 1)


def test_an_import_that_is_asked_for_again_is_done_once(world: World) -> None:
    round_ = made_round(world.planner).json()["id"]
    key = {"Idempotency-Key": f"import-{round_}"}
    body = solved().document()
    answers = [world.planner.post(f"/rounds/{round_}/plans", json=body, headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len(world.planner.get(f"/rounds/{round_}/plans").json()["items"]) == 1


def other_score(document: dict[str, Any]) -> None:
    document["score"] += 1


def unknown_cadre(document: dict[str, Any]) -> None:
    document["posts"][0]["cadre"] = "nobody"


def empty_seat(document: dict[str, Any]) -> None:
    document["posts"].pop()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (other_score, {"zh": "总分", "en": "score"}),
        (unknown_cadre, {"zh": "岗位", "en": "Posts"}),
        (empty_seat, {"zh": "队伍结构", "en": "Team structure"}),
    ],
)
def test_a_plan_that_does_not_stand_is_not_stored(
    world: World, change: Callable[[dict[str, Any]], None], said: dict[str, str]
) -> None:
    document = world.plan.document()
    change(document)
    round_ = made_round(world.planner).json()["id"]
    problem = refused(
        world.planner.post(f"/rounds/{round_}/plans", json=document), "plan_refused", "核算发现方案有"
    )
    assert said in [found["name"] for found in problem["problems"]]
    assert world.planner.get(f"/rounds/{round_}/plans").json()["items"] == []


def test_what_is_no_plan_is_refused_with_all_its_problems(world: World) -> None:
    answer = world.planner.post(f"/rounds/{world.round}/plans", json={"schema": "plan/1", "rank": 0})
    problem = refused(answer, "request_invalid")
    assert {found["field"] for found in problem["problems"]} == {"rank", "score", "posts"}


def test_a_plan_belongs_to_its_revision(world: World) -> None:
    round_ = made_round(world.planner).json()["id"]
    path = f"/rounds/{round_}"
    tag = world.planner.get(path).headers["etag"]
    edits = [{"op": "rule", "table": "rules", "key": "need_fit", "values": {"weight": 3}}]
    body = {"reason": "权重调整", "edits": edits}
    edited = world.planner.patch(path, json=body, headers={"If-Match": tag})
    assert edited.status_code == 200, edited.text
    refused(world.planner.post(f"{path}/plans", json=solved().document()), "plan_refused")
    first = world.planner.post(f"{path}/plans", params={"revision": 1}, json=solved().document())
    assert first.json()["revision"] == 1
    refused(world.planner.post(f"{path}/plans", params={"revision": 9}, json={}), "not_found")


def test_looks_are_on_record(world: World) -> None:
    viewer = world.server.principal(Grant("viewer"))
    client = world.server.client(viewer["key"])
    assert client.get(world.path).status_code == 200
    assert client.post(f"{world.path}/check").status_code == 200
    entries = world.server.administrator.get("/audit", params={"limit": 200}).json()["items"]
    own = {(entry["action"], entry["subject"]) for entry in entries if entry["actor"] == viewer["id"]}
    assert own == {("plans.read", world.id), ("plans.check", world.id)}


def test_stored_plans_are_plans(world: World) -> None:
    document = world.planner.get(f"{world.path}/full").json()
    assert Plan.from_document(document) == world.plan


@pytest.mark.parametrize(
    ("content", "type_", "code"),
    [
        (b'{"posts": ', "application/json", "json_syntax"),
        (b"\xff", "application/json", "json_syntax"),
        (b"[" * 30 + b"]" * 30, "application/json", "json_too_deep"),
        (b"[]", "application/json", "request_invalid"),
        (b"{}", "text/plain", "body_type"),
    ],
)
def test_what_cannot_be_read_is_refused(world: World, content: bytes, type_: str, code: str) -> None:
    headers = {"Content-Type": type_}
    refused(world.planner.post(f"/rounds/{world.round}/plans", content=content, headers=headers), code)
    assert list((world.server.data / "tmp").iterdir()) == []
