"""A watcher of events: those of mere progress are removed when a run ends, and pauses are read from them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from api.storage.health import UNAVAILABLE
from api.storage.schema import run_events
from api.storage.session import reading

if TYPE_CHECKING:
    from typing import Self

#: Seconds from one look to the next: so much of what a run said last may be missed.
_LOOK: Final = 0.25


class Watcher:
    """Keeps the events of all runs while it is within its block; a database that is away is asked again.

    Parameters
    ----------
    database
        Where the events are.
    """

    def __init__(self, database: sa.Engine) -> None:
        self._database = database
        self._seen: dict[str, dict[int, sa.Row[Any]]] = {}
        self._from = 0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()
        self._look()

    def events(self, run: str) -> list[sa.Row[Any]]:
        """Return the events of a run in order."""
        return [row for _, row in sorted(self._seen.get(run, {}).items())]

    def _watch(self) -> None:
        while not self._is_over.wait(_LOOK):
            try:
                self._look()
            except UNAVAILABLE:
                continue

    def _look(self) -> None:
        """Take what came since the last look, and a little of what came before, for commits come out of order."""
        with reading(self._database) as connection:
            found = connection.execute(sa.select(run_events).where(run_events.c.at >= self._from)).all()
        for row in found:
            self._seen.setdefault(row.run_id, {})[row.seq] = row
            self._from = max(self._from, row.at - 5_000)
