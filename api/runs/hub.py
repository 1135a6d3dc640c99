"""The hub of events: one poller a process looks for news of all runs that are watched, and hands them to each watch."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import anyio
import structlog
from anyio import to_thread

from api.runs import repository
from api.storage.health import UNAVAILABLE
from api.storage.session import reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import sqlalchemy as sa

    from api.runs.repository import Event

#: Seconds from one look to the next, and how many events of a run one look takes.
TICK: Final = 0.25
_AT_ONCE: Final = 200
#: Events that may wait for a slow reader; it is cut off then, and comes back for the rest.
MOST_PENDING: Final = 256

_log = structlog.get_logger()


@dataclass(eq=False)
class Watch:
    """One reader of a run's events.

    Attributes
    ----------
    since
        Every event after this number is handed over; those before are the reader's own to look up.
    is_cut
        Whether it was too slow, and some were not kept for it.
    is_closing
        Whether the service is about to end.
    """

    since: int
    is_cut: bool = False
    is_closing: bool = False
    _pending: deque[Event] = field(default_factory=deque)
    _news: anyio.Event = field(default_factory=anyio.Event)

    def take(self) -> list[Event]:
        """Return what has come, in order."""
        found = list(self._pending)
        self._pending.clear()
        return found

    async def wait(self, seconds: float) -> bool:
        """Wait for news, so long at most; return whether there are any."""
        with anyio.move_on_after(max(0.0, seconds)):
            await self._news.wait()
        has_news = self._news.is_set()
        if has_news:
            self._news = anyio.Event()
        return has_news

    def hand(self, events: list[Event]) -> None:
        """Hand over events, or cut the reader off."""
        self._pending.extend(events)
        if len(self._pending) > MOST_PENDING:
            self._pending.clear()
            self.is_cut = True
        self._news.set()

    def close(self) -> None:
        """Tell the reader that the service ends."""
        self.is_closing = True
        self._news.set()


@dataclass
class _Watched:
    """A run that is watched: the event that was handed over last, and to whom."""

    last: int
    watches: set[Watch] = field(default_factory=set)


class Hub:
    """Belongs to the event loop, save for :meth:`end`."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database
        self._watched: dict[str, _Watched] = {}
        self._is_ending = False
        self._is_away = False
        self._limiter = anyio.CapacityLimiter(1)  # its looks do not wait behind requests

    def end(self) -> None:
        """Ask every reader to come again later; signals may call it."""
        self._is_ending = True

    @contextmanager
    def watching(self, run: str, last: int) -> Iterator[Watch]:
        """Give a watch of a run whose last event is known to be ``last`` or later."""
        watched = self._watched.setdefault(run, _Watched(last))
        watch = Watch(watched.last)
        watched.watches.add(watch)
        try:
            yield watch
        finally:
            watched.watches.discard(watch)
            if not watched.watches and self._watched.get(run) is watched:
                del self._watched[run]

    async def live(self) -> None:
        """Look for news until it is cancelled; a database that is away is asked again."""
        while True:
            await anyio.sleep(TICK)
            if self._is_ending:
                self._close()
            elif self._watched:
                await self._look()

    async def _look(self) -> None:
        known = {run: watched.last for run, watched in self._watched.items()}
        try:
            news = await to_thread.run_sync(self._news_after, known, limiter=self._limiter)
        except UNAVAILABLE as error:
            if not self._is_away:
                _log.warning("events wait for the database", error=type(error).__name__)
            self._is_away = True
            return
        self._is_away = False
        for run, found in news.items():
            self._hand(run, found)

    def _hand(self, run: str, found: list[Event]) -> None:
        """Hand events over; whoever left meanwhile, and came again, may know some already."""
        watched = self._watched.get(run)
        if watched is None:
            return
        new = [event for event in found if event.seq > watched.last]
        if new:
            watched.last = new[-1].seq
            for watch in watched.watches:
                watch.hand(new)

    def _news_after(self, known: Mapping[str, int]) -> dict[str, list[Event]]:
        with reading(self._database) as connection:
            now = repository.last_events(connection, list(known))
            return {
                run: repository.events(connection, run, last, _AT_ONCE)
                for run, last in known.items()
                if now.get(run, 0) > last
            }

    def _close(self) -> None:
        for watched in self._watched.values():
            for watch in watched.watches:
                watch.close()
