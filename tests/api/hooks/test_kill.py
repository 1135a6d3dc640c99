"""A service that ends while it sends: killed, it delivers again under the same number; told to, it gives back what it was at."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from api.access.keys import now
from api.storage.engine import connect
from api.storage.schema import deliveries
from api.storage.session import reading
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
    yield from _site(request, tmp_path, SETTINGS)


@pytest.fixture(params=KINDS)
def patient(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """Give a server that waits long for a receiver."""
    yield from _site(request, tmp_path, {**SETTINGS, "HOOK_SECONDS": "50"})


def _site(request: pytest.FixtureRequest, tmp_path: Path, settings: Mapping[str, str]) -> Iterator[Site]:
    (tmp_path / "data").mkdir()
    with new_url(request, request.param, tmp_path / "data", is_migrated=True) as url, Receiver() as receiver:
        server = Server(tmp_path, url, **settings).start()
        try:
            server.administrator.put(f"/webhook-hosts/{HOST}", json={"private": True})
            yield Site(server, receiver, server.administrator)
        finally:
            server.stop()


def test_told_to_end_while_it_sends_it_gives_the_delivery_back(patient: Site) -> None:
    """Whoever comes next need not wait until the claim is over, and has as many attempts as before."""
    hook = patient.webhook()
    came, go_on = threading.Event(), threading.Event()

    def linger(_: Received) -> tuple[int, Mapping[str, str]]:
        if not came.is_set():
            came.set()
            go_on.wait(60)
        return 204, {}

    patient.receiver.answer = linger
    delivery = patient.test(hook)
    assert came.wait(60)
    assert patient.server.stop() == 0
    at = now()
    go_on.set()
    database = connect(patient.server.database_url)
    with reading(database) as connection:
        row = connection.execute(sa.select(deliveries).where(deliveries.c.id == delivery)).one()
    database.dispose()
    assert row.state == "pending"
    assert row.next_at <= at
    patient.server.start()
    again = Site(patient.server, patient.receiver, patient.server.administrator)
    ended = again.ended(hook, delivery)
    assert (ended["state"], ended["attempts"]) == ("delivered", 1)
    assert [one.headers["matcher-delivery"] for one in patient.receiver.received] == [delivery, delivery]


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
