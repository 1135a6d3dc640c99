"""Many clients in one event loop: readers at fixed times, followers of runs, a planner; and how late the loop itself is."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from math import ceil
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.service.connection import Connection

#: What of a broken connection counts as an error of the service.
_BROKEN = (OSError, EOFError, ValueError, asyncio.LimitOverrunError)
#: Seconds between two looks at how late the loop is.
_TICK = 0.02


@dataclass
class Tally:
    """What all clients saw.

    Attributes
    ----------
    milliseconds
        Of each kind of read, how long each took, from when it was due to its last byte.
    statuses
        How many answers had each status.
    errors
        What went wrong, and how often.
    size
        Bytes of all answers.
    events, streams
        Events that were read, and streams that came to their end.
    lags
        How many milliseconds late the loop was, at each look.
    """

    milliseconds: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    size: int = 0
    events: int = 0
    streams: int = 0
    lags: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Mix:
    """What readers ask for.

    Attributes
    ----------
    shares
        How often each kind of read is chosen, relative to the others.
    paths
        Returns the path of a kind of read, as things stand.
    """

    shares: dict[str, int]
    paths: Callable[[str], str]

    def choose(self, chance: Random) -> str:
        """Choose a kind of read."""
        (kind,) = chance.choices(list(self.shares), list(self.shares.values()))
        return kind


async def read_on(
    connection: Connection, mix: Mix, tally: Tally, due: float, every: float, end: float
) -> None:
    """Read every so many seconds from ``due`` to ``end``; whoever waits for an answer is late for the next read.

    The time of a read counts from when it was due, so that a service that keeps its readers waiting does not get away
    with fewer reads. Every second reader keeps what it has read, and asks whether it has changed.
    """
    chance = Random(round(due * 1e6))
    known: dict[str, bytes] | None = {} if chance.random() < 0.5 else None
    while due < end:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        kind = mix.choose(chance)
        path = mix.paths(kind)
        try:
            answer = await connection.get(path, (known or {}).get(path, b""))
        except _BROKEN as error:
            tally.errors[f"{kind}: {type(error).__name__}"] += 1
            await connection.close()
        else:
            tally.statuses[answer.status] += 1
            tally.size += answer.size
            if answer.status not in (200, 304):
                tally.errors[f"{kind}: status {answer.status}"] += 1
            elif known is not None and answer.tag:
                known[path] = answer.tag
            tally.milliseconds.setdefault(kind, []).append(1000 * (time.monotonic() - due))
        due += every
    await connection.close()


async def follow_on(connection: Connection, path: Callable[[], str], tally: Tally, end: float) -> None:
    """Follow the run at hand, and the next once it has ended; a number that comes again is an error.

    Numbers may be missing: of a run that has ended, what told nothing new is left out.
    """
    while time.monotonic() < end:
        last, following = 0, path()
        try:
            async for number in connection.follow(following):
                if number <= last:
                    tally.errors[f"stream: {number} after {last}"] += 1
                last = number
                tally.events += 1
            tally.streams += 1
        except _BROKEN as error:
            tally.errors[f"stream: {type(error).__name__}"] += 1
            await connection.close()
        while path() == following and time.monotonic() < end:
            await asyncio.sleep(_TICK * 10)
    await connection.close()


async def watch_loop(tally: Tally, end: float) -> None:
    """Note how late this loop is: what the service is blamed for besides."""
    while (due := time.monotonic() + _TICK) < end:
        await asyncio.sleep(_TICK)
        tally.lags.append(1000 * (time.monotonic() - due))


def spread(clients: int, every: float, begin: float) -> list[float]:
    """Return when each client reads first, evenly within one interval."""
    return [begin + every * number / clients for number in range(clients)]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that a share of all does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)] if ordered else 0.0
