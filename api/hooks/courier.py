"""The courier of a process: it claims what is due, sends it, and writes down what came of it.

A claim is good for longer than an attempt may take. Where its process is killed, whoever comes after that tries again
under the same number: a receiver may get a delivery twice, and none gets lost. A process that is told to end gives back
what it was at, so nobody has to wait for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import anyio
import structlog
from anyio import to_thread

from api.access.keys import now
from api.hooks.repository import deliveries
from api.hooks.sending import Came, Sender
from api.storage.health import UNAVAILABLE
from api.storage.session import reading, writing
from api.watch.logging import where

if TYPE_CHECKING:
    import sqlalchemy as sa

    from api.access.secrets import Secrets
    from api.config import Settings
    from api.hooks.repository.deliveries import Claimed

#: Seconds from one look at the outbox to the next, and how many deliveries are tried at the same time.
TICK: Final = 1.0
AT_ONCE: Final = 8
#: By how much each pause is longer than the one before, and the longest in seconds.
GROWTH: Final = 3
LONGEST: Final = 6 * 3600
#: Seconds beyond an attempt's own that a claim is good for.
_MARGIN: Final = 10
_SECOND: Final = 1000

_log = structlog.get_logger()


class Courier:
    """Belongs to the event loop; several processes may have one each."""

    def __init__(self, database: sa.Engine, secrets: Secrets, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._sender = Sender(secrets, settings.hook_seconds)
        self._under_way = 0
        self._is_away = False
        self._limiter = anyio.CapacityLimiter(2)  # its looks do not wait behind requests

    async def live(self) -> None:
        """Deliver until it is cancelled; a database that is away is asked again."""
        async with anyio.create_task_group() as tasks:
            while True:
                for claimed in await self._claimed():
                    self._under_way += 1
                    tasks.start_soon(self._deliver, claimed)
                await anyio.sleep(TICK)

    async def _claimed(self) -> list[Claimed]:
        free = AT_ONCE - self._under_way
        if free <= 0:
            return []
        try:
            claimed = await to_thread.run_sync(self._claim, free, limiter=self._limiter)
        except UNAVAILABLE as error:
            if not self._is_away:
                _log.warning("deliveries wait for the database", error=type(error).__name__)
            self._is_away = True
            return []
        except Exception as error:
            _log.error("unexpected error", **where(error))
            return []
        self._is_away = False
        return claimed

    def _claim(self, most: int) -> list[Claimed]:
        at = now()
        latest = at + round((LONGEST + self._settings.hook_seconds + 2 * _MARGIN) * _SECOND)
        with reading(self._database) as connection:
            if not deliveries.is_any_due(connection, at, latest):
                return []  # and nobody who writes has waited
        until = at + round((self._settings.hook_seconds + _MARGIN) * _SECOND)
        with writing(self._database) as connection:
            return deliveries.claim(connection, at, latest, until, most)

    async def _deliver(self, claimed: Claimed) -> None:
        try:
            is_spent = claimed.attempts > self._settings.hook_attempts
            came = Came(None, "broken_off") if is_spent else await self._sender.send(claimed)
            values = self._outcome(claimed, came)
            _log.info(
                "delivery",
                delivery=claimed.id,
                webhook=claimed.webhook_id,
                attempt=claimed.attempts,
                status=came.status,
                reason=came.reason,
                state=values["state"],
            )
            await to_thread.run_sync(self._write, claimed, values, limiter=self._limiter)
        except anyio.get_cancelled_exc_class():
            with anyio.CancelScope(shield=True):
                await to_thread.run_sync(self._give_back, claimed, limiter=self._limiter)
            raise
        except UNAVAILABLE as error:
            # It is tried again when the claim is over.
            _log.warning("delivery not written down", delivery=claimed.id, error=type(error).__name__)
        except Exception as error:
            _log.error("unexpected error", **where(error))
        finally:
            self._under_way -= 1

    def _outcome(self, claimed: Claimed, came: Came) -> dict[str, Any]:
        """Return what is written: delivered, given up, or when it is tried again."""
        at = now()
        shown: dict[str, Any] = {"status": came.status, "reason": came.reason}
        if came.reason is None:
            return {**shown, "state": "delivered", "ended_at": at}
        if claimed.attempts >= self._settings.hook_attempts:
            return {**shown, "state": "failed", "ended_at": at}
        pause = pause_after(claimed.attempts, self._settings.hook_pause_seconds)
        return {**shown, "state": "pending", "next_at": at + round(pause * _SECOND)}

    def _give_back(self, claimed: Claimed) -> None:
        """Let somebody else try at once; an attempt that was broken off here does not count."""
        try:
            self._write(claimed, {"next_at": now(), "attempts": claimed.attempts - 1})
        except UNAVAILABLE as error:
            _log.warning("delivery not given back", delivery=claimed.id, error=type(error).__name__)
        except Exception as error:
            _log.error("unexpected error", **where(error))

    def _write(self, claimed: Claimed, values: dict[str, Any]) -> None:
        with writing(self._database) as connection:
            deliveries.write(connection, claimed, **values)


def pause_after(attempts: int, first: float) -> float:
    """Return the seconds until the next attempt, after so many."""
    return min(float(LONGEST), first * float(GROWTH) ** (attempts - 1))
