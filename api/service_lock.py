"""One service at a time on a data folder; the kernel frees the folder when the last of its processes is gone."""

from __future__ import annotations

import fcntl
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from api.refusals import ServiceRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Seconds for the processes of a service that was just killed to be gone.
_PATIENCE: Final = 3.0
_AGAIN: Final = 0.1


@contextmanager
def only_service(data: Path) -> Iterator[int]:
    """Hold a data folder; gives the open lock, to be handed to the processes that work in the folder.

    Raises
    ------
    ServiceRefused
        With the code ``data_in_use``.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (data / "service.lock").open("ab") as lock:
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise ServiceRefused("data_in_use", folder=str(data)) from None
                time.sleep(_AGAIN)
        yield lock.fileno()
