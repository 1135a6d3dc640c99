"""A plan is counted anew; changed posts are counted at once, and stored only when that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.check import recount
from matcher.plan import Plan, Post
from matcher.rulebook import RuleBook
from tests.api.plans.solved import round_, swap
from tests.api.server import codes, refused

if TYPE_CHECKING:
    from tests.api.plans.conftest import World


def changed(plan: Plan, edit: dict[str, Any]) -> list[Post]:
    """Return the plan's posts after an edit of changed and removed posts."""
    new = {post["cadre"]: Post(**post) for post in edit.get("changed", ())}
    return [new.get(post.cadre, post) for post in plan.posts if post.cadre not in edit.get("removed", ())]


def score_of(plan: Plan, posts: list[Post]) -> int:
    reach = {row.village: row.attainable for row in plan.villages}
    sample = round_()
    return recount(sample.facts, RuleBook.of(sample.rules), posts, reach).score


def test_a_plan_that_stands(world: World) -> None:
    report = world.planner.post(f"{world.path}/check").json()
    assert (report["ok"], report["broken"], report["differences"]) == (True, [], [])
    assert report["score"] == world.plan.score
    assert [term["id"] for term in report["terms"]] == [term.id for term in world.plan.terms]
    assert report["terms"][0]["name"] == {"zh": "需求覆盖", "en": "Need coverage"}


def test_a_swap_is_counted_and_not_stored(world: World) -> None:
    before = len(world.planner.get(f"/rounds/{world.round}/plans").json()["items"])
    edit = swap(world.plan)
    answer = world.planner.post(f"{world.path}/edit", json=edit).json()
    score = score_of(world.plan, changed(world.plan, edit))
    assert (answer["score"], answer["change"]) == (score, score - world.plan.score)
    assert sum(term["change"] for term in answer["terms"]) == answer["change"]
    assert answer["plan"] is None
    assert answer["sentence"]["zh"].startswith("总分")
    assert len(world.planner.get(f"/rounds/{world.round}/plans").json()["items"]) == before


def test_somebody_taken_out_breaks_the_structure_of_the_team(world: World) -> None:
    gone = world.plan.posts[-1]
    answer = world.planner.post(f"{world.path}/edit", json={"removed": [gone.cadre]}).json()
    assert answer["feasible"] is False
    (structure,) = [broken for broken in answer["breaks"] if broken["rule"] == "team_structure"]
    assert structure["name"] == {"zh": "队伍结构", "en": "Team structure"}
    assert structure["subjects"]["village"] == gone.village
    assert structure["sentence"]["zh"] != structure["sentence"]["en"]


def test_a_saved_edit_is_a_plan_of_its_own(world: World) -> None:
    body = {**swap(world.plan), "save": True, "reason": "两名队员互换"}
    answer = world.planner.post(f"{world.path}/edit", json=body).json()
    head = answer["plan"]
    assert (head["origin"], head["parent_plan"], head["score"]) == ("edit", world.id, answer["score"])
    stored = Plan.from_document(world.planner.get(f"/plans/{head['id']}/full").json())
    assert list(stored.posts) == changed(world.plan, body)
    report = world.planner.post(f"/plans/{head['id']}/check").json()
    assert report["differences"] == []
    assert report["ok"] == answer["feasible"]


def test_a_saved_edit_that_breaks_rules_is_a_partial_plan(world: World) -> None:
    body = {"removed": [world.plan.posts[-1].cadre], "save": True, "reason": "一名队员退出"}
    head = world.planner.post(f"{world.path}/edit", json=body).json()["plan"]
    report = world.planner.post(f"/plans/{head['id']}/check").json()
    assert (report["ok"], report["partial"], report["differences"]) == (False, True, [])
    assert [broken["rule"] for broken in report["broken"]] == ["team_structure"]
    # It can be put right again by an edit of its own.
    back = {"added": [world.plan.posts[-1].model_dump(exclude_none=True)]}
    mended = world.planner.post(f"/plans/{head['id']}/edit", json=back).json()
    assert (mended["feasible"], mended["score"], mended["breaks"]) == (True, world.plan.score, [])


def test_every_change_that_cannot_be_made_is_named(world: World) -> None:
    first, second = world.plan.posts[0], world.plan.posts[1]
    free = next(id_ for id_ in round_().facts.people if id_ not in {post.cadre for post in world.plan.posts})
    body = {
        "changed": [{"cadre": free, "role": "resident", "village": first.village}],
        "added": [{"cadre": first.cadre, "role": "resident", "village": first.village}],
        "removed": [second.cadre, second.cadre],
    }
    problem = refused(
        world.planner.post(f"{world.path}/edit", json=body), "edit_invalid", "有 4 处改动无法进行"
    )
    assert codes(problem["problems"]) == ["edit_no_post", "edit_has_post", "edit_twice", "edit_twice"]
    assert problem["problems"][0]["message"]["zh"] == "这名干部在方案中没有岗位"
    assert problem["problems"][0]["value"] == free
    assert problem["problems"][1]["remedy"]["en"] == "use changed, or look at the id"


def test_posts_that_the_round_does_not_know_are_refused(world: World) -> None:
    village = world.plan.posts[0].village
    body = {"added": [{"cadre": "nobody", "role": "resident", "village": village}]}
    problem = refused(world.planner.post(f"{world.path}/edit", json=body), "edit_unknown")
    assert "干部表中没有这名干部" in problem["problems"][0]["sentence"]["zh"]


def test_an_edit_says_something_and_a_saved_one_why(world: World) -> None:
    nothing = refused(world.planner.post(f"{world.path}/edit", json={}), "request_invalid")
    assert nothing["problems"][0]["message"] == {"zh": "没有任何改动", "en": "nothing is changed"}
    body = {"removed": ["x"], "save": True}
    no_reason = refused(world.planner.post(f"{world.path}/edit", json=body), "request_invalid")
    assert no_reason["problems"][0]["message"]["zh"] == "保存方案须写明理由"
    refused(world.planner.post("/plans/nothing/edit", json={"removed": ["x"]}), "not_found")
