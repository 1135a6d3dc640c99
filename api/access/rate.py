"""How often a principal may ask, and how often an address may fail to show who it is."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api.problems import Refused

if TYPE_CHECKING:
    from limits import RateLimitItem


class Rates:
    """The limits of one process; they are counted anew when it starts."""

    def __init__(self, rate: str, failed_rate: str) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._rate = parse(rate)
        self._failed_rate = parse(failed_rate)

    def request(self, principal: str) -> None:
        """Count a request of a principal.

        Raises
        ------
        Refused
            With the code ``too_many_requests``.
        """
        if not self._limiter.hit(self._rate, "request", principal):
            raise self._refused(self._rate, "request", principal)

    def failed(self, address: str) -> None:
        """Count a failed log-in from an address; good keys from there are let in all the same.

        Raises
        ------
        Refused
            With the code ``too_many_requests``.
        """
        if not self._limiter.hit(self._failed_rate, "failed", address):
            raise self._refused(self._failed_rate, "failed", address)

    def log_in(self, address: str) -> None:
        """Count a log-in that another service is to vouch for, from an address.

        Raises
        ------
        Refused
            With the code ``too_many_requests``.
        """
        if not self._limiter.hit(self._failed_rate, "log in", address):
            raise self._refused(self._failed_rate, "log in", address)

    def _refused(self, limit: RateLimitItem, *names: str) -> Refused:
        reset = self._limiter.get_window_stats(limit, *names).reset_time
        seconds = max(1, math.ceil(reset - time.time()))
        shown = f"{limit.amount}/{limit.GRANULARITY.name}"
        return Refused(
            "too_many_requests", headers={"Retry-After": str(seconds)}, limit=shown, seconds=seconds
        )
