"""Following a run: its events from where the reader was, without gap or repetition, to the last."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from anyio import to_thread

from api.access.guard import Allowed
from api.http.events import COME_AGAIN, HEARTBEAT, EventStream, event
from api.jobs.states import ENDED
from api.problems import Refused
from api.runs import repository, service
from api.state import service_of
from api.storage.health import UNAVAILABLE
from api.storage.session import reading

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.requests import Request

    from api.runs.hub import Watch
    from api.runs.repository import Event, Run

_ACTION = "runs.read"
#: Events of the past that are looked up at once.
_AT_ONCE = 200


class Following:
    """One reader of a run's events.

    Parameters
    ----------
    request
        Who asks; while the stream lasts, the rights are looked at again.
    run
        The run as it was found.
    after
        The number of the event that the reader had last.
    """

    def __init__(self, request: Request, run: Run, after: int) -> None:
        self._request = request
        self._service = service_of(request)
        self._run = run
        self._after = after

    def response(self) -> EventStream:
        """Return the stream."""
        return EventStream(self._pieces())

    async def _pieces(self) -> AsyncGenerator[bytes, None]:
        with self._service.hub.watching(self._run.id, self._run.event_seq) as watch:
            while self._after < watch.since:
                found = await to_thread.run_sync(self._past, watch.since)
                for past in found:
                    yield self._piece(past)
                if not found:  # the run has ended meanwhile, and what told nothing new is gone
                    self._after = watch.since
                if watch.is_closing:
                    yield COME_AGAIN
                    return
            if self._run.state in ENDED:
                return
            async for piece in self._present(watch):
                yield piece

    async def _present(self, watch: Watch) -> AsyncGenerator[bytes, None]:
        """Yield what happens from now on, to the end of the run or of the right to read."""
        settings = self._service.settings
        beat = checked = time.monotonic()
        while not watch.is_cut:
            for new in watch.take():
                yield self._piece(new)
                beat = time.monotonic()
                if new.type in ENDED:
                    return
            if watch.is_closing:
                yield COME_AGAIN
                return
            now = time.monotonic()
            if now - checked >= settings.recheck_seconds:
                if not await to_thread.run_sync(self._is_allowed):
                    return
                checked = now
            if now - beat >= settings.heartbeat_seconds:
                yield HEARTBEAT
                beat = now
            await watch.wait(min(beat + settings.heartbeat_seconds, checked + settings.recheck_seconds) - now)

    def _piece(self, one: Event) -> bytes:
        self._after = one.seq
        return event(one.seq, one.type, service.event_document(one))

    def _past(self, last: int) -> list[Event]:
        """Return some of the events up to ``last`` that the reader has not had; none where those are gone."""
        with reading(self._service.database) as connection:
            found = repository.events(connection, self._run.id, self._after, _AT_ONCE)
        return [one for one in found if one.seq <= last]

    def _is_allowed(self) -> bool:
        """Return whether the reader may still read; nobody is sent away because the database is."""
        try:
            caller = Allowed(_ACTION)(self._request)
            with reading(self._service.database) as connection:
                return repository.run(connection, caller.scope, self._run.id) is not None
        except Refused:
            return False
        except UNAVAILABLE:
            return True
