"""The real service with a worker, and a receiver that an administrator listed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.databases import KINDS, new_url
from tests.api.hooks.receiver import Receiver
from tests.api.jobs.fleet import Fleet, wait_for
from tests.api.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

HOST = "127.0.0.1"
#: Attempts follow fast here, and there are few.
SETTINGS = {"HOOK_SECONDS": "1", "HOOK_ATTEMPTS": "3", "HOOK_PAUSE_SECONDS": "0.2"}


@dataclass
class Site:
    """A server, its administrator, and a receiver."""

    server: Server
    receiver: Receiver
    administrator: httpx.Client

    def webhook(self, *events: str, url: str = "") -> dict[str, Any]:
        """Make a webhook to a path of its own; its secret and its path come with it."""
        path = f"/{secrets.token_hex(6)}?from=matcher"
        body = {"url": url or f"{self.receiver.url}{path}", "events": events or ["run.done"]}
        made = self.administrator.post("/webhooks", json=body)
        assert made.status_code == 201, made.text
        return {**made.json(), "path": path}

    def test(self, hook: dict[str, Any]) -> str:
        """Send a trial delivery, and return its identifier."""
        made = self.administrator.post(f"/webhooks/{hook['id']}/test")
        assert made.status_code == 202, made.text
        return str(made.json()["id"])

    def deliveries(self, hook: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the deliveries of a webhook, newest first."""
        items: list[dict[str, Any]] = self.administrator.get(f"/webhooks/{hook['id']}/deliveries").json()[
            "items"
        ]
        return items

    def ended(self, hook: dict[str, Any], delivery: str) -> dict[str, Any]:
        """Wait for the end of a delivery, and return it."""

        def found() -> dict[str, Any] | None:
            items = [one for one in self.deliveries(hook) if one["id"] == delivery]
            return items[0] if items and items[0]["state"] != "pending" else None

        result: dict[str, Any] = wait_for(found, f"{delivery} to end")
        return result


@pytest.fixture(scope="module", params=KINDS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give a server with a worker and a receiver, on a database of each kind in turn."""
    folder = tmp_path_factory.mktemp("hooks")
    (folder / "data").mkdir()
    with new_url(request, request.param, folder / "data", is_migrated=True) as url, Receiver() as receiver:
        server = Server(folder, url, **SETTINGS).start()
        try:
            with Fleet(url, folder / "data") as fleet:
                fleet.start()
                administrator = server.administrator
                listed = administrator.put(f"/webhook-hosts/{HOST}", json={"private": True})
                assert listed.status_code == 200, listed.text
                yield Site(server, receiver, administrator)
        finally:
            server.stop()


@pytest.fixture(autouse=True)
def _answers_well(request: pytest.FixtureRequest) -> None:
    """Let the receiver answer well at the beginning of each test."""
    if "site" in request.fixturenames:
        request.getfixturevalue("site").receiver.answer = lambda _: (204, {})
