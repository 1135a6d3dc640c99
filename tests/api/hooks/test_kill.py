"""A service that is killed between sending and writing it down: delivered again, under the same number."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from tests.api.databases import KINDS, new_url
from tests.api.hooks.conftest import HOST, SETTINGS, Site
from tests.api.hooks.receiver import Receiver
from tests.api.jobs.fleet import wait_for
from tests.api.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.api.hooks.receiver import Received


@pytest.fixture(params=KINDS)
def mortal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """Give a server that may be killed."""
    (tmp_path / "data").mkdir()
    with new_url(request, request.param, tmp_path / "data", is_migrated=True) as url, Receiver() as receiver:
        server = Server(tmp_path, url, **SETTINGS).start()
        try:
            server.administrator.put(f"/webhook-hosts/{HOST}", json={"private": True})
            yield Site(server, receiver, server.administrator)
        finally:
            server.stop()


def test_killed_between_sending_and_writing_it_down(mortal: Site) -> None:
    hook = mortal.webhook()
    killed: list[str] = []

    def kill(came: Received) -> tuple[int, Mapping[str, str]]:
        if not killed:
            killed.append(came.headers["matcher-delivery"])
            os.kill(mortal.server.pid, signal.SIGKILL)
        return 204, {}

    mortal.receiver.answer = kill
    delivery = mortal.test(hook)
    wait_for(lambda: killed, "the death")
    mortal.server.stop(signal.SIGKILL)
    mortal.server.start()
    again = Site(mortal.server, mortal.receiver, mortal.server.administrator)
    assert [one["state"] for one in again.deliveries(hook)] == ["pending"]
    ended = again.ended(hook, delivery)
    assert (ended["state"], ended["attempts"]) == ("delivered", 2)
    assert [one.headers["matcher-delivery"] for one in mortal.receiver.received] == [delivery, delivery]
    assert killed == [delivery]
