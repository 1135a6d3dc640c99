"""Questions about plans over HTTP, answered by real workers, as a client sees them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from matcher.plan import Plan
from matcher.questions import firm_core, why_not
from matcher.questions.sensitivity import seat_worths
from matcher.round import Round
from matcher.settings import Settings
from matcher.solving.memory import memory_of
from tests.api.jobs.asked import asks, county
from tests.api.server import Grant, codes, refused, sample

if TYPE_CHECKING:
    import httpx

    from tests.api.runs.conftest import Site

EFFORT = {"effort": 2.0}


@dataclass
class Asked:
    """A site with a small county and the best plans that a run found for it."""

    site: Site
    round: str
    run: str
    ids: list[str]
    plans: list[Plan]

    def ask(self, path: str, **body: Any) -> httpx.Response:
        """Ask, with little effort."""
        return self.site.planner.post(path, json={"settings": EFFORT, **body})

    def answer(self, path: str, **body: Any) -> dict[str, Any]:
        """Ask, wait, and return the whole answer."""
        return self.result(self.done(path, **body), "/full")

    def done(self, path: str, **body: Any) -> str:
        """Ask and wait; return the run."""
        asked = self.ask(path, **body)
        assert asked.status_code in (200, 202), asked.text
        run: str = asked.json()["id"]
        assert asked.headers["location"] == f"/api/v1/runs/{run}"
        assert self.site.wait_until(run, "done", "failed", "infeasible")["state"] == "done"
        return run

    def result(self, run: str, view: str = "") -> dict[str, Any]:
        found: dict[str, Any] = self.site.planner.get(f"/runs/{run}/result{view}").json()
        return found

    @property
    def plan(self) -> str:
        return f"/plans/{self.ids[0]}"

    def edited(self, **edit: Any) -> str:
        """Store an edit of the best plan, and return its path."""
        body = {"save": True, "reason": "调整", **edit}
        made = self.site.planner.post(f"{self.plan}/edit", json=body)
        assert made.status_code == 200, made.text
        return f"/plans/{made.json()['plan']['id']}"


@pytest.fixture(scope="module")
def asked(site: Site) -> Asked:
    """Solve a small county."""
    round_id = site.round(sample())
    run = site.run(round_id, {"plans": 2, "method": "columns"})
    assert site.wait_until(run, "done", "failed")["state"] == "done"
    ids = [head["id"] for head in site.planner.get(f"/runs/{run}/plans").json()["items"]]
    plans = [Plan.from_document(site.planner.get(f"/plans/{one}/full").json()) for one in ids]
    return Asked(site, round_id, run, ids, plans)


def pairing() -> dict[str, str]:
    """Return a pairing that the best plan has not."""
    question = asks("why_not")
    return {"cadre": question["cadre"], "village": question["village"]}


def test_why_not_is_that_of_the_library_and_is_kept(asked: Asked) -> None:
    run = asked.done(f"{asked.plan}/why-not", **pairing())
    found = asked.result(run, "/full")
    plan = asked.plans[0]
    settings = Settings(effort=2.0, workers=1)
    pair = (pairing()["cadre"], pairing()["village"])
    wanted = why_not(county(), plan, *pair, settings=settings, memory=memory_of(county().facts, plan))
    assert {name: found[name] for name in ("answer", "at_least", "at_most", "moves")} == json.loads(
        json.dumps({name: wanted.document()[name] for name in ("answer", "at_least", "at_most", "moves")})
    )
    shown = asked.site.planner.get(f"/runs/{run}").json()
    assert (shown["kind"], shown["question"]["cadre"]) == ("why_not", pairing()["cadre"])
    assert shown["provenance"]["reproducible"]
    again = asked.ask(f"{asked.plan}/why-not", **pairing())
    assert (again.status_code, again.json()["id"], again.json()["state"]) == (200, run, "done")
    other = asked.ask(f"{asked.plan}/why-not", **pairing(), role="support")
    assert other.status_code == 202
    assert other.json()["id"] != run
    asked.site.planner.post(f"/runs/{other.json()['id']}/cancel")
    repeat = asked.site.planner.post(f"/runs/{run}/repeat").json()
    assert asked.site.wait_until(repeat["id"], "done")["repeat"] == {"of": run, "equal": True, "reasons": []}


def test_whom_screening_refuses_and_what_a_viewer_sees_of_it(site: Site) -> None:
    document = sample()
    round_ = Round.from_document(document)
    village = next(iter(round_.facts.places))
    person = next(row for row in document["cadres"] if row["id"])
    changed = {**person, "native_village": village}
    cadres = [changed if row["id"] == person["id"] else row for row in document["cadres"]]
    round_id = site.round({**document, "cadres": cadres})
    run = site.run(round_id)
    site.wait_until(run, "done")
    plan = site.planner.get(f"/runs/{run}/plans").json()["items"][0]["id"]
    body = {"cadre": person["id"], "village": village, "settings": EFFORT, "cores": 1}
    question = site.planner.post(f"/plans/{plan}/why-not", json=body).json()["id"]
    site.wait_until(question, "done")
    full = site.planner.get(f"/runs/{question}/result/full").json()
    assert full["answer"] == "refused"
    assert "recusal" in [one["rule"] for one in full["refusals"]]
    viewer = site.server.person(Grant("viewer"))
    answer = viewer.get(f"/runs/{question}/result")
    assert answer.json()["sentence"]["zh"] == "未通过资格审查。"
    assert {one["rule"] for one in answer.json()["refusals"]} <= {"service_area", "lead_unit_level"}
    shown = {name: value for name, value in answer.json().items() if name != "provenance"}
    for said in ("recusal", "native", "reason", *(one["reason"]["zh"] for one in full["refusals"])):
        assert said not in json.dumps(shown, ensure_ascii=False)
    refused(viewer.get(f"/runs/{question}/result/full"), "role_missing")
    refused(viewer.post(f"/plans/{plan}/why-not", json=body), "role_missing")


def test_prices_and_what_a_viewer_sees_of_them(asked: Asked) -> None:
    run = asked.done(f"{asked.plan}/prices", weights=True, terms=["need_fit"])
    full, masked = asked.result(run, "/full"), asked.result(run)
    wanted = seat_worths(county(), asked.plans[0])
    assert [(row["village"], row["points"]) for row in full["seats"]] == [
        (row["village"], row["points"]) for row in wanted.to_dict("records")
    ]
    (weights,) = full["weights"]
    assert weights["lowest"] <= weights["weight"] <= weights["highest"]
    assert masked["seats"] == full["seats"]
    people = county().facts.people
    assert not any(part in people for row in masked["worths"] for part in row["what"].split("/"))
    hidden = [row["rule"] for row in full["worths"] if row not in masked["worths"]]
    assert "one_post" in hidden


def test_core_of_every_plan_of_a_run(asked: Asked) -> None:
    for rank, plan in enumerate(asked.ids, start=1):
        found = asked.answer(f"/plans/{plan}/core", within=10)
        wanted = firm_core(county(), asked.plans, 10, rank=rank)
        assert [(row["cadre"], row["cost"], row["firm"], row["plans"]) for row in found["posts"]] == [
            (post.cadre, post.cost, post.firm, post.plans) for post in wanted
        ]


def test_what_can_not_be_asked_is_refused_before_it_is_queued(asked: Asked) -> None:
    known = pairing()
    nobody = asked.ask(f"{asked.plan}/why-not", cadre="nobody", village="nowhere", role="boss")
    problems = refused(nobody, "request_invalid")["problems"]
    assert codes(problems) == ["dangling_id", "dangling_id", "question_role"]
    assert [problem["field"] for problem in problems] == ["cadre", "village", "role"]
    both = refused(asked.ask(f"{asked.plan}/why-not", **known, unit="x"), "request_invalid")
    assert codes(both["problems"]) == ["question_whom", "dangling_id"]
    neither = refused(asked.ask(f"{asked.plan}/why-not", village=known["village"]), "request_invalid")
    assert codes(neither["problems"]) == ["question_whom"]
    terms = refused(asked.ask(f"{asked.plan}/prices", terms=["need_fit", "beauty"]), "request_invalid")
    assert [(one["code"], one["index"], one["field"]) for one in terms["problems"]] == [
        ("unknown_rule", 1, "terms")
    ]
    second = f"/plans/{asked.ids[1]}"
    refused(asked.ask(f"{second}/why-not", **known), "plan_not_askable", "不能就这个方案提问")
    refused(asked.ask(f"{second}/prices"), "plan_not_askable")
    partial = asked.edited(removed=[asked.plans[0].posts[0].cadre])
    refused(asked.ask(f"{partial}/core"), "plan_not_askable")
    cores = refused(asked.ask(f"{asked.plan}/core", cores=64), "run_cores")
    assert cores["status"] == 422
    refused(asked.ask("/plans/nothing/core"), "not_found")
    refused(asked.ask(f"{asked.plan}/core", settings={"workers": 2}), "request_invalid")


def test_a_plan_without_a_certificate_has_no_prices(asked: Asked) -> None:
    residents = [post for post in asked.plans[0].posts if post.role == "resident"]
    pair = next(
        (one, other)
        for one in residents
        for other in residents
        if one.village == other.village and one.cadre < other.cadre
    )
    same = [
        {"cadre": one.cadre, "role": one.role, "village": other.village} for one, other in (pair, pair[::-1])
    ]
    whole = asked.edited(changed=same)
    refused(asked.ask(f"{whole}/prices"), "plan_without_prices", "方案没有上界证书")
    refused(asked.ask(f"{whole}/core"), "plan_without_prices")


def test_a_question_is_named_stopped_and_limited_like_a_solve(asked: Asked) -> None:
    planner, path = asked.site.planner, f"{asked.plan}/core"
    key = {"Idempotency-Key": "core-once"}
    body = {"within": 7, "priority": 9}
    first = planner.post(path, json=body, headers=key)
    second = planner.post(path, json=body, headers=key)
    assert (first.status_code, second.json()["id"]) == (202, first.json()["id"])
    assert second.headers["idempotency-replayed"] == "true"
    refused(planner.post(path, json={"within": 8}, headers=key), "idempotency_mismatch")
    assert first.json()["priority"] == 9
    long = asked.ask(f"{asked.plan}/prices", weights=True, posts=True, settings={"effort": "thorough"}).json()
    asked.site.wait_until(long["id"], "running")
    assert planner.post(f"/runs/{long['id']}/stop").status_code == 202
    assert asked.site.wait_until(long["id"], "done", "failed")["state"] == "done"
    assert asked.result(long["id"])["interrupted"]
    # What was cut short is not kept for others.
    again = asked.ask(f"{asked.plan}/prices", weights=True, posts=True, settings={"effort": "thorough"})
    assert again.status_code == 202
    planner.post(f"/runs/{again.json()['id']}/cancel")
    assert asked.site.wait_until(again.json()["id"], "cancelled")["reason"]["code"] == "cancelled"
