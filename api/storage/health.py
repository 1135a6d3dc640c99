"""Whether the database answers, which errors say that it does not, and which that there is no room left."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from api.no_room import is_without_room
from api.storage.session import reading


def is_answering(database: sa.Engine) -> bool:
    """Return whether the database answers now."""
    try:
        with reading(database) as connection:
            connection.execute(sa.select(1))
    except (sa.exc.DBAPIError, sa.exc.TimeoutError):
        return False
    return True


#: Errors of a database that is away, busy beyond patience or ending: the same request may do well later.
UNAVAILABLE: tuple[type[Exception], ...] = (
    sa.exc.OperationalError,
    sa.exc.InterfaceError,
    sa.exc.TimeoutError,
)

#: What PostgreSQL calls a disk that is full.
_DISK_FULL: Final = "53100"


def is_full(error: BaseException) -> bool:
    """Return whether an error says that a disk has no room left: the database's, or the one of an uploaded file."""
    reason: Any = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    if isinstance(reason, OSError):
        return is_without_room(reason)
    is_sqlites = getattr(reason, "sqlite_errorname", None) == "SQLITE_FULL"
    return is_sqlites or getattr(reason, "sqlstate", None) == _DISK_FULL
