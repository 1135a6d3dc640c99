"""What is asked of runs over HTTP: once, twice, by whom it may be, and by whom it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from api.storage.engine import connect
from api.storage.schema import runs as table
from api.storage.session import reading
from tests.api.jobs.fleet import wait_for
from tests.api.jobs.rounds import small_county
from tests.api.server import Grant, refused, sample

if TYPE_CHECKING:
    from tests.api.runs.conftest import Site


def test_stopped_run_keeps_its_best_plan_and_a_waiting_one_is_cancelled(site: Site) -> None:
    round_id = site.round(small_county(40))
    run = site.run(round_id, {"effort": 600.0}, cores=2)
    wait_for(lambda: site.planner.get(f"/runs/{run}").json()["score"], "a plan")
    waiting = site.run(round_id, cores=2)
    shown = site.planner.get(f"/runs/{waiting}")
    assert (shown.json()["state"], shown.json()["position"]) == ("queued", 1)
    seen = {"If-None-Match": shown.headers["etag"]}
    assert site.planner.get(f"/runs/{waiting}", headers=seen).status_code == 304
    cancelled = site.planner.post(f"/runs/{waiting}/cancel").json()
    assert (cancelled["state"], cancelled["position"]) == ("cancelled", None)
    assert cancelled["reason"]["sentence"] == {"zh": "已取消", "en": "it was cancelled"}
    assert site.planner.get(f"/runs/{waiting}", headers=seen).status_code == 200
    refused(site.planner.post(f"/runs/{waiting}/cancel"), "run_ended")
    score = site.planner.get(f"/runs/{run}").json()["score"]
    assert site.planner.post(f"/runs/{run}/stop").json()["state"] == "stopping"
    ended = site.wait_until(run, "done", "failed")
    assert ended["state"] == "done"
    assert ended["score"] >= score
    assert site.planner.get(f"/runs/{run}/plans").json()["items"][0]["score"] == ended["score"]


def test_cancelled_run_ends(site: Site) -> None:
    run = site.run(site.round(small_county(40)), {"effort": 600.0})
    wait_for(lambda: site.planner.get(f"/runs/{run}").json()["state"] == "running", "its begin")
    for _ in range(2):
        answer = site.planner.post(f"/runs/{run}/cancel")
        assert answer.status_code == 202 or answer.json()["code"] == "run_ended"
    assert site.wait_until(run, "cancelled")["reason"]["code"] == "cancelled"
    refused(site.planner.get(f"/runs/{run}/result"), "run_without_result")


def test_runs_of_a_deleted_round_are_cancelled(site: Site) -> None:
    """The one at work, and the one that waits: nobody could ask them to end any more."""
    round_id = site.round(small_county(40))
    runs = [site.run(round_id, {"effort": 600.0}, cores=2) for _ in range(2)]
    wait_for(lambda: site.planner.get(f"/runs/{runs[0]}").json()["state"] == "running", "its begin")
    tag = site.planner.get(f"/rounds/{round_id}").headers["etag"]
    assert site.planner.delete(f"/rounds/{round_id}", headers={"If-Match": tag}).status_code == 204
    refused(site.planner.post(f"/rounds/{round_id}/runs", json={}), "not_found")
    refused(site.planner.post(f"/runs/{runs[0]}/rerun"), "not_found")
    database = connect(site.server.database_url)

    def states() -> list[str]:
        with reading(database) as connection:
            query = sa.select(table.c.state).where(table.c.round_id == round_id)
            return list(connection.scalars(query))

    wait_for(lambda: states() == ["cancelled"] * 2, "the end of both")
    database.dispose()
    asked = {"subject": round_id, "action": "rounds.delete"}
    (entry,) = site.server.administrator.get("/audit", params=asked).json()["items"]
    assert sorted(entry["detail"]["cancelled"]) == sorted(runs)


def test_same_request_twice_is_one_run(site: Site) -> None:
    round_id = site.round()
    given = {"Idempotency-Key": f"run-{round_id}"}
    answers = [site.planner.post(f"/rounds/{round_id}/runs", json={}, headers=given) for _ in range(2)]
    assert answers[0].content == answers[1].content
    run = answers[0].json()["id"]
    assert [answer.headers["location"] for answer in answers] == [f"/api/v1/runs/{run}"] * 2
    listed = site.planner.get("/runs", params={"round_id": round_id}).json()["items"]
    assert [item["id"] for item in listed] == [run]
    other = site.planner.post(f"/rounds/{round_id}/runs", json={"priority": 1}, headers=given)
    refused(other, "idempotency_mismatch")
    entries = site.server.administrator.get("/audit", params={"subject": run}).json()["items"]
    assert [entry["action"] for entry in entries] == ["runs.start"]
    events = site.planner.get(f"/runs/{run}/events").json()["items"]
    assert [event["type"] for event in events].count("queued") == 1
    site.planner.post(f"/runs/{run}/cancel")


def test_settings_that_can_not_be_are_refused_at_once(site: Site) -> None:
    path = f"/rounds/{site.round()}/runs"
    wrong = {"settings": {"plans": 0, "effort": -1, "workers": 2}, "priority": 10, "more": 1}
    problem = refused(site.planner.post(path, json=wrong), "request_invalid")
    places = {(one["field"], one["details"].get("inside")) for one in problem["problems"]}
    assert places >= {("settings", "plans"), ("priority", None), ("more", None)}
    problem = refused(site.planner.post(path, json={"settings": {"workers": 2}}), "request_invalid")
    assert problem["problems"][0]["message"]["zh"] == "处理器核数不在 settings 中给出"
    relax: dict[str, Any] = {"settings": {"relax": {"none": {}, "one_post": {}}}}
    problem = refused(site.planner.post(path, json=relax), "request_invalid")
    assert [one["code"] for one in problem["problems"]] == ["unknown_rule", "never_gives"]
    refused(site.planner.post(path, json={"revision": 7}), "not_found")
    # No worker has so many; the run would wait for ever.
    refused(site.planner.post(path, json={"cores": 3}), "run_cores", "上限 2")
    assert site.planner.get("/runs", params={"round_id": path.split("/")[2]}).json()["items"] == []


@pytest.mark.parametrize("ask", ["stop", "cancel", "rerun", "repeat"])
def test_out_of_scope_and_out_of_role(site: Site, ask: str) -> None:
    run = site.run(site.round(sample()), cores=2)
    stranger = site.server.person(Grant("planner", "county", "别的县"))
    refused(stranger.post(f"/runs/{run}/{ask}"), "not_found")
    refused(site.server.person(Grant("viewer")).post(f"/runs/{run}/{ask}"), "role_missing")
    site.planner.post(f"/runs/{run}/cancel")
