"""How long a child is waited for that was told to stop."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from api.jobs.attempt import Attempt

#: Seconds that a child has to end when it was told to stop; then another takes its plan up from the checkpoint, and
#: has twice as long, for the machine may be busy.
PATIENCE: Final = 20.0


class Patience:
    """With the attempts of one run, from when it is told to stop."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._seconds = PATIENCE
        self._given_up: Attempt | None = None

    @property
    def is_asked(self) -> bool:
        """Whether the run was told to stop."""
        return self._since is not None

    @property
    def is_lost(self) -> bool:
        """Whether the attempt under way has had its time."""
        return self._since is not None and time.monotonic() - self._since > self._seconds

    def begin(self) -> None:
        """Count from now: the attempt under way is told to stop."""
        self._since = time.monotonic()

    def give_up(self, attempt: Attempt) -> None:
        """Wait for this attempt no longer; the next one has more time."""
        self.begin()
        self._seconds *= 2
        self._given_up = attempt

    def has_given_up(self, attempt: Attempt | None) -> bool:
        """Return whether it was this attempt that was not waited for any longer."""
        return attempt is not None and attempt is self._given_up
