"""Whether the database answers, and which errors say that it does not."""

from __future__ import annotations

import sqlalchemy as sa

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
