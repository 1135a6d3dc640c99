"""A service under load: many readers, followers of runs, one who works; what they saw, and what it cost."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from benchmarks.service.clients import Mix, Tally, follow_on, read_on, spread, watch_loop
from benchmarks.service.connection import Connection
from benchmarks.service.processes import seconds_of
from benchmarks.service.scene import SHARES

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from benchmarks.service.running import Running
    from benchmarks.service.scene import Scene

    #: What goes on beside the readers, until a time.
    Beside = Callable[[float], Coroutine[None, None, None]]

#: Seconds before the first read, for streams to begin.
_RUN_UP = 2.0


@dataclass(frozen=True, slots=True)
class Load:
    """How much is asked.

    Attributes
    ----------
    clients, every
        How many read, and every how many seconds each.
    streams
        How many of them follow the run that goes on besides.
    seconds
        How long.
    villages
        Those of the round that is read.
    """

    clients: int = 200
    every: float = 2.0
    streams: int = 50
    seconds: float = 60.0
    villages: int = 100


@dataclass(frozen=True, slots=True)
class Costs:
    """Shares of a core: of all clients together, and of each process of the service."""

    clients: float
    parts: dict[str, float]


def under_load(
    service: Running, scene: Scene, load: Load, beside: Sequence[Beside] = ()
) -> tuple[Tally, Costs]:
    """Load a service, and return what the clients saw and what it cost."""
    keys = scene.readers(load.clients)
    return asyncio.run(_all(service, scene, load, keys, beside))


async def _all(
    service: Running, scene: Scene, load: Load, keys: list[str], beside: Sequence[Beside]
) -> tuple[Tally, Costs]:
    address = urlsplit(service.url)
    assert address.hostname
    assert address.port
    connections = [[Connection(address.hostname, address.port, key) for _ in range(2)] for key in keys]
    tally, mix = Tally(), Mix(SHARES, scene.path)
    begin = time.monotonic() + _RUN_UP
    end = begin + load.seconds
    async with asyncio.TaskGroup() as tasks:
        followers = [
            tasks.create_task(follow_on(mine[1], scene.events, tally, end))
            for mine in connections[: load.streams]
        ]
        dues = spread(load.clients, load.every, begin)
        for (reading, _), due in zip(connections, dues, strict=True):
            tasks.create_task(read_on(reading, mix, tally, due, load.every, end))
        for one in (scene.work_on, lambda until: watch_loop(tally, until), *beside):
            tasks.create_task(one(end))
        costs = await _costs(service, begin, end)
        for follower in followers:
            follower.cancel()
    for connection in chain.from_iterable(connections):
        await connection.close()
    return tally, costs


async def _costs(service: Running, begin: float, end: float) -> Costs:
    parts = service.parts()
    await asyncio.sleep(begin - time.monotonic())
    before = {name: seconds_of(pid) for name, pid in parts.items()}
    own, since = time.process_time(), time.monotonic()
    await asyncio.sleep(end - time.monotonic())
    seconds = time.monotonic() - since
    taken = {name: (seconds_of(pid) - before[name]) / seconds for name, pid in parts.items()}
    return Costs((time.process_time() - own) / seconds, taken)
