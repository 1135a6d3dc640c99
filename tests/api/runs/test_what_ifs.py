"""Batches of scenarios and mending over HTTP, and scenarios that are kept as revisions and rounds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from matcher.edits import drop
from matcher.plan import Plan
from matcher.result import Result
from matcher.settings import Settings
from matcher.study import adjustment, edited, mend
from tests.api.jobs.asked import county, data, somebody_elsewhere
from tests.api.server import Grant, codes, refused, sample

if TYPE_CHECKING:
    from tests.api.runs.conftest import Site

EFFORT = {"effort": 2.0}
GRID = {
    "name": "适配 {fit}",
    "edits": [{"op": "rule", "table": "rules", "key": "need_fit", "values": {"weight": "{fit}"}}],
    "values": {"fit": [2, 3]},
}


def gone() -> str:
    return somebody_elsewhere()[0]


def person() -> dict[str, Any]:
    """Return an edit that sets what is sensitive."""
    return {"op": "cell", "table": "cadres", "key": gone(), "values": {"flags": ["dual_posting"]}}


def scenarios() -> list[dict[str, Any]]:
    reason = {**data(drop(gone()))}
    reason["values"] = {**reason["values"], "reason": "身体原因"}
    return [{"name": "少一人", "edits": [reason, person()]}]


@pytest.fixture(scope="module")
def batch(site: Site) -> tuple[str, str]:
    """Return a round, and a batch of it that is done."""
    round_id = site.round(sample())
    asked = site.planner.post(
        f"/rounds/{round_id}/what-ifs", json={"scenarios": scenarios(), "grid": GRID, "settings": EFFORT}
    )
    assert asked.status_code == 202, asked.text
    assert site.wait_until(asked.json()["id"], "done", "failed")["state"] == "done"
    return round_id, asked.json()["id"]


def test_scenarios_side_by_side(site: Site, batch: tuple[str, str]) -> None:
    full = site.planner.get(f"/runs/{batch[1]}/result/full").json()
    assert [one["name"] for one in full["scenarios"]] == ["base", "少一人", "适配 2", "适配 3"]
    assert full["scenarios"][3]["edits"][0]["values"] == {"weight": 3}
    for one in full["scenarios"]:
        best = Result.from_document(one["result"]).best
        assert best is not None
        assert one["figures"]["score"] == best.score
        assert one["figures"]["change"] == best.score - one["figures"]["base"]
    base, less = (one["result"]["plans"][0]["posts"] for one in full["scenarios"][:2])
    assert gone() not in [post["cadre"] for post in less]
    changed = {post["cadre"] for post in base if post not in less} | {
        post["cadre"] for post in less if post not in base
    }
    assert {row["cadre"] for row in full["scenarios"][1]["moved"]} == changed
    shown = site.planner.get(f"/runs/{batch[1]}").json()
    assert [one["name"] for one in shown["question"]["scenarios"]] == ["少一人", "适配 2", "适配 3"]
    assert shown["score"] == full["scenarios"][0]["figures"]["score"]


def test_the_ordinary_view_of_a_batch_tells_nothing_sensitive(site: Site, batch: tuple[str, str]) -> None:
    viewer = site.server.person(Grant("viewer"))
    answer = viewer.get(f"/runs/{batch[1]}/result")
    run = viewer.get(f"/runs/{batch[1]}")
    full = site.planner.get(f"/runs/{batch[1]}/result/full").text
    for said in ("身体原因", "dual_posting", '"reason"', '"sentence"', '"summary"'):
        assert said in full
        assert said not in answer.text
    for said in ("身体原因", "dual_posting"):
        assert said not in run.text
    assert [one["figures"] for one in answer.json()["scenarios"]] == [
        one["figures"] for one in json.loads(full)["scenarios"]
    ]


def test_a_scenario_is_kept_as_a_round_of_its_own_or_as_a_revision(
    site: Site, batch: tuple[str, str]
) -> None:
    round_id, run = batch
    save = f"/runs/{run}/save"
    own = site.planner.post(save, json={"scenario": "适配 2", "to": "round", "reason": "比选"})
    assert own.status_code == 201, own.text
    made = own.json()
    assert made["round"]["id"] != round_id
    assert own.headers["location"] == f"/api/v1/rounds/{made['round']['id']}"
    first = site.planner.get(f"/rounds/{made['round']['id']}/revisions/1").json()
    assert first["lineage"] == {"run": run, "scenario": "适配 2", "round": round_id, "revision": 1}
    assert first["edits"][0]["key"] == "need_fit"
    scenario = site.planner.get(f"/runs/{run}/result/full").json()["scenarios"][2]
    assert made["round"]["revision"]["digest"] == scenario["digest"]
    assert (made["plan"]["origin"], made["plan"]["score"]) == ("scenario", scenario["figures"]["score"])
    assert site.planner.post(f"/plans/{made['plan']['id']}/check").json()["ok"]
    base = {"scenario": "base", "to": "revision", "reason": "无变化"}
    refused(site.planner.post(save, json=base), "nothing_changed")
    refused(site.planner.post(save, json={**base, "scenario": None}), "scenario_unknown", "没有这个情景")
    refused(site.planner.post(save, json={**base, "scenario": "别的"}), "scenario_unknown")
    next_one = site.planner.post(save, json={"scenario": "适配 3", "to": "revision", "reason": "采用"})
    assert next_one.status_code == 201, next_one.text
    assert (next_one.json()["round"]["id"], next_one.json()["revision"]) == (round_id, 2)
    assert next_one.json()["plan"]["revision"] == 2
    passed = refused(
        site.planner.post(save, json={"scenario": "少一人", "to": "revision", "reason": "x"}),
        "revision_passed",
    )
    assert passed["title"] == "情景是在第 1 版上做的，轮次已到第 2 版"
    viewer = site.server.person(Grant("viewer"))
    refused(viewer.post(save, json=base), "role_missing")


def test_edits_that_can_not_be_made_are_refused_with_their_scenario(site: Site) -> None:
    round_id = site.round(sample())
    path = f"/rounds/{round_id}/what-ifs"
    bad = {"op": "cell", "table": "villages", "key": "nowhere", "values": {"hardship": 2}}
    worse = {"op": "cell", "table": "cadres", "key": gone(), "values": {"birth_month": "1990-13"}}
    body = {
        "scenarios": [
            *scenarios(),
            {"name": "甲", "edits": [data(drop(gone())), bad]},
            {"name": "乙", "edits": [worse]},
        ]
    }
    problem = refused(site.planner.post(path, json=body), "edits_refused", "有 2 处修改不能用于本轮数据")
    assert next((one["scenario"], one["code"], one["index"]) for one in problem["problems"]) == (
        "甲",
        "edit_row",
        1,
    )
    assert problem["problems"][1]["scenario"] == "乙"
    assert "1990-13" not in json.dumps(problem)
    for wrong, code in (
        ({"scenarios": []}, "scenario_count"),
        ({"grid": {**GRID, "values": {"fit": list(range(101))}}}, "scenario_count"),
        ({"scenarios": [{"name": "base", "edits": []}]}, "scenario_names"),
        ({"scenarios": [{"name": "甲", "edits": []}, {"name": "甲", "edits": []}]}, "scenario_names"),
    ):
        found = refused(site.planner.post(path, json=wrong), "request_invalid")
        assert codes(found["problems"]) == [code]
        assert found["problems"][0]["message"]["zh"]
    refused(site.planner.post(path, json={"scenarios": scenarios(), "revision": 9}), "not_found")
    settings: dict[str, Any] = {"relax": {"beauty": {}}}
    refused(site.planner.post(path, json={"scenarios": scenarios(), "settings": settings}), "request_invalid")


def test_nobody_reaches_other_counties_by_an_edit(site: Site) -> None:
    round_id = site.round(sample())
    county_of = site.planner.get(f"/rounds/{round_id}").json()["counties"][0]
    own = site.server.person(Grant("planner", "county", county_of))
    village = sample()["villages"][0]["id"]
    away = {"op": "cell", "table": "villages", "key": village, "values": {"county": "别的县"}}
    body = {"scenarios": [{"name": "划出", "edits": [away]}]}
    refused(own.post(f"/rounds/{round_id}/what-ifs", json=body), "scope_exceeded")


def test_a_plan_is_mended_as_by_the_library(site: Site) -> None:
    round_id = site.round(sample())
    run = site.run(round_id)
    site.wait_until(run, "done")
    head = site.planner.get(f"/runs/{run}/plans").json()["items"][0]["id"]
    plan = Plan.from_document(site.planner.get(f"/plans/{head}/full").json())
    out = plan.posts[0].cadre
    body = {"edits": [data(drop(out))], "settings": EFFORT}
    asked = site.planner.post(f"/plans/{head}/mend", json=body)
    assert asked.status_code == 202, asked.text
    question = asked.json()["id"]
    assert site.wait_until(question, "done", "failed")["state"] == "done"
    full = site.planner.get(f"/runs/{question}/result/full").json()
    wanted = mend(county(), plan, [drop(out)], Settings(effort=2.0, workers=1)).best
    found = Result.from_document(full["result"]).best
    assert wanted is not None
    assert found is not None
    assert (found.score, found.posts) == (wanted.score, wanted.posts)
    assert full["digest"] == edited(county(), adjustment(plan, [drop(out)])).digest
    assert out in [row["cadre"] for row in full["moved"]]
    masked = site.planner.get(f"/runs/{question}/result").text
    assert '"sentence"' not in masked
    assert site.planner.post(f"/plans/{head}/mend", json=body).json()["id"] == question
    unknown = {"op": "remove", "table": "cadres", "key": "nobody"}
    wrong = refused(site.planner.post(f"/plans/{head}/mend", json={"edits": [unknown]}), "edits_refused")
    assert [(one["code"], one["index"]) for one in wrong["problems"]] == [("edit_row", 0)]
    kept = site.planner.post(f"/runs/{question}/save", json={"to": "revision", "reason": "中期调整"})
    assert kept.status_code == 201, kept.text
    assert (kept.json()["revision"], kept.json()["plan"]["score"]) == (2, found.score)
    assert site.planner.post(f"/plans/{kept.json()['plan']['id']}/check").json()["ok"]
