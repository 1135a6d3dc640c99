"""The voice of a child: lines to its worker."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from api.jobs.messages import Line


class Speaker:
    """Says lines to the worker, with the time and the work since the process began.

    Parameters
    ----------
    file
        The descriptor to write to.
    """

    def __init__(self, file: int) -> None:
        self._file = os.fdopen(file, "wb")
        self._began = time.monotonic()

    def say(self, line: type[Line], **values: Any) -> None:
        """Say a line, all of it."""
        made = line(seconds=round(time.monotonic() - self._began, 3), work=round(self.work, 3), **values)
        self._file.write(made.line())
        self._file.flush()

    def close(self) -> None:
        """Say nothing more."""
        self._file.close()

    @property
    def work(self) -> float:
        """Processor seconds of this process and of those it has begun and that have ended: about a unit of effort each."""
        times = os.times()
        return times.user + times.system + times.children_user + times.children_system
