"""People who ask the service over HTTP, and ask again until they are answered: under the same key, so nothing is done twice."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import httpx

from tests.api.server import API

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.soak.violations import Record

#: Seconds after which somebody who gets no answer gives up; that is a violation.
PATIENCE = 90.0
_AGAIN = 0.2
#: The service says itself that it can't answer now.
_LATER = frozenset({429, 503, 507})


class NoAnswer(Exception):
    """The service did not answer within the patience of a client."""


class Person:
    """Somebody with a key.

    Parameters
    ----------
    address
        Where the service listens; it may be another address after a restart.
    key
        Of the service.
    name
        Begins the names of requests.
    record
        Where answers are written down that a client must never see.
    """

    def __init__(self, address: Callable[[], str], key: str, name: str, record: Record) -> None:
        self._address = address
        self._client = httpx.Client(headers={"Authorization": f"Bearer {key}"}, timeout=30)
        self._name = name
        self._record = record
        self._requests = 0
        #: How often an answer was missing, or the service asked to come again.
        self.again = 0

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def post(self, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """Send a request that is done once however often it is sent."""
        self._requests += 1
        key = {"Idempotency-Key": f"{self._name}-{self._requests}"}
        return self._until_answered("POST", path, json=body, headers={**key, **(headers or {})})

    def get(self, path: str, **parameters: Any) -> httpx.Response:
        """Read something."""
        return self._until_answered("GET", path, params=parameters)

    def once(self, method: str, path: str, **given: Any) -> httpx.Response | None:
        """Send a request once; None where it got no answer, or was asked to come again: it may be done, or not."""
        try:
            answer = self._client.request(method, f"{self._address()}{API}{path}", **given)
        except httpx.HTTPError:
            return None
        if answer.status_code >= 500 and answer.status_code not in _LATER:
            self._record.add("an error of the service itself", f"{method} {path}: {answer.text}")
        return None if answer.status_code >= 500 or answer.status_code in _LATER else answer

    def _until_answered(self, method: str, path: str, **given: Any) -> httpx.Response:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = self.once(method, path, **given)
            if answer is not None:
                return answer
            self.again += 1
            time.sleep(_AGAIN)
        raise NoAnswer(f"{method} {path}: no answer for {PATIENCE:.0f} s")


def made_person(
    administrator: Person, address: Callable[[], str], name: str, role: str, record: Record
) -> Person:
    """Make an account with a role for everything, and return who holds its key."""
    grants = [{"role": role, "scope_kind": "all", "scope": ""}]
    made = administrator.post("/principals", {"kind": "user", "name": name, "grants": grants})
    key = administrator.post(f"/principals/{made.json()['id']}/keys", {})
    return Person(address, key.json()["key"], name, record)


def ready_within(address: Callable[[], str], seconds: float) -> bool:
    """Wait until the service says that it is ready; return whether it did in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(httpx.HTTPError):
            if httpx.get(f"{address()}/readyz", timeout=max(0.1, end - time.monotonic())).status_code == 200:
                return True
        time.sleep(0.05)
    return False
