"""The processes that count: they have their time, their turn, and an end with the service."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.api.plans.solved import import_plan
from tests.api.server import made_round, refused, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.api.server import Server


def desk_of(server: Server) -> int:
    """Return the one process of the desk."""
    found = subprocess.run(["pgrep", "-P", str(server.pid)], capture_output=True, text=True, check=True)
    (process,) = found.stdout.split()
    return int(process)


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def with_plan(server: Server) -> tuple[httpx.Client, str]:
    planner = server.planner()
    plan = import_plan(planner, made_round(planner).json()["id"]).json()["id"]
    return planner, f"/plans/{plan}/check"


def test_what_takes_too_long_is_stopped_and_the_next_is_answered(own_server: Callable[..., Server]) -> None:
    server = own_server(DESK_SECONDS="10")
    planner, path = with_plan(server)
    for language, title in (("zh", "核算超过 10 秒，已停止"), ("en", "counting took more than 10 s")):
        first = desk_of(server)
        os.kill(first, signal.SIGSTOP)
        answer = planner.post(path, params={"lang": language})
        assert answer.status_code == 503
        refused(answer, "takes_too_long", title)
        assert planner.post(path).json()["ok"] is True
        assert desk_of(server) != first


def test_more_than_can_wait_are_sent_away(own_server: Callable[..., Server]) -> None:
    server = own_server()
    planner, path = with_plan(server)
    os.kill(desk_of(server), signal.SIGSTOP)
    answers: list[httpx.Response] = []
    asking = [threading.Thread(target=lambda: answers.append(planner.post(path))) for _ in range(7)]
    for thread in asking:
        thread.start()
    # One is being answered and four wait; of seven, two are sent away at once.
    wait_for(lambda: len(answers) == 2)
    for answer in answers:
        refused(answer, "desk_busy", "等待核算的请求过多")
        assert answer.headers["retry-after"] == "5"
    english = refused(
        planner.post(path, params={"lang": "en"}), "desk_busy", "too many requests wait to be counted"
    )
    assert english["detail"] == "try again after 5 s"
    os.kill(desk_of(server), signal.SIGCONT)
    for thread in asking:
        thread.join()
    assert [answer.status_code for answer in answers[2:]] == [200] * 5


def test_a_process_that_dies_is_replaced(own_server: Callable[..., Server]) -> None:
    server = own_server()
    planner, path = with_plan(server)
    first = desk_of(server)
    os.kill(first, signal.SIGKILL)
    assert planner.post(path).json()["ok"] is True
    assert desk_of(server) != first


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_it_ends_with_the_service(own_server: Callable[..., Server], how: signal.Signals) -> None:
    server = own_server()
    with_plan(server)
    process = desk_of(server)
    server.stop(how)
    wait_for(lambda: not is_there(process))


def test_a_desk_that_can_not_be_begun_says_so_and_is_begun_with_a_later_question(
    own_server: Callable[..., Server],
) -> None:
    server = own_server()
    planner, path = with_plan(server)
    os.kill(desk_of(server), signal.SIGKILL)
    open_now = max(int(file.name) for file in Path(f"/proc/{server.pid}/fd").iterdir())
    limits = resource.prlimit(server.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(server.pid, resource.RLIMIT_NOFILE, (open_now + 1, limits[1]))
    answer = planner.post(path)
    resource.prlimit(server.pid, resource.RLIMIT_NOFILE, limits)
    refused(answer, "desk_busy")
    assert planner.post(path).json()["ok"]
