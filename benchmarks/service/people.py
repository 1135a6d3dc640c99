"""Who uses the service that is measured, and the rounds they use it for; made over HTTP as anybody makes them."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import httpx

from api.jobs.states import ENDED
from benchmarks.places import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

API = "/api/v1"
_TINY = ROOT / "data" / "samples" / "stress" / "twins" / "round.json"
_TIMEOUT = 120.0
_LOOK = 0.5


def tiny_round() -> dict[str, Any]:
    """Return a round of a few villages."""
    document: dict[str, Any] = json.loads(_TINY.read_text("utf-8"))
    return document


class Person:
    """Somebody with a key.

    Parameters
    ----------
    url, key
        Where the service is, and what opens it.
    """

    def __init__(self, url: str, key: str) -> None:
        self.key = key
        self._base = f"{url}{API}"

    def get(self, path: str, **query: Any) -> Any:
        """Return what is there, as data."""
        return self._ask("GET", path, params=query)

    def post(self, path: str, body: Any) -> Any:
        """Return the answer to a request, as data."""
        return self._ask("POST", path, json=body)

    def make(self, number: int, role: str) -> str:
        """Make a person with a role everywhere, and return its key; only administrators may."""
        grants = [{"role": role, "scope_kind": "all"}]
        body = {"kind": "user", "name": f"示例{role}{number}", "grants": grants}
        made = self.post("/principals", body)
        return str(self.post(f"/principals/{made['id']}/keys", {})["key"])

    def start(self, round_id: str, settings: Mapping[str, Any]) -> str:
        """Queue a run of a round, and return its identifier."""
        return str(self.post(f"/rounds/{round_id}/runs", {"settings": settings})["id"])

    def ended(self, run: str) -> dict[str, Any]:
        """Wait until a run has ended, and return it."""
        while True:
            shown: dict[str, Any] = self.get(f"/runs/{run}")
            if shown["state"] in ENDED:
                return shown
            time.sleep(_LOOK)

    def _ask(self, method: str, path: str, **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.key}"}
        answer = httpx.request(method, f"{self._base}{path}", headers=headers, timeout=_TIMEOUT, **more)
        return answer.raise_for_status().json()
