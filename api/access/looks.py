"""Looks at persons, put on record together: one transaction, forced to the disk once, for all that came meanwhile.

A look is on record before its answer leaves. Nobody waits on purpose: whoever comes while others are being written is
in the next batch.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import audit
from api.storage.session import writing

if TYPE_CHECKING:
    import sqlalchemy as sa

    from api.access.audit import Act


@dataclass(eq=False)
class _Waiting:
    """A look that is to be put on record; ``error`` is what kept it from that."""

    act: Act
    is_done: bool = False
    error: BaseException | None = None


class Looks:
    """Puts looks on record; threads of requests call it, and each returns when its look is committed."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database
        self._waiting: list[_Waiting] = []
        self._adding = threading.Lock()
        #: Whoever holds it writes for everybody who waits by then.
        self._writing = threading.Lock()

    @property
    def waiting(self) -> int:
        """How many wait for others to be written."""
        return len(self._waiting)

    def record(self, act: Act) -> None:
        """Put a look on record; what keeps the batch from that is raised for each look in it."""
        mine = _Waiting(act)
        with self._adding:
            self._waiting.append(mine)
        with self._writing:
            if not mine.is_done:
                self._write()
        if mine.error is not None:
            raise mine.error

    def _write(self) -> None:
        with self._adding:
            batch, self._waiting = self._waiting, []
        error: BaseException | None = None
        try:
            with writing(self._database) as connection:
                audit.append_all(connection, [one.act for one in batch])
        except Exception as raised:
            error = raised
        for one in batch:
            one.is_done, one.error = True, error
