"""What comes of a run, as a client sees it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from matcher.result import Result
from matcher.round import Round
from matcher.settings import Settings
from matcher.solving import solve
from tests.api.jobs.rounds import small_county, without_enough_people
from tests.api.server import Grant, refused

if TYPE_CHECKING:
    from tests.api.runs.conftest import Site


def test_the_answer_is_that_of_a_direct_solve(site: Site) -> None:
    round_id = site.round(small_county())
    run = site.run(round_id, {"plans": 2, "seed": 3})
    ended = site.wait_until(run, "done", "failed")
    assert ended["state"] == "done"
    document = site.planner.get(f"/runs/{run}/result/full").json()
    found = Result.from_document(document)
    wanted = solve(Round.from_document(small_county()), Settings(effort=4.0, plans=2, seed=3, workers=1))
    assert [plan.score for plan in found.plans] == [plan.score for plan in wanted.plans]
    assert [plan.posts for plan in found.plans] == [plan.posts for plan in wanted.plans]
    assert (ended["score"], ended["bound"]) == (wanted.plans[0].score, wanted.plans[0].bound)
    assert ended["provenance"]["versions"] == wanted.provenance["versions"]
    assert ended["provenance"]["reproducible"]
    heads = site.planner.get(f"/runs/{run}/plans").json()["items"]
    assert [(head["rank"], head["score"], head["bound"]) for head in heads] == [
        (plan.rank, plan.score, plan.bound) for plan in wanted.plans
    ]
    assert [head["gap"] for head in heads] == pytest.approx([plan.gap for plan in wanted.plans], abs=1e-6)
    _look_without_what_is_sensitive(site, run, document)
    repeat = site.planner.post(f"/runs/{run}/repeat").json()
    assert repeat["repeat"]["reasons"][0]["code"] == "not_ended"
    assert site.wait_until(repeat["id"], "done")["repeat"] == {"of": run, "equal": True, "reasons": []}
    again = site.planner.post(f"/runs/{run}/rerun").json()
    assert (again["settings"], again["seed"], again["repeat"]) == (ended["settings"], 3, None)
    site.planner.post(f"/runs/{again['id']}/cancel")


def _look_without_what_is_sensitive(site: Site, run: str, document: dict[str, Any]) -> None:
    viewer = site.server.person(Grant("viewer"))
    refused(viewer.get(f"/runs/{run}/result/full"), "role_missing")
    answer = viewer.get(f"/runs/{run}/result")
    masked = answer.json()
    assert [plan["posts"] for plan in masked["plans"]] == [plan["posts"] for plan in document["plans"]]
    text = answer.text
    for name in ("reason", "sentence", "summary", "bands", "brings", "certificate", "note"):
        assert f'"{name}"' in json.dumps(document) or name == "note"
        assert f'"{name}":' not in text
    assert all(set(entry) <= {"cadre", "role", "village", "township"} for entry in masked["screening"])
    seen = {"If-None-Match": answer.headers["etag"]}
    assert viewer.get(f"/runs/{run}/result", headers=seen).status_code == 304
    entries = site.server.administrator.get("/audit", params={"subject": run}).json()["items"]
    assert [entry["action"] for entry in entries] == ["runs.read_result", "runs.read_sensitive", "runs.start"]


def test_round_without_a_plan_says_which_rules_are_in_conflict(site: Site) -> None:
    run = site.run(site.round(without_enough_people()))
    assert site.wait_until(run, "infeasible", "failed")["state"] == "infeasible"
    full = site.planner.get(f"/runs/{run}/result/full").json()["infeasibility"]
    shown = site.planner.get(f"/runs/{run}/result").json()["infeasibility"]
    assert shown["conflict"]["rules"] == full["conflict"]["rules"]
    assert full["conflict"]["sentences"]
    assert "sentences" not in shown["conflict"]
    assert [repair["cost"] for repair in shown["repairs"]] == [repair["cost"] for repair in full["repairs"]]
    assert not any("edit" in step for repair in shown["repairs"] for step in repair["steps"])
    assert site.planner.get(f"/runs/{run}/plans").json() == {"items": []}
