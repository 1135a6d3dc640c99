"""HEAD: wherever there is GET, answered the same without the body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.api.access.matrix import ROUTES, World
from tests.api.server import API, made_run, refused

if TYPE_CHECKING:
    from tests.api.server import Server

READS = [path for method, path in ROUTES if method == "GET"]
#: Other each time: when it was asked, or how it is packed.
_OWN = {"date", "x-request-id", "content-length", "set-cookie"}


class Heads(httpx.Client):
    """A client that asks with HEAD what it is to GET."""

    def request(self, method: str, url: Any, **more: Any) -> httpx.Response:
        return super().request("HEAD" if method == "GET" else method, url, **more)


@pytest.fixture(scope="module")
def world(server: Server) -> World:
    return World(server)


@pytest.mark.parametrize("path", READS)
def test_head_is_get_without_the_body(world: World, path: str) -> None:
    route = ROUTES["GET", path]
    client = world.planner if "planner" in route.roles else world.server.administrator
    got = route.ask(world, client)
    with Heads(base_url=client.base_url, headers=client.headers, timeout=60) as heads:
        headed = route.ask(world, heads)
    assert headed.request.method == "HEAD"
    assert (headed.status_code, headed.content) == (got.status_code, b"")
    shown = [
        {name: value for name, value in one.headers.items() if name not in _OWN} for one in (got, headed)
    ]
    assert shown[0] == shown[1]
    assert ("content-length" in headed.headers) == ("content-length" in got.headers)


def test_head_of_a_stream_is_over_at_once(server: Server) -> None:
    planner = server.planner()
    run = made_run(planner).json()["id"]
    headers = {"Accept": "text/event-stream"}
    for _ in range(3):  # on one connection: nothing of the stream comes after
        answer = planner.head(f"/runs/{run}/events", headers=headers)
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["content-type"].startswith("text/event-stream")
    assert planner.get(f"/runs/{run}").json()["id"] == run


def test_head_where_there_is_no_get_or_no_key(server: Server) -> None:
    planner = server.planner()
    answer = planner.head("/rounds/validate/none")
    assert (answer.status_code, answer.content) == (404, b"")
    answer = planner.head("/plans/any/check")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    refused(planner.request("PUT", "/me", json={}), "method_not_allowed")
    assert httpx.head(f"{server.url}{API}/me").status_code == 401
    for path in ("/healthz", "/readyz", f"{API}/openapi.json"):
        answer = httpx.head(f"{server.url}{path}")
        assert (answer.status_code, answer.content) == (200, b"")
        assert int(answer.headers["content-length"]) > 0
