"""A worker's name is its own: one life at a time on a machine, so that what an earlier life had is known to be free."""

from __future__ import annotations

import fcntl
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from api.jobs.refusals import JobsRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def require_name(name: str) -> None:
    """Refuse what can't be the name of a worker.

    Raises
    ------
    JobsRefused
        With the code ``worker_name``.
    """
    if not _NAME.fullmatch(name):
        raise JobsRefused("worker_name", name=name)


@contextmanager
def own_name(data: Path, name: str) -> Iterator[None]:
    """Hold a worker's name on this machine; the kernel gives it back when the process ends, however it ends.

    Parameters
    ----------
    data
        The service's folder of data.
    name
        The worker's name.

    Raises
    ------
    JobsRefused
        With the code ``worker_name`` or ``worker_name_taken``.
    """
    require_name(name)
    folder = data / "workers"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise JobsRefused("worker_name_taken", name=name) from None
        yield
