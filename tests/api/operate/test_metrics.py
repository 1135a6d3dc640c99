"""``/metrics``: what is counted, who may read it, and that it names nobody."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.storage.engine import open_database
from tests.api.operate.conftest import post_run
from tests.api.server import Server, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.postgres import PostgresServer


def samples(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Return the value of each sample by its name and labels."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(server: Server, name: str, **labels: str) -> float:
    answer = httpx.get(f"{server.url}/metrics", timeout=30)
    assert answer.status_code == 200
    return samples(answer.text)[name, frozenset(labels.items())]


def test_requests_and_runs_are_counted_and_nobody_is_named(own_server: Callable[..., Server]) -> None:
    server = own_server()
    me = server.administrator.get("/me").json()
    assert server.client("mk_none").get("/me").status_code == 401
    httpx.request("ODD", f"{server.url}/nowhere/示例甲")
    database = open_database(server.database_url)
    run = post_run(database)
    database.dispose()
    route = {"method": "GET", "route": "/me"}
    text = httpx.get(f"{server.url}/metrics").text
    found = samples(text)
    for status in ("200", "401"):
        assert found["matcher_http_requests_total", frozenset({**route, "status": status}.items())] == 1
    assert found["matcher_http_request_seconds_count", frozenset(route.items())] == 2
    assert any(
        ("method", "other") in labels for name, labels in found if name == "matcher_http_requests_total"
    )
    assert value(server, "matcher_runs", state="queued") == 1
    assert value(server, "matcher_runs", state="done") == 0
    assert value(server, "matcher_queue_length") == 1
    assert value(server, "matcher_queue_oldest_seconds") > 0
    assert value(server, "matcher_checkpoint_oldest_seconds") == 0
    assert value(server, "matcher_database_up") == 1
    for secret in (me["id"], me["name"], run, "nowhere", "mk_", "user-1"):
        assert secret not in text


def test_a_token_is_asked_for_where_one_is_set(own_server: Callable[..., Server]) -> None:
    server = own_server(METRICS_TOKEN="t" * 16)
    address = f"{server.url}/metrics"
    refused(httpx.get(address), "not_found")
    refused(httpx.get(address, headers={"Authorization": "Bearer wrong"}), "not_found")
    assert httpx.get(address, headers={"Authorization": "Bearer " + "t" * 16}).status_code == 200


def test_without_a_token_only_this_machine_may_read(own_server: Callable[..., Server]) -> None:
    host = _own_address()
    server = own_server(HOST="0.0.0.0")
    port = server.url.rpartition(":")[2]
    assert httpx.get(f"http://127.0.0.1:{port}/metrics").status_code == 200
    assert httpx.get(f"http://{host}:{port}/healthz").status_code == 200
    refused(httpx.get(f"http://{host}:{port}/metrics"), "not_found")


def test_a_database_that_is_away_is_said_to_be(
    own_server: Callable[..., Server], own_postgres: PostgresServer
) -> None:
    own_postgres.start()
    server = own_server(own_postgres.url("postgres"))
    assert value(server, "matcher_database_up") == 1
    own_postgres.stop()
    assert value(server, "matcher_database_up") == 0
    own_postgres.start()
    assert value(server, "matcher_database_up") == 1


def _own_address() -> str:
    """Return an address of this machine that is not the loopback's; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        try:
            one.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("this machine has no network")
        host: str = one.getsockname()[0]
    return host
