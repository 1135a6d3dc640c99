"""The process in which counties are worked on: ``python -m matcher.solving.counties.worker CONNECTION FILE…``.

It answers one request after another and keeps nothing that another process could not read: an opened county is
written into the county's file, so any worker can go on with it when this one is gone.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from matcher.demands import with_demands
from matcher.model.instance import Instance
from matcher.round import Round
from matcher.rulebook import RuleBook
from matcher.solving.counties.county import County
from matcher.solving.counties.office import Office
from matcher.solving.counties.requests import OUT_OF_MEMORY, STOP, Begin, Failure
from matcher.solving.stopping import Stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.solving.counties.requests import Answer, Work

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
#: Counties of so many bytes together stay at hand in one process, and always the one that is worked on.
AT_HAND = 2**30
#: The most bytes read or written at once; the kernel takes no more than 2 GiB.
_AT_ONCE = 2**30


class StopAsked(Stop):
    """A stop that comes over the connection while a request is worked on."""

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._connection = connection

    @property
    def now(self) -> bool:
        """Whether something is waiting to be read: while a request is worked on, that is a stop."""
        return self._connection.poll(0)


class FiledOffice(Office):
    """Keeps every county in its file, and some of them at hand: memory grows with the largest county alone.

    Parameters
    ----------
    instance
        The round.
    files
        The descriptors of the counties' files.
    """

    def __init__(self, instance: Instance, files: Sequence[int]) -> None:
        super().__init__(instance)
        self._files = files

    def keep(self, number: int, county: County) -> None:
        """Write an opened county into its file."""
        view, at = memoryview(county.to_bytes()), 0
        os.ftruncate(self._files[number], 0)
        while at < len(view):
            at += os.pwrite(self._files[number], view[at : at + _AT_ONCE], at)
        del view
        self._make_room(number)
        self._counties[number] = county

    def at(self, number: int) -> County:
        """Return a county, read from its file where it was not at hand."""
        county = self._counties.pop(number, None)
        if county is None:
            self._make_room(number)
            county = County.from_bytes(self.instance, self._read(number))
        self._counties[number] = county  # the last one in order is the last one used
        return county

    def _make_room(self, number: int) -> None:
        """Let go of the counties that were used longest ago, until there is room for one more."""
        self._counties.pop(number, None)
        left = AT_HAND - self._size(number)
        for held in reversed(list(self._counties)):
            left -= self._size(held)
            if left < 0:
                del self._counties[held]

    def _size(self, number: int) -> int:
        return os.fstat(self._files[number]).st_size

    def forget(self) -> None:
        """Let go of what is at hand."""
        self._counties.clear()

    def _read(self, number: int) -> bytearray:
        size, at = self._size(number), 0
        data = bytearray(size)
        while at < size:
            at += os.preadv(self._files[number], [memoryview(data)[at : at + _AT_ONCE]], at)
        return data


def serve(connection: Connection, files: Sequence[int]) -> None:
    """Answer requests until the connection is closed."""
    stop = StopAsked(connection)
    office: FiledOffice | None = None
    while True:
        try:
            request = connection.recv()
        except EOFError:
            return
        if isinstance(request, Begin):
            round_ = Round.from_document(request.document)
            book = with_demands(RuleBook.of(round_.rules), request.demands)
            instance = Instance(round_, book, request.attainable, floor=request.floor)
            office = FiledOffice(instance, files)
        elif request != STOP and office is not None:  # a stop that came too late has nothing to stop
            connection.send(_tried(office, request, stop))


def _tried(office: FiledOffice, request: Work, stop: Stop) -> Answer | Failure:
    """Return the answer to a request, or what went wrong."""
    try:
        return office.answer(request, stop)
    except MemoryError:
        office.forget()
        return OUT_OF_MEMORY
    except Exception as error:
        return Failure(type(error).__name__, str(error))


def main(arguments: Sequence[str]) -> int:
    """Serve the connection and the files with these descriptors, until the parent is gone."""
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        return 1
    # Ctrl-C goes to every process of the terminal, SIGTERM often to a whole group; what is to be stopped says the parent.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    connection, *files = (int(argument) for argument in arguments)
    serve(Connection(connection), files)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
