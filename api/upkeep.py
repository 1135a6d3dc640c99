"""What the service does by itself from time to time: anchors of its audit trail, and the removal of what is let go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import anyio
import structlog
from anyio import to_thread

from api.access import anchors
from api.retention import service as retention
from api.storage.health import UNAVAILABLE
from api.watch.logging import where

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.state import Service

_MINUTE: Final = 60.0
_HOUR: Final = 3600.0
#: Seconds after which what could not be done is tried again.
_AGAIN: Final = 60.0

#: Who acts, in the audit trail.
_ACTOR: Final = "server"

_log = structlog.get_logger()


class Upkeep:
    """Belongs to the event loop; every process has its own, and several at once do no harm."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._limiter = anyio.CapacityLimiter(1)  # it does not wait behind requests, and nothing behind it

    async def live(self) -> None:
        """Do each when the service starts, and then as often as the settings say, until it is cancelled."""
        settings = self._service.settings
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._every, settings.anchor_minutes * _MINUTE, "anchor", self._anchor)
            tasks.start_soon(self._every, settings.removal_hours * _HOUR, "removal", self._remove)

    async def _every(self, seconds: float, name: str, act: Callable[[], object]) -> None:
        """Act again and again; the clock of the machine has no say in when."""
        while True:
            pause = seconds
            try:
                await to_thread.run_sync(act, limiter=self._limiter)
            except UNAVAILABLE as error:
                _log.warning("upkeep put off", what=name, error=type(error).__name__)
                pause = min(seconds, _AGAIN)
            except Exception as error:
                _log.error("unexpected error", what=name, **where(error))
                pause = min(seconds, _AGAIN)
            await anyio.sleep(pause)

    def _anchor(self) -> None:
        service = self._service
        anchors.lay(service.database, service.secrets, service.settings.anchors)

    def _remove(self) -> None:
        service = self._service
        retention.remove(
            service.database, _ACTOR, service.settings.hook_days, is_enough=service.draining.is_set
        )
