"""The matrix: for every route, who may use it and what is answered; written out here, and not taken from the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tests.api.hooks.made import HOOK, HOST, delivered, listed_webhook
from tests.api.plans.solved import edit_of, import_plan, solved, why
from tests.api.server import COUNTY, PREFECTURE, Grant, made_round, sample

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.api.server import Server

ROLES = ("viewer", "planner", "approver", "administrator")

#: Grants by the name of their scope, and whether they reach the round of the tests.
SCOPES: dict[str, tuple[str, str, bool]] = {
    "all": ("all", "", True),
    "own prefecture": ("prefecture", PREFECTURE, True),
    "own county": ("county", COUNTY, True),
    "other prefecture": ("prefecture", "别的市", False),
    "other county": ("county", "别的县", False),
}

VILLAGE = solved().posts[-1].village
DROP = {"op": "decide", "table": "decisions", "values": {"kind": "drop", "cadre": solved().posts[0].cadre}}

_READERS = {"viewer", "planner", "approver"}
_WORKERS = {"planner", "approver"}


class World:
    """What the requests of the matrix are about: a round that a planner made, and a principal."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.planner = server.planner()
        self.round = made_round(self.planner).json()["id"]
        self.run = start_run(self, self.planner).json()["id"]
        self.plan = import_plan(self.planner, self.round).json()["id"]
        self.approver = server.person(Grant("approver"))
        self.publish()
        self.spare = server.principal(Grant("viewer"))
        self.hook = listed_webhook(server)
        self.visitor = server.with_password(Grant("viewer"))
        self.count = 1

    def proposal(self) -> str:
        """Propose the plan and return the publication."""
        made: str = self.planner.post(f"/plans/{self.plan}/publications").json()["id"]
        return made

    def publish(self) -> None:
        """Publish the plan, and propose it once more."""
        self.published = self.proposal()
        answer = self.approver.post(f"/publications/{self.published}/approve", headers={"If-Match": "*"})
        assert answer.status_code == 200, answer.text
        self.proposed = self.proposal()

    def tag(self, path: str) -> str:
        """Return the entity tag of a round, as somebody who may read it sees it."""
        tag: str = self.planner.get(path).headers["etag"]
        return tag

    def administrator_tag(self, path: str) -> str:
        """Return the entity tag of a principal."""
        tag: str = self.server.administrator.get(path).headers["etag"]
        return tag

    def another(self) -> int:
        """Return a number that was not used before."""
        self.count += 1
        return self.count


class Route(NamedTuple):
    """One route of the matrix.

    ``outside`` is what is answered where the role would do but the scope does not reach, ``stranger`` that no key is
    asked for.
    """

    action: str
    roles: set[str]
    ask: Callable[[World, httpx.Client], httpx.Response]
    ok: int = 200
    outside: int = 404
    everybody: bool = False
    system_wide: bool = False
    stranger: bool = False
    #: What is answered to who comes with a session, where it is not the same as with a key.
    in_session: int = 0


def edit_round(world: World, client: httpx.Client) -> httpx.Response:
    body = {"reason": "x", "edits": [{"op": "field", "values": {"name": f"第{world.another()}次"}}]}
    path = f"/rounds/{world.round}"
    return client.patch(path, json=body, headers={"If-Match": world.tag(path)})


def delete_round(world: World, client: httpx.Client) -> httpx.Response:
    path = f"/rounds/{world.round}"
    answer = client.delete(path, headers={"If-Match": world.tag(path)})
    if answer.status_code == 204:
        world.round = made_round(world.planner).json()["id"]
        world.run = start_run(world, world.planner).json()["id"]
        world.plan = import_plan(world.planner, world.round).json()["id"]
        world.publish()
    return answer


def start_run(world: World, client: httpx.Client) -> httpx.Response:
    return client.post(f"/rounds/{world.round}/runs", json={})


def ask_of_run(asked: str) -> Callable[[World, httpx.Client], httpx.Response]:
    """Return a request about a run of its own, which is ended by it."""

    def ask(world: World, client: httpx.Client) -> httpx.Response:
        run = start_run(world, world.planner).json()["id"]
        return client.post(f"/runs/{run}/{asked}")

    return ask


def make_principal(world: World, client: httpx.Client) -> httpx.Response:
    return client.post(
        "/principals", json={"kind": "service", "name": f"{world.spare['id']}-{world.another()}"}
    )


def change_principal(world: World, client: httpx.Client) -> httpx.Response:
    path = f"/principals/{world.spare['id']}"
    return client.patch(path, json={"disabled": True}, headers={"If-Match": world.administrator_tag(path)})


def put_grants(world: World, client: httpx.Client) -> httpx.Response:
    path = f"/principals/{world.spare['id']}"
    return client.put(
        f"{path}/grants", json={"grants": []}, headers={"If-Match": world.administrator_tag(path)}
    )


def delete_host(world: World, client: httpx.Client) -> httpx.Response:
    path = f"/webhook-hosts/h{world.another()}.example"
    tag = world.server.administrator.put(path, json={}).headers["etag"]
    return client.delete(path, headers={"If-Match": tag})


def delete_webhook(world: World, client: httpx.Client) -> httpx.Response:
    made = world.server.administrator.post("/webhooks", json=HOOK)
    path = f"/webhooks/{made.json()['id']}"
    return client.delete(path, headers={"If-Match": made.headers["etag"]})


def redeliver(world: World, client: httpx.Client) -> httpx.Response:
    delivery = delivered(world.server, world.hook)
    return client.post(f"/webhooks/{world.hook}/deliveries/{delivery}/redeliver")


def system(action: str, ask: Callable[[World, httpx.Client], httpx.Response], ok: int = 200) -> Route:
    """Return a route for administrators of everything."""
    return Route(action, {"administrator"}, ask, ok, 403, system_wide=True)


def on_plan(action: str, roles: set[str], method: str, rest: str = "", **more: Any) -> Route:
    """Return a route about the plan of the world's round."""

    def ask(world: World, client: httpx.Client) -> httpx.Response:
        return client.request(method, f"/plans/{world.plan}{rest}", **more)

    return Route(action, roles, ask)


def question(rest: str, body: dict[str, Any], ok: int = 202) -> Route:
    """Return a question about the plan."""
    return Route("runs.start", {"planner"}, lambda w, c: c.post(f"/plans/{w.plan}{rest}", json=body), ok)


def propose(world: World, client: httpx.Client) -> httpx.Response:
    return client.post(f"/plans/{world.plan}/publications")


def approve(world: World, client: httpx.Client) -> httpx.Response:
    path = f"/publications/{world.proposed}"
    answer = client.post(f"{path}/approve", headers={"If-Match": world.tag(path)})
    if answer.status_code == 200:
        world.published, world.proposed = world.proposed, world.proposal()
    return answer


def roll_back(world: World, client: httpx.Client) -> httpx.Response:
    path = f"/publications/{world.proposed}"
    answer = client.post(f"{path}/rollback", json={"reason": "x"}, headers={"If-Match": world.tag(path)})
    if answer.status_code == 200:
        world.proposed = world.proposal()
    return answer


def catalogue(path: str) -> Route:
    """Return a route for everybody who has a key."""
    return Route("catalogue.read", set(ROLES), lambda _, c: c.get(path), everybody=True)


def own(
    action: str, ask: Callable[[World, httpx.Client], httpx.Response], ok: int, in_session: int = 0
) -> Route:
    """Return a route about the caller's own sessions and password."""
    return Route(action, set(ROLES), ask, ok, everybody=True, in_session=in_session)


def to_log_in(action: str, ask: Callable[[World, httpx.Client], httpx.Response], ok: int) -> Route:
    """Return a route that asks for no key; what is asked here is refused for what it says, not for who asks."""
    return Route(action, set(ROLES), ask, ok, everybody=True, stranger=True)


#: What no password of the tests is.
WRONG = "竹杖芒鞋轻胜马"

#: Routes after which the session that asked is over.
ENDING = {("DELETE", "/session"), ("DELETE", "/sessions")}


ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/me"): Route("me.read", set(ROLES), lambda _, c: c.get("/me"), everybody=True),
    ("POST", "/rounds"): Route("rounds.create", {"planner"}, lambda _, c: c.post("/rounds", json=sample()), 201, 403),
    ("POST", "/rounds/validate"): Route(
        "rounds.validate", {"planner"}, lambda _, c: c.post("/rounds/validate", json=sample()), outside=200
    ),
    ("GET", "/rounds"): Route("rounds.read", _READERS, lambda _, c: c.get("/rounds"), outside=200),
    ("GET", "/rounds/{round_id}"): Route("rounds.read", _READERS, lambda w, c: c.get(f"/rounds/{w.round}")),
    ("GET", "/rounds/{round_id}/document"): Route(
        "rounds.read_document", _READERS, lambda w, c: c.get(f"/rounds/{w.round}/document")
    ),
    ("GET", "/rounds/{round_id}/document/full"): Route(
        "rounds.read_sensitive", {"planner", "approver"}, lambda w, c: c.get(f"/rounds/{w.round}/document/full")
    ),
    ("GET", "/rounds/{round_id}/revisions"): Route(
        "rounds.read", _READERS, lambda w, c: c.get(f"/rounds/{w.round}/revisions")
    ),
    ("GET", "/rounds/{round_id}/revisions/{number}"): Route(
        "rounds.read", _READERS, lambda w, c: c.get(f"/rounds/{w.round}/revisions/1")
    ),
    ("PATCH", "/rounds/{round_id}"): Route("rounds.edit", {"planner"}, edit_round),
    ("DELETE", "/rounds/{round_id}"): Route("rounds.delete", {"planner"}, delete_round, 204),
    ("POST", "/rounds/{round_id}/runs"): Route("runs.start", {"planner"}, start_run, 202),
    ("GET", "/runs"): Route("runs.read", _READERS, lambda _, c: c.get("/runs"), outside=200),
    ("GET", "/runs/{run_id}"): Route("runs.read", _READERS, lambda w, c: c.get(f"/runs/{w.run}")),
    ("GET", "/runs/{run_id}/events"): Route("runs.read", _READERS, lambda w, c: c.get(f"/runs/{w.run}/events")),
    ("GET", "/runs/{run_id}/plans"): Route("runs.read", _READERS, lambda w, c: c.get(f"/runs/{w.run}/plans")),
    # Nobody has worked on it, so whoever may have the answer is told that there is none yet.
    ("GET", "/runs/{run_id}/result"): Route(
        "runs.read_result", _READERS, lambda w, c: c.get(f"/runs/{w.run}/result"), 409
    ),
    ("GET", "/runs/{run_id}/result/full"): Route(
        "runs.read_sensitive", {"planner", "approver"}, lambda w, c: c.get(f"/runs/{w.run}/result/full"), 409
    ),
    ("POST", "/runs/{run_id}/rerun"): Route(
        "runs.start", {"planner"}, lambda w, c: c.post(f"/runs/{w.run}/rerun"), 202
    ),
    ("POST", "/runs/{run_id}/repeat"): Route(
        "runs.start", {"planner"}, lambda w, c: c.post(f"/runs/{w.run}/repeat"), 202
    ),
    # Nothing is finished of it, so whoever may keep a scenario is told that.
    ("POST", "/runs/{run_id}/save"): Route(
        "runs.save_scenario", {"planner"},
        lambda w, c: c.post(f"/runs/{w.run}/save", json={"to": "round", "reason": "x"}), 409,
    ),
    # The plan has no certificate of its bound, so whoever may ask for prices and core is told that.
    ("POST", "/plans/{plan_id}/why-not"): question("/why-not", {"cadre": solved().posts[0].cadre, "village": VILLAGE}),
    ("POST", "/plans/{plan_id}/prices"): question("/prices", {}, 409),
    ("POST", "/plans/{plan_id}/core"): question("/core", {}, 409),
    ("POST", "/plans/{plan_id}/mend"): question("/mend", {"edits": [DROP]}),
    ("POST", "/rounds/{round_id}/what-ifs"): Route(
        "runs.start", {"planner"},
        lambda w, c: c.post(f"/rounds/{w.round}/what-ifs", json={"scenarios": [{"name": "x", "edits": [DROP]}]}), 202,
    ),
    ("POST", "/runs/{run_id}/stop"): Route("runs.stop", {"planner"}, ask_of_run("stop"), 202),
    ("POST", "/runs/{run_id}/cancel"): Route("runs.cancel", {"planner"}, ask_of_run("cancel"), 202),
    ("GET", "/principals"): system("principals.read", lambda _, c: c.get("/principals")),
    ("POST", "/principals"): system("principals.write", make_principal, 201),
    ("GET", "/principals/{principal_id}"): system(
        "principals.read", lambda w, c: c.get(f"/principals/{w.spare['id']}")
    ),
    ("PATCH", "/principals/{principal_id}"): system("principals.write", change_principal),
    ("PUT", "/principals/{principal_id}/grants"): system("grants.write", put_grants),
    ("POST", "/principals/{principal_id}/keys"): system(
        "keys.write", lambda w, c: c.post(f"/principals/{w.spare['id']}/keys", json={}), 201
    ),
    ("POST", "/keys/{key_id}/revoke"): system(
        "keys.write", lambda w, c: c.post(f"/keys/{w.spare['key_id']}/revoke")
    ),
    ("GET", "/rounds/{round_id}/plans"): Route(
        "plans.list", _READERS, lambda w, c: c.get(f"/rounds/{w.round}/plans")
    ),
    ("POST", "/rounds/{round_id}/plans"): Route(
        "plans.import", {"planner"}, lambda w, c: c.post(f"/rounds/{w.round}/plans", json=solved().document()), 201
    ),
    ("GET", "/plans/{plan_id}"): on_plan("plans.read", _READERS, "GET"),
    ("GET", "/plans/{plan_id}/full"): on_plan("plans.read_sensitive", _WORKERS, "GET", "/full"),
    ("POST", "/plans/{plan_id}/check"): on_plan("plans.check", _READERS, "POST", "/check"),
    ("POST", "/plans/{plan_id}/check/full"): on_plan("plans.check_sensitive", _WORKERS, "POST", "/check/full"),
    ("POST", "/plans/{plan_id}/edit"): on_plan("plans.edit", {"planner"}, "POST", "/edit", json=edit_of()),
    ("POST", "/plans/{plan_id}/edit/full"): on_plan(
        "plans.edit_sensitive", {"planner"}, "POST", "/edit/full", json=edit_of()
    ),
    ("GET", "/plans/{plan_id}/diff/{other_id}"): Route(
        "plans.compare", _READERS, lambda w, c: c.get(f"/plans/{w.plan}/diff/{w.plan}")
    ),
    ("GET", "/plans/{plan_id}/why"): on_plan("plans.explain", _READERS, "GET", "/why", params=why()),
    ("GET", "/plans/{plan_id}/why/full"): on_plan(
        "plans.explain_sensitive", _WORKERS, "GET", "/why/full", params=why()
    ),
    ("GET", "/plans/{plan_id}/exports/notice.{form}"): on_plan(
        "exports.notice", _READERS, "GET", "/exports/notice.txt"
    ),
    ("GET", "/plans/{plan_id}/exports/{file}"): on_plan("exports.internal", _WORKERS, "GET", "/exports/posts.csv"),
    ("GET", "/rounds/{round_id}/publications"): Route(
        "publications.read", _READERS, lambda w, c: c.get(f"/rounds/{w.round}/publications")
    ),
    ("POST", "/plans/{plan_id}/publications"): Route("publications.propose", {"planner"}, propose, 201),
    ("GET", "/publications/{publication_id}"): Route(
        "publications.read", _READERS, lambda w, c: c.get(f"/publications/{w.published}")
    ),
    ("GET", "/publications/{publication_id}/notice"): Route(
        "publications.read", _READERS, lambda w, c: c.get(f"/publications/{w.published}/notice")
    ),
    ("POST", "/publications/{publication_id}/approve"): Route("publications.approve", {"approver"}, approve),
    ("POST", "/publications/{publication_id}/rollback"): Route("publications.roll_back", {"approver"}, roll_back),
    ("GET", "/catalogue/rules"): catalogue("/catalogue/rules"),
    ("GET", "/catalogue/terms"): catalogue("/catalogue/terms"),
    ("GET", "/catalogue/codes"): catalogue("/catalogue/codes"),
    ("GET", "/templates/round.xlsx"): catalogue("/templates/round.xlsx"),
    ("GET", "/demos"): catalogue("/demos"),
    ("GET", "/demos/{name}"): catalogue("/demos/huaxi"),
    ("GET", "/webhook-hosts"): system("hooks.read", lambda _, c: c.get("/webhook-hosts")),
    ("PUT", "/webhook-hosts/{host}"): system(
        "hooks.write", lambda w, c: c.put(f"/webhook-hosts/h{w.another()}.example", json={})
    ),
    ("GET", "/webhook-hosts/{host}"): system("hooks.read", lambda _, c: c.get(f"/webhook-hosts/{HOST}")),
    ("DELETE", "/webhook-hosts/{host}"): system("hooks.write", delete_host, 204),
    ("GET", "/webhooks"): system("hooks.read", lambda _, c: c.get("/webhooks")),
    ("POST", "/webhooks"): system("hooks.write", lambda _, c: c.post("/webhooks", json=HOOK), 201),
    ("GET", "/webhooks/{webhook_id}"): system("hooks.read", lambda w, c: c.get(f"/webhooks/{w.hook}")),
    ("DELETE", "/webhooks/{webhook_id}"): system("hooks.write", delete_webhook, 204),
    ("POST", "/webhooks/{webhook_id}/secret"): system(
        "hooks.write", lambda w, c: c.post(f"/webhooks/{w.hook}/secret")
    ),
    ("POST", "/webhooks/{webhook_id}/test"): system(
        "hooks.write", lambda w, c: c.post(f"/webhooks/{w.hook}/test"), 202
    ),
    ("GET", "/webhooks/{webhook_id}/deliveries"): system(
        "hooks.read", lambda w, c: c.get(f"/webhooks/{w.hook}/deliveries")
    ),
    ("POST", "/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver"): system("hooks.write", redeliver, 202),
    ("POST", "/session"): to_log_in(
        "session.begin", lambda w, c: c.post("/session", json={"name": w.visitor["name"], "password": WRONG}), 401
    ),
    ("GET", "/session"): own("session.read", lambda _, c: c.get("/session"), 409, 200),
    ("DELETE", "/session"): own("session.end", lambda _, c: c.delete("/session"), 409, 204),
    ("GET", "/sessions"): own("sessions.list", lambda _, c: c.get("/sessions"), 200),
    ("DELETE", "/sessions"): own("sessions.end", lambda _, c: c.delete("/sessions"), 204),
    ("DELETE", "/sessions/{session_id}"): own("session.end", lambda _, c: c.delete("/sessions/none"), 404),
    ("DELETE", "/principals/{principal_id}/sessions"): system(
        "sessions.end_of_others", lambda w, c: c.delete(f"/principals/{w.visitor['id']}/sessions"), 204
    ),
    ("PUT", "/me/password"): own(
        "password.change", lambda _, c: c.put("/me/password", json={"current": WRONG, "new": WRONG}), 403
    ),
    ("POST", "/principals/{principal_id}/password"): system(
        "passwords.reset", lambda w, c: c.post(f"/principals/{w.spare['id']}/password", json={}), 201
    ),
    ("POST", "/password"): to_log_in(
        "password.redeem",
        lambda w, c: c.post("/password", json={"name": w.visitor["name"], "code": WRONG, "password": WRONG}),
        403,
    ),
    # Single sign-on is not set up here; test_oidc.py has what it does where it is.
    ("GET", "/session/oidc/start"): to_log_in("oidc.begin", lambda _, c: c.get("/session/oidc/start"), 404),
    ("GET", "/session/oidc/callback"): to_log_in("oidc.begin", lambda _, c: c.get("/session/oidc/callback"), 404),
    ("PUT", "/principals/{principal_id}/identity"): system(
        "identities.write", lambda w, c: c.put(f"/principals/{w.spare['id']}/identity", json={"subject": "x"}), 404
    ),
    ("GET", "/audit"): system("audit.read", lambda _, c: c.get("/audit")),
}  # fmt: skip


def expected(route: Route, role: str, scope: str) -> int:
    """Return the status that a cell of the matrix must have."""
    if route.everybody:
        return route.ok
    if role not in route.roles:
        return 403
    kind, _, is_inside = SCOPES[scope]
    if route.system_wide:
        return route.ok if kind == "all" else 403
    return route.ok if is_inside else route.outside
