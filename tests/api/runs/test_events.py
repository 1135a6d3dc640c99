"""Streams of events: nothing missed, nothing twice, whatever happens meanwhile."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import pytest

from api.jobs.repository import update
from api.jobs.thinning import THINNED
from api.runs.hub import TICK
from api.storage.engine import connect
from api.storage.schema import runs
from api.storage.session import writing
from tests.api.jobs.fleet import wait_for
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
    kept = all_told(site, run)
    assert_nothing_is_missing(seen, kept)
    assert (seen[0].kind, seen[-1].kind) == ("queued", "done")
    page = site.planner.get(f"/runs/{run}/events", params={"limit": 200}).json()
    assert page == {"items": [one.data for one in kept], "next": None}
    first = site.planner.get(f"/runs/{run}/events", params={"limit": 1})
    assert first.json()["items"] == [seen[0].data]
    second = site.planner.get(f"/runs/{run}/events", params={"limit": 1, "cursor": first.json()["next"]})
    assert second.json()["items"] == [kept[1].data]
    after = site.planner.get(f"/runs/{run}/events", params={"after": seen[-1].number - 1}).json()
    assert after["items"] == [seen[-1].data]
    # A browser comes back after the end; this tells it not to.
    with stream(site.planner, run, last=seen[-1].number) as response:
        assert response.status_code == 204


def assert_nothing_is_missing(seen: list[Told], kept: list[Told]) -> None:
    """Assert that a reader had each event once and in order, but for those that told nothing new when the run ended."""
    numbers = [one.number for one in seen]
    assert numbers == sorted(set(numbers))
    assert (numbers[0], numbers[-1]) == (1, kept[-1].number)
    assert [one for one in seen if one.number in {same.number for same in kept}] == kept
    assert {one.kind for one in seen} - {one.kind for one in kept} <= THINNED


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
    assert_nothing_is_missing(seen, all_told(site, run))
    assert seen[-1].kind == "done"
    assert "taken_over" in [one.kind for one in seen]
    assert_no_equality_is_promised(site, run)


def assert_no_equality_is_promised(site: Site, run: str) -> None:
    """Repeat a run that was continued and stopped: the repeat says why it may differ."""
    repeat = site.planner.post(f"/runs/{run}/repeat").json()["id"]
    wait_for(lambda: site.planner.get(f"/runs/{repeat}").json()["score"], "a plan")
    assert site.planner.post(f"/runs/{repeat}/stop").status_code == 202
    shown = site.wait_until(repeat, "done")["repeat"]
    assert (shown["of"], type(shown["equal"])) == (run, bool)
    assert [reason["code"] for reason in shown["reasons"]] == ["continued", "stopped"]
    assert shown["reasons"][1]["sentence"] == {
        "zh": "其中一个运行被要求提前停止",
        "en": "one of the runs was asked to stop early",
    }
    dropped = site.planner.post(f"/runs/{run}/repeat").json()["id"]
    site.planner.post(f"/runs/{dropped}/cancel")
    assert site.wait_until(dropped, "cancelled")["repeat"]["reasons"][0]["code"] == "no_answer"


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


def test_reader_that_is_too_slow_is_cut_off_and_misses_nothing(own_server: Callable[..., Server]) -> None:
    server = own_server()
    planner = server.planner()
    run = made_run(planner).json()["id"]
    seen: list[Told] = []
    with stream(planner, run) as response:
        pieces = told(response)
        seen.append(next(pieces))
        # More than what the pipe and the hub keep together.
        add_events(server, run, batches=40, each=100)
        seen += [one for one in pieces if one.kind]
    assert 1 < len(seen) < 4001
    with stream(planner, run, last=seen[-1].number) as response:
        for one in told(response):
            seen.append(one)
            if one.number == 4001:
                break
    assert [one.number for one in seen] == list(range(1, 4002))


def add_events(server: Server, run: str, *, batches: int, each: int) -> None:
    """Let a run say long lines, faster than anybody reads them."""
    database = connect(server.database_url)
    said = [("progress", {"phase": "x" * 10_000})] * each
    for _ in range(batches):
        with writing(database) as connection:
            assert update(connection, [runs.c.id == run], said)
        time.sleep(TICK)
    database.dispose()
