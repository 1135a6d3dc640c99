"""The workers: each one's beat, and which of the others are gone, by no other clock than the observer's own."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import sqlalchemy as sa

from api.jobs.repository import now
from api.storage.schema import workers
from matcher.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Seconds without a beat after which a worker is taken for gone.
SILENCE = 4.0
#: Seconds after which an observer who did not look knows nothing any more: it was stopped, or the database away.
ABSENCE = 1.5


def enter(connection: sa.Connection, name: str, host: str, cores: int) -> None:
    """Write a worker down as begun; its beat goes on from an earlier life's, so that it is seen to be alive."""
    row = {"started_at": now(), "host": host, "role": "worker", "cores": cores, "version": VERSION}
    if not beat(connection, name, **row):
        connection.execute(sa.insert(workers).values(name=name, beat=1, **row))


def beat(connection: sa.Connection, name: str, **values: object) -> bool:
    """Say that a worker is alive; return whether it is written down at all."""
    statement = sa.update(workers).where(workers.c.name == name).values(beat=workers.c.beat + 1, **values)
    return connection.execute(statement).rowcount == 1


def beats(connection: sa.Connection) -> dict[str, int]:
    """Return every worker's beat."""
    return {row.name: row.beat for row in connection.execute(sa.select(workers.c.name, workers.c.beat))}


class Peers:
    """What one worker knows of the others.

    Parameters
    ----------
    own
        The observer's name: nobody takes themselves for gone.
    clock
        Seconds of a clock that nobody sets, and that goes on while the observer is stopped.
    """

    def __init__(self, own: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._own = own
        self._clock = clock
        self._seen: dict[str, tuple[int, float]] = {}
        self._looked = clock()

    def look(self, all_beats: Mapping[str, int]) -> dict[str, int]:
        """Take the beats as they are now; return the last beat of each worker that is gone."""
        at = self._clock()
        if at - self._looked > ABSENCE:
            self._seen.clear()
        self._looked = at
        before, self._seen = self._seen, {}
        for name, number in all_beats.items():
            known = before.get(name)
            self._seen[name] = known if known is not None and known[0] == number else (number, at)
        return {
            name: number
            for name, (number, since) in self._seen.items()
            if name != self._own and at - since >= SILENCE
        }
