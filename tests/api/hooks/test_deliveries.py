"""What is delivered to a real receiver: signed, once or again under the same number, and nothing about anybody."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import TYPE_CHECKING, Any

from tests.api.hooks.conftest import HOST
from tests.api.jobs.fleet import wait_for
from tests.api.jobs.rounds import small_county
from tests.api.plans.solved import import_plan
from tests.api.server import Grant, made_round, made_run, refused, sample

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.api.hooks.conftest import Site
    from tests.api.hooks.receiver import Received

NAMES = {row["name"] for table in ("cadres", "villages", "units") for row in sample()[table]}


def signature(secret: str, came: Received) -> str:
    """Return the signature as the guide tells a receiver to count it."""
    signed = came.headers["matcher-timestamp"].encode() + b"." + came.body
    return f"v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def arrived(site: Site, hook: Mapping[str, Any]) -> Received:
    """Wait for what comes to a webhook first."""
    found: list[Received] = wait_for(lambda: site.receiver.at(hook["path"]), "a delivery")
    return found[0]


def test_a_run_that_is_done_is_told_and_signed(site: Site) -> None:
    hook, other = site.webhook("run.done", "run.failed"), site.webhook("run.cancelled")
    planner = site.server.planner()
    run = made_run(planner, settings={"effort": 1.0}).json()["id"]
    came = arrived(site, hook)
    row = planner.get(f"/runs/{run}").json()
    assert came.headers["matcher-signature"] == signature(hook["secret"], came)
    assert abs(int(came.headers["matcher-timestamp"]) - time.time()) < 60
    assert (came.headers["matcher-event"], came.headers["content-type"]) == ("run.done", "application/json")
    assert came.data == {
        "schema": "webhook/1",
        "delivery": came.headers["matcher-delivery"],
        "event": "run.done",
        "at": came.data["at"],
        "run": {name: row[name] for name in ("id", "round_id", "state", "score", "bound", "gap")},
    }
    assert row["score"] is not None
    assert not [name for name in NAMES if name in came.body.decode()]
    assert site.ended(hook, came.data["delivery"])["state"] == "delivered"
    assert site.deliveries(other) == []


def test_cancelled_runs_are_told_begun_or_not(site: Site) -> None:
    hook = site.webhook("run.cancelled")
    planner = site.server.planner()
    round_ = made_round(planner, small_county(40)).json()["id"]
    begun, waiting = (made_run(planner, round_, settings={"effort": 600.0}).json()["id"] for _ in range(2))
    wait_for(lambda: planner.get(f"/runs/{begun}").json()["state"] == "running", "its begin")
    for run in (waiting, begun):
        assert planner.post(f"/runs/{run}/cancel").status_code == 202
    wait_for(lambda: len(site.receiver.at(hook["path"])) == 2, "both")
    told = {one.data["run"]["id"]: one.data["run"] for one in site.receiver.at(hook["path"])}
    assert {run: one["state"] for run, one in told.items()} == dict.fromkeys((begun, waiting), "cancelled")
    assert (told[waiting]["score"], told[waiting]["gap"]) == (None, None)


def test_what_is_published_and_taken_back_is_told(site: Site) -> None:
    hook = site.webhook("publication.published", "publication.rolled_back")
    planner, approver = site.server.planner(), site.server.person(Grant("approver"))
    round_ = made_round(planner).json()["id"]
    plan = import_plan(planner, round_).json()["id"]
    first, second, third = (planner.post(f"/plans/{plan}/publications").json()["id"] for _ in range(3))
    any_ = {"If-Match": "*"}
    reason = {"reason": "示例理由，不外传"}
    assert approver.post(f"/publications/{first}/approve", headers=any_).status_code == 200
    assert approver.post(f"/publications/{second}/approve", headers=any_).status_code == 200
    for made in (second, third):  # the last one was never public
        answer = approver.post(f"/publications/{made}/rollback", json=reason, headers=any_)
        assert answer.status_code == 200
    wait_for(lambda: len(site.receiver.at(hook["path"])) >= 5, "all of it")
    found = site.receiver.at(hook["path"])
    told = [one.data["publication"] for one in found]
    # Each is sent by itself, so what happened at once may come in any order.
    assert sorted((one["id"], one["state"]) for one in told) == sorted(
        [
            (first, "published"),
            (first, "rolled_back"),
            (second, "published"),
            (second, "rolled_back"),
            (first, "published"),
        ]
    )
    assert {tuple(sorted(one)) for one in told} == {("id", "plan_id", "round_id", "state")}
    assert "示例理由" not in "".join(one.body.decode() for one in found)


def test_tried_again_with_growing_pauses_under_the_same_number(site: Site) -> None:
    hook = site.webhook()
    site.receiver.answer = lambda came: (204 if len(site.receiver.at(came.path)) == 3 else 503, {})
    delivery = site.test(hook)
    ended = site.ended(hook, delivery)
    assert (ended["state"], ended["attempts"], ended["status"]) == ("delivered", 3, 204)
    assert (ended["reason"], ended["next_at"]) == (None, None)
    came = site.receiver.at(hook["path"])
    assert [one.headers["matcher-delivery"] for one in came] == [delivery] * 3
    assert len({one.body for one in came}) == 1
    assert came[0].data["event"] == "test"


def test_given_up_in_the_end_and_delivered_when_asked_again(site: Site) -> None:
    hook = site.webhook()
    site.receiver.answer = lambda _: (500, {})
    delivery = site.test(hook)
    ended = site.ended(hook, delivery)
    assert (ended["state"], ended["attempts"], ended["status"]) == ("failed", 3, 500)
    assert ended["reason"]["code"] == "refused"
    assert ended["reason"]["sentence"]["zh"].startswith("接收方回答了 2xx 以外的状态")
    assert ended["reason"]["sentence"]["en"].startswith("the receiver answered with another status than 2xx")
    site.receiver.answer = lambda _: (204, {})
    path = f"/webhooks/{hook['id']}/deliveries/{delivery}/redeliver"
    again = site.administrator.post(path)
    assert (again.status_code, again.json()["state"], again.json()["attempts"]) == (202, "pending", 0)
    assert site.ended(hook, delivery)["state"] == "delivered"
    assert [one.headers["matcher-delivery"] for one in site.receiver.at(hook["path"])] == [delivery] * 4
    refused(site.administrator.post(path.replace(delivery, "none")), "not_found")


def test_no_redirect_is_followed(site: Site) -> None:
    hook = site.webhook()
    elsewhere = f"{site.receiver.url}/elsewhere"
    site.receiver.answer = lambda _: (307, {"Location": elsewhere})
    ended = site.ended(hook, site.test(hook))
    assert (ended["state"], ended["status"], ended["reason"]["code"]) == ("failed", 307, "redirected")
    assert site.receiver.at("/elsewhere") == []


def test_a_slow_receiver_is_left_and_holds_up_nobody(site: Site) -> None:
    slow, quick = site.webhook(), site.webhook()

    def answer(came: Received) -> tuple[int, dict[str, str]]:
        if came.path == slow["path"]:
            time.sleep(3)
        return 204, {}

    site.receiver.answer = answer
    late = site.test(slow)
    soon = site.test(quick)
    assert site.ended(quick, soon)["state"] == "delivered"
    assert [one["state"] for one in site.deliveries(slow)] == ["pending"]
    ended = site.ended(slow, late)
    assert (ended["state"], ended["status"], ended["reason"]["code"]) == ("failed", None, "too_slow")


def test_what_can_not_be_reached_says_why(site: Site) -> None:
    hook = site.webhook(url=f"http://{HOST}:1/")
    ended = site.ended(hook, site.test(hook))
    assert (ended["state"], ended["status"], ended["reason"]["code"]) == ("failed", None, "unreachable")


def test_private_addresses_need_a_word_of_the_administrator(site: Site) -> None:
    port = site.receiver.url.rpartition(":")[2]
    for host in ("localhost", "127.0.0.2", "::1", "10.1.2.3", "169.254.169.254", "no-such-host.invalid"):
        assert site.administrator.put(f"/webhook-hosts/{host}", json={}).json()["private"] is False
        shown = f"[{host}]" if ":" in host else host
        hook = site.webhook(url=f"http://{shown}:{port}/private")
        ended = site.ended(hook, site.test(hook))
        code = "no_address" if host.endswith(".invalid") else "private_address"
        assert (ended["state"], ended["reason"]["code"]) == ("failed", code), host
    assert site.receiver.at("/private") == []
    assert site.administrator.put("/webhook-hosts/localhost", json={"private": True}).status_code == 200
    hook = site.webhook(url=f"http://localhost:{port}/private")
    assert site.ended(hook, site.test(hook))["state"] == "delivered"
    (came,) = site.receiver.at("/private")
    assert came.headers["host"] == f"localhost:{port}"


def test_a_new_secret_signs_from_now_on(site: Site) -> None:
    hook = site.webhook()
    answer = site.administrator.post(f"/webhooks/{hook['id']}/secret")
    assert answer.json()["secret"] != hook["secret"]
    site.ended(hook, site.test(hook))
    (came,) = site.receiver.at(hook["path"])
    assert came.headers["matcher-signature"] == signature(answer.json()["secret"], came)


def test_nothing_of_the_secret_or_the_address_is_kept_or_logged(site: Site) -> None:
    hook = site.webhook()
    site.ended(hook, site.test(hook))
    shown = json.dumps(
        [site.administrator.get("/webhooks", params={"limit": 200}).json(), site.deliveries(hook)]
    )
    audited = site.administrator.get("/audit", params={"subject": hook["id"]}).json()["items"]
    assert [entry["detail"]["change"] for entry in audited] == ["test", "created"]
    log = site.server.log.read_text()
    for secret in (hook["secret"], hook["path"]):
        assert secret not in json.dumps(audited) + log
    assert hook["secret"] not in shown
    assert f'"delivery": "{site.deliveries(hook)[0]["id"]}"' in log


def test_a_deleted_webhook_is_gone_with_its_deliveries(site: Site) -> None:
    hook = site.webhook()
    site.receiver.answer = lambda _: (500, {})
    site.test(hook)
    path = f"/webhooks/{hook['id']}"
    refused(site.administrator.delete(path), "precondition_required")
    refused(site.administrator.delete(path, headers={"If-Match": '"other"'}), "precondition_failed")
    tag = site.administrator.get(path).headers["etag"]
    assert site.administrator.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert site.administrator.delete(path, headers={"If-Match": tag}).status_code == 204
    refused(site.administrator.get(path), "not_found")
    refused(site.administrator.get(f"{path}/deliveries"), "not_found")
    assert hook["id"] not in site.administrator.get("/webhooks", params={"limit": 200}).text


def test_the_same_request_makes_one_webhook_and_shows_its_secret_once(site: Site) -> None:
    body = {"url": f"{site.receiver.url}/once", "events": ["run.done"]}
    given = {"Idempotency-Key": "one-webhook"}
    first, second = (site.administrator.post("/webhooks", json=body, headers=given) for _ in range(2))
    assert (first.json()["id"], second.json()["secret"]) == (second.json()["id"], None)
    assert first.json()["secret"].startswith("whsec_")


def test_pages_of_hosts_and_deliveries(site: Site) -> None:
    for name in ("b.example", "a.example"):
        site.administrator.put(f"/webhook-hosts/{name}", json={})
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = site.administrator.get("/webhook-hosts", params={"limit": 1, "cursor": cursor}).json()
        seen += [item["host"] for item in page["items"]]
        cursor = page["next"]
    assert seen == sorted(seen)
    assert {"a.example", "b.example"} <= set(seen)
    tag = site.administrator.get("/webhook-hosts/a.example").headers["etag"]
    gone = site.administrator.delete("/webhook-hosts/a.example", headers={"If-Match": tag})
    assert gone.status_code == 204
    refused(site.administrator.get("/webhook-hosts/a.example"), "not_found")
    hook = site.webhook()
    made = [site.test(hook) for _ in range(3)]
    first = site.administrator.get(f"/webhooks/{hook['id']}/deliveries", params={"limit": 2}).json()
    assert [item["id"] for item in first["items"]] == [made[2], made[1]]
    rest = {"cursor": first["next"]}
    last = site.administrator.get(f"/webhooks/{hook['id']}/deliveries", params=rest).json()
    assert [item["id"] for item in last["items"]] == [made[0]]
