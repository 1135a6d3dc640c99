"""Streams of events: nothing missed, nothing twice, whatever happens meanwhile."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from tests.api.jobs.rounds import small_county
from tests.api.runs.streams import Told, stream, told
from tests.api.server import Grant, made_run

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.runs.conftest import Site
    from tests.api.server import Server


def all_told(site: Site, run: str) -> list[Told]:
    with stream(site.planner, run) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        return [one for one in told(response) if one.kind]


def test_stream_goes_on_where_the_reader_was(site: Site) -> None:
    run = site.run(site.round(small_county()))
    seen: list[Told] = []
    with stream(site.planner, run) as response:
        for one in told(response):
            seen.append(one)
            if one.kind == "running":
                break
    with stream(site.planner, run, last=seen[-1].number) as response:
        seen += [one for one in told(response) if one.kind]
    assert [one.number for one in seen] == list(range(1, len(seen) + 1))
    assert (seen[0].kind, seen[-1].kind) == ("queued", "done")
    assert all_told(site, run) == seen
    page = site.planner.get(f"/runs/{run}/events", params={"limit": 200}).json()
    assert page == {"items": [one.data for one in seen], "next": None}
    first = site.planner.get(f"/runs/{run}/events", params={"limit": 1})
    assert first.json()["items"] == [seen[0].data]
    second = site.planner.get(f"/runs/{run}/events", params={"limit": 1, "cursor": first.json()["next"]})
    assert second.json()["items"] == [seen[1].data]
    after = site.planner.get(f"/runs/{run}/events", params={"after": len(seen) - 1}).json()
    assert after["items"] == [seen[-1].data]
    # A browser comes back after the end; this tells it not to.
    with stream(site.planner, run, last=len(seen)) as response:
        assert response.status_code == 204


def test_killed_worker_leaves_no_gap(site: Site) -> None:
    run = site.run(site.round(small_county(40)), {"effort": 600.0})
    seen: list[Told] = []
    is_killed = is_stopped = False
    with stream(site.planner, run) as response:
        for one in told(response):
            if not one.kind:
                continue
            seen.append(one)
            has_plan = one.data["data"].get("score") is not None
            is_taken_over = "taken_over" in [old.kind for old in seen]
            if has_plan and one.kind == "checkpoint" and not is_killed:
                site.worker.kill()
                site.worker.start()
                is_killed = True
            elif has_plan and is_taken_over and not is_stopped:
                assert site.planner.post(f"/runs/{run}/stop").status_code == 202
                is_stopped = True
    assert [one.number for one in seen] == list(range(1, len(seen) + 1))
    assert seen[-1].kind == "done"
    assert "taken_over" in [one.kind for one in seen]


def test_stream_shows_that_it_lives_and_ends_with_the_right_to_read(
    own_server: Callable[..., Server],
) -> None:
    server = own_server(HEARTBEAT_SECONDS="0.5", RECHECK_SECONDS="1")
    run = made_run(server.planner()).json()["id"]
    reader = server.principal(Grant("viewer"))
    with stream(server.client(reader["key"]), run) as response:
        pieces = told(response)
        assert next(pieces).kind == "queued"
        assert next(pieces).comment == "alive"
        assert server.administrator.post(f"/keys/{reader['key_id']}/revoke").status_code == 200
        assert {one.comment for one in pieces} <= {"alive"}


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_service_that_ends_asks_its_readers_to_come_again(
    own_server: Callable[..., Server], how: signal.Signals
) -> None:
    server = own_server()
    run = made_run(server.planner()).json()["id"]
    with stream(server.planner(), run) as response:
        pieces = told(response)
        assert next(pieces).kind == "queued"
        os.kill(server.pid, how)
        assert [one.retry for one in pieces] == [2000]
