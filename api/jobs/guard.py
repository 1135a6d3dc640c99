"""The processes that solve: none outlives its worker, and all of what one has begun ends with it."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
#: A child gives way to whatever answers people.
NICENESS = 10
#: What a child is told of the worker's environment: nothing that could be a secret.
_TOLD: Final = ("PATH", "HOME", "LANG", "TMPDIR", "TZ", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
_TOLD_ALL: Final = ("PYTHON", "NUMBA_", "LC_", "OMP_")

#: How C++ and LLVM say that they got no memory, in the last bytes that a process wrote.
_NO_MEMORY: Final = (b"bad_alloc", b"Unable to allocate", b"out of memory", b"Cannot allocate memory")
_LAST_WORDS: Final = 4096


def bind_to(parent: int, niceness: int = NICENESS) -> None:
    """Let this process end when the thread that began it ends, and give way to others.

    Parameters
    ----------
    parent
        The process that began it, as that process says: asked here, a parent that is dead already went unseen.
    niceness
        How much it gives way.

    Raises
    ------
    SystemExit
        When the parent is dead already.
    """
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        raise SystemExit(1)
    os.nice(niceness)


def limit_memory(most: int) -> None:
    """Let this process, and each that it begins, use at most so many bytes of address space."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


class CannotBegin(Exception):
    """The system begins no further process now: it has no memory for it, or too many already."""


class Child:
    """A process with everything that it has begun.

    Attributes
    ----------
    lines
        What it says, line by line.
    """

    def __init__(self, process: subprocess.Popen[bytes], lines: IO[bytes], complaints: IO[bytes]) -> None:
        self.lines = lines
        self._complaints = complaints
        self._process = process
        #: Guards against a signal to a number that another process has by now.
        self._lock = threading.Lock()
        self._status: int | None = None

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def say(self, line: bytes) -> None:
        """Tell it something; one that is dead hears nothing."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(line)
            self._process.stdin.flush()

    def kill(self) -> None:
        """End it at once, with everything that it has begun."""
        with self._lock:
            if self._status is None:
                os.killpg(self.pid, signal.SIGKILL)

    def end(self) -> int:
        """Wait for its end, then end what it left behind; return how it ended, as in :mod:`subprocess`."""
        if self._status is None:
            os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
            with self._lock:
                os.killpg(self.pid, signal.SIGKILL)
                self._status = self._process.wait()
        return self._status

    def close(self) -> None:
        """Close what led to it, once it has ended."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self.lines.close()
        self._complaints.close()

    def lacked_memory(self) -> bool:
        """Return whether it was ended by one of its libraries, for it got no more memory; asked after its end.

        Libraries in other languages don't raise MemoryError: they write a line and abort.
        """
        self._complaints.seek(max(0, self._complaints.seek(0, os.SEEK_END) - _LAST_WORDS))
        said = self._complaints.read()
        return self._status == -signal.SIGABRT and any(word in said for word in _NO_MEMORY)


@contextmanager
def child_of_this_thread(module: str) -> Iterator[Child]:
    """Begin a process that runs a module, and end it with the block; the thread must stay as long.

    It is the thread that counts, for the kernel takes the end of the thread that forked for the parent's death.

    Raises
    ------
    CannotBegin
    """
    try:
        child = _begun(module)
    except OSError as error:
        raise CannotBegin(error.strerror) from error
    try:
        yield child
    finally:
        child.kill()
        child.end()
        child.close()


def _begun(module: str) -> Child:
    """Begin a process, and leave nothing open where that fails."""
    with ExitStack() as opened:
        reader, writer = os.pipe()
        lines = opened.enter_context(os.fdopen(reader, "rb"))
        try:
            # What it writes otherwise may hold somebody's data (a traceback does), so it is kept out of the log; and in
            # memory, for a full disk is no reason for a run to fail.
            complaints = opened.enter_context(os.fdopen(os.memfd_create("complaints"), "r+b"))
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", module, str(writer), str(os.getpid())],
                stdin=subprocess.PIPE,
                stdout=complaints,
                stderr=complaints,
                pass_fds=[writer],
                start_new_session=True,
                env=_environment(),
            )
        finally:
            os.close(writer)
        opened.pop_all()
        return Child(process, lines, complaints)


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name in _TOLD or name.startswith(_TOLD_ALL)}
