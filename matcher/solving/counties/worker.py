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

from matcher.model.instance import Instance
from matcher.round import Round
from matcher.solving.counties.county import County
from matcher.solving.counties.office import Office
from matcher.solving.counties.requests import OUT_OF_MEMORY, STOP, Begin, Failure
from matcher.solving.stopping import Stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.solving.counties.requests import Answer, Work

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
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
    """Keeps every county in its file, and one of them at hand: memory grows with the largest county.

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
        self._counties.clear()
        view, at = memoryview(county.to_bytes()), 0
        os.ftruncate(self._files[number], 0)
        while at < len(view):
            at += os.pwrite(self._files[number], view[at : at + _AT_ONCE], at)
        self._counties[number] = county

    def at(self, number: int) -> County:
        """Return a county, read from its file where another was at hand."""
        if number not in self._counties:
            self._counties.clear()
            self._counties[number] = County.from_bytes(self.instance, self._read(number))
        return self._counties[number]

    def forget(self) -> None:
        """Let go of what is at hand."""
        self._counties.clear()

    def _read(self, number: int) -> bytearray:
        size = os.fstat(self._files[number]).st_size
        data, at = bytearray(size), 0
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
            round_ = Instance(Round.from_document(request.document))
            instance = Instance(round_.round, round_.book, request.attainable, floor=request.floor)
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
    # Ctrl-C goes to every process of the terminal; what is to be stopped says the parent.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    connection, *files = (int(argument) for argument in arguments)
    serve(Connection(connection), files)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
