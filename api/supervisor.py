"""The supervisor: starts the processes of the service, starts them again when they die, and ends them in order.

It has one thread, for a process ends with the thread that began it (``PR_SET_PDEATHSIG``): none outlives the service,
even where the supervisor itself is killed.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections import deque
from typing import TYPE_CHECKING, Final

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_log = structlog.get_logger()

#: So many deaths within so many seconds, and a part is started again only after a pause, which grows.
_DEATHS: Final = 5
_WITHIN: Final = 10.0
_PAUSE: Final = 5.0
_LONGEST_PAUSE: Final = 60.0
#: Seconds from one look at the parts to the next, where no signal comes before.
_LOOK: Final = 1.0
_TO_END: Final = frozenset({signal.SIGTERM, signal.SIGINT})
_HEARD: Final = _TO_END | {signal.SIGCHLD}

_DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG
_KERNEL: Final = ctypes.CDLL(None)


class Part:
    """A process that is to run for as long as the service does.

    Parameters
    ----------
    name
        What the log calls it.
    command, environment
        What is run, and with which variables.
    passed
        Open files that it gets: the data folder's lock among them, which is then held until the last part is gone.
    patience
        Seconds that it has to end in good order.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        passed: Sequence[int] = (),
        patience: float = 30.0,
    ) -> None:
        self.name = name
        self.patience = patience
        self._command = command
        self._environment = environment
        self._passed = passed
        self._process: subprocess.Popen[bytes] | None = None
        self._deaths: deque[float] = deque(maxlen=_DEATHS)
        self._pause = 0.0
        self._due = 0.0

    def look(self) -> None:
        """Start it where it does not run, at once or after its pause."""
        if self._process is not None and self._process.poll() is not None:
            self._died(self._process.returncode)
        if self._process is None and time.monotonic() >= self._due:
            self._start()

    def tell(self, number: signal.Signals) -> None:
        """Send it a signal, where it runs."""
        if self._process is not None:
            self._process.send_signal(number)

    def is_over(self) -> bool:
        """Return whether it has ended."""
        return self._process is None or self._process.poll() is not None

    def _start(self) -> None:
        try:
            self._process = self._begun()
        except (OSError, subprocess.SubprocessError) as error:
            # No memory, no more processes: a part that can't be begun is as one that has died.
            self._died(type(error).__name__)
            return
        _log.info("started", part=self.name, pid=self._process.pid)

    def _begun(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._command,
            env=self._environment,
            pass_fds=self._passed,
            # A Ctrl-C at the terminal is for the supervisor, which ends the parts in order.
            start_new_session=True,
            preexec_fn=_bound(os.getpid()),  # noqa: PLW1509 - safe, for there is one thread
        )

    def _died(self, status: int | str) -> None:
        """Decide when it is started again."""
        self._process = None
        now = time.monotonic()
        if self._deaths and now - self._deaths[-1] > _LONGEST_PAUSE + _WITHIN:
            self._pause = 0.0
        self._deaths.append(now)
        if len(self._deaths) == _DEATHS and now - self._deaths[0] <= _WITHIN:
            self._pause = min(max(_PAUSE, 2 * self._pause), _LONGEST_PAUSE)
            self._deaths.clear()
            self._due = now + self._pause
        _log.error("died", part=self.name, status=status, pause=max(0.0, self._due - now))


def supervise(parts: Sequence[Part], before_end: Callable[[], object] = lambda: None) -> None:
    """Keep the parts running until SIGTERM or SIGINT; then end one after the other, in the order given.

    Parameters
    ----------
    before_end
        What is done before the first is told to end.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HEARD)
    try:
        while True:
            for part in parts:
                part.look()
            if _heard() in _TO_END:
                break
        _log.info("draining")
        before_end()
        for part in parts:
            _end(part, parts)
        _log.info("ended")
    finally:
        for part in parts:
            part.tell(signal.SIGKILL)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(part: Part, all_parts: Sequence[Part]) -> None:
    """Let a part end in good order; one that takes too long is killed, and all are where it is asked twice."""
    part.tell(signal.SIGTERM)
    end = time.monotonic() + part.patience
    while not part.is_over():
        if _heard() in _TO_END:
            for one in all_parts:
                one.tell(signal.SIGKILL)
        if time.monotonic() > end:
            _log.error("killed", part=part.name, seconds=part.patience)
            part.tell(signal.SIGKILL)


def _heard() -> int | None:
    """Wait for a signal, for a moment at most; return which."""
    found = signal.sigtimedwait(_HEARD, _LOOK)
    return None if found is None else found.si_signo


def _bound(parent: int) -> Callable[[], None]:
    """Return what binds a process that was just begun to its parent, before it runs anything else."""

    def bind() -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HEARD)
        _KERNEL.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return bind
