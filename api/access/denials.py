"""What is put on record of strangers: keys that are not good, and what somebody asked for outside of the own scope.

Whoever tries often must not fill the disk: some of it is written, and how much was left out stands in the next entry.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

import structlog
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api.access import audit
from api.access.repository import subjects
from api.storage.health import UNAVAILABLE
from api.storage.session import reading, writing

if TYPE_CHECKING:
    import sqlalchemy as sa
    from starlette.requests import Request

    from api.access.guard import Caller
    from api.problems import Refused

#: Who acted, where nobody knows.
STRANGER: Final = "stranger"
_FAILED: Final = "keys.failed"

_log = structlog.get_logger()


class Denials:
    """What one process puts on record; its limits are counted anew when it starts."""

    def __init__(self, database: sa.Engine, rate: str, total: str) -> None:
        self._database = database
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._rate = parse(rate)
        self._total = parse(total)
        self._lock = threading.Lock()
        self._skipped = 0

    def failed_key(self, refused: Refused, address: str) -> None:
        """Put on record that a key was refused: of one that is known its identifier, and never its text.

        Parameters
        ----------
        refused
            With what it was refused; nothing is written of a request without any key.
        address
            Where it came from.
        """
        if refused.code != "key_missing":
            subject = str(refused.details.get("key", ""))
            self._write(address, STRANGER, _FAILED, subject, code=refused.code, address=address)

    def not_found(self, request: Request) -> None:
        """Put on record what was not found because it is outside of the caller's scope."""
        caller: Caller | None = getattr(request.state, "caller", None)
        if caller is None or caller.scope.everything:
            return
        try:
            with reading(self._database) as connection:
                found = subjects.outside(connection, caller.scope, request.path_params)
            if found is not None:
                subject, counties = found
                scope = ",".join(counties)
                self._write(caller.principal, caller.principal, caller.action, subject, scope=scope)
        except UNAVAILABLE as error:
            # What it is about was answered before the database went; it stays "not found".
            _log.warning("denial not on record", error=type(error).__name__)

    def _write(self, source: str, actor: str, action: str, subject: str, **more: Any) -> None:
        with self._lock:
            is_within = self._limiter.hit(self._rate, "denied", source) and self._limiter.hit(
                self._total, "denied"
            )
            skipped = self._skipped
            self._skipped = 0 if is_within else skipped + 1
        if not is_within:
            return
        if skipped:
            more["skipped"] = skipped
        with writing(self._database) as connection:
            audit.append(connection, actor, action, subject, outcome="denied", **more)
