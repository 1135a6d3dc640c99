"""How often a principal may ask, and how often an address may fail to show who it is."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from typing import TYPE_CHECKING

from limits import parse

from api.problems import Refused

if TYPE_CHECKING:
    from limits import RateLimitItem


class Rates:
    """The limits of one process; they are counted anew when it starts."""

    def __init__(self, rate: str, failed_rate: str) -> None:
        self._requests = Window(parse(rate))
        self._failures = Window(parse(failed_rate))

    def request(self, principal: str) -> None:
        """Count a request of a principal.

        Raises
        ------
        Refused
            With the code ``too_many_requests``.
        """
        self._requests.count(principal)

    def failed(self, address: str) -> None:
        """Count a failed log-in from an address; good keys from there are let in all the same.

        Raises
        ------
        Refused
            With the code ``too_many_requests``.
        """
        self._failures.count(address)


class Window:
    """Counts what came within the last seconds, by name; what is refused does not count."""

    def __init__(self, limit: RateLimitItem) -> None:
        self._most = limit.amount
        self._seconds: float = limit.get_expiry()
        self._shown = f"{limit.amount}/{limit.GRANULARITY.name}"
        self._times: dict[str, deque[float]] = {}
        self._swept = time.monotonic()
        self._lock = threading.Lock()

    @property
    def names(self) -> list[str]:
        """Who came within the window, or little before."""
        return list(self._times)

    def count(self, name: str) -> None:
        """Count somebody.

        Raises
        ------
        Refused
            With the code ``too_many_requests``.
        """
        with self._lock:
            now = time.monotonic()
            self._sweep(now)
            times = self._times.setdefault(name, deque())
            while times and times[0] <= now - self._seconds:
                times.popleft()
            if len(times) < self._most:
                times.append(now)
                return
            seconds = max(1, math.ceil(times[0] + self._seconds - now))
        raise Refused(
            "too_many_requests", headers={"Retry-After": str(seconds)}, limit=self._shown, seconds=seconds
        )

    def _sweep(self, now: float) -> None:
        """Forget, once in a window, who has not come within it."""
        if now - self._swept >= self._seconds:
            self._swept = now
            self._times = {n: t for n, t in self._times.items() if t and t[-1] > now - self._seconds}
