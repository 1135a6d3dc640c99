"""The real service with a real worker beside it, on a database of each kind in turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.databases import KINDS, new_url
from tests.api.jobs.fleet import Fleet, WorkerProcess, wait_for
from tests.api.server import Grant, Server, made_round

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import httpx


@dataclass
class Site:
    """A server, its workers, and a planner who asks."""

    server: Server
    fleet: Fleet
    planner: httpx.Client

    def round(self, document: Mapping[str, Any] | None = None) -> str:
        """Store a round, and return its identifier."""
        return str(made_round(self.planner, document).json()["id"])

    def run(self, round_id: str, settings: Mapping[str, Any] | None = None, **body: Any) -> str:
        """Start a run, and return its identifier."""
        given = {"settings": {"effort": 4.0, **(settings or {})}, **body}
        answer = self.planner.post(f"/rounds/{round_id}/runs", json=given)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    def wait_until(self, run: str, *states: str) -> dict[str, Any]:
        """Wait until a run is in one of the states, and return it."""
        wait_for(lambda: self.planner.get(f"/runs/{run}").json()["state"] in states, f"{run} to be {states}")
        found: dict[str, Any] = self.planner.get(f"/runs/{run}").json()
        return found

    @property
    def worker(self) -> WorkerProcess:
        """The worker that was started first."""
        return self.fleet.workers[0]


@pytest.fixture(scope="module", params=KINDS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give a server with a worker of two cores."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "data").mkdir()
    with new_url(request, request.param, folder / "data", is_migrated=True) as url:
        server = Server(folder, url).start()
        try:
            with Fleet(url, folder / "data") as fleet:
                fleet.start(cores=2)
                yield Site(server, fleet, server.person(Grant("planner")))
        finally:
            server.stop()
