"""Stopping a solve: by a signal, by a time limit, or from another thread."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from matcher.problems import MatcherError

if TYPE_CHECKING:
    from collections.abc import Iterator


class Aborted(MatcherError):
    """The solve was aborted by a second signal; nothing of it is kept."""


class Stop:
    """Tells a solve to end soon and keep the best checked plan; asked twice, to end at once.

    Parameters
    ----------
    seconds
        Wall-clock time after which to stop by itself; None: never (then a run repeats exactly).
    """

    def __init__(self, seconds: float | None = None) -> None:
        self._requests = 0
        self._began = time.monotonic()
        self._deadline = None if seconds is None else self._began + seconds
        #: Whether anything was told to stop: then the run can't be repeated exactly.
        self.cut_short = False

    def request(self) -> None:
        """Ask the solve to stop; a second request aborts it."""
        self._requests += 1

    @property
    def requested(self) -> bool:
        """Whether somebody asked the solve to stop."""
        return self._requests > 0

    @property
    def out_of_time(self) -> bool:
        """Whether the time limit has passed."""
        return self._deadline is not None and time.monotonic() >= self._deadline

    @property
    def now(self) -> bool:
        """Whether to stop; raises where a second request came.

        Raises
        ------
        Aborted
            After a second request.
        """
        if self._requests > 1:
            raise Aborted("the solve was aborted")
        if self.requested or self.out_of_time:
            self.cut_short = True
        return self.cut_short

    def patient(self) -> Stop:
        """Return a stop that only a second request sets off, for short work that must not be left half done."""
        return _Patient(self)

    @property
    def elapsed(self) -> float:
        """Seconds since the stop was made."""
        return time.monotonic() - self._began

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Let SIGINT and SIGTERM ask for the stop while the block runs (in the main thread only)."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        caught = (signal.SIGINT, signal.SIGTERM)
        before: dict[int, Any] = {number: signal.signal(number, self._on_signal) for number in caught}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _on_signal(self, _number: int, _frame: object) -> None:
        self.request()


class _Patient(Stop):
    """A stop that waits for the abort."""

    def __init__(self, stop: Stop) -> None:
        super().__init__()
        self._stop = stop

    @property
    def now(self) -> bool:
        """Never; raises :class:`Aborted` after a second request."""
        _ = self._stop.now
        return False
