"""Attempts to log in that were not followed by success, by the HMAC of an account's name or an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from api.storage.schema import login_attempts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: ON CONFLICT is spelt alike in both, but is no part of the standard.
_INSERT: Mapping[str, Callable[[sa.Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


class Attempts(NamedTuple):
    """How often it failed, and before when it is not tried again (UTC milliseconds)."""

    failures: int
    until: int


def locked(connection: sa.Connection, mac: str) -> Attempts:
    """Return the attempts; nobody else changes them to the end of the transaction."""
    row = _INSERT[connection.dialect.name](login_attempts).values(mac=mac, failures=0, until=0)
    connection.execute(row.on_conflict_do_nothing())
    query = sa.select(login_attempts.c.failures, login_attempts.c.until).where(login_attempts.c.mac == mac)
    return Attempts(*connection.execute(query.with_for_update()).one())


def put(connection: sa.Connection, mac: str, attempts: Attempts) -> None:
    """Change the attempts; they must be locked."""
    connection.execute(
        sa.update(login_attempts).where(login_attempts.c.mac == mac).values(**attempts._asdict())
    )


def take_back(connection: sa.Connection, mac: str, now: int) -> None:
    """Count one attempt less, and let the next one come at once."""
    connection.execute(
        sa.update(login_attempts)
        .where(login_attempts.c.mac == mac, login_attempts.c.failures > 0)
        .values(failures=login_attempts.c.failures - 1, until=now)
    )


def forget(connection: sa.Connection, mac: str) -> None:
    """Forget the attempts."""
    connection.execute(sa.delete(login_attempts).where(login_attempts.c.mac == mac))


def forget_old(connection: sa.Connection, before: int) -> None:
    """Forget the attempts whose delay was over before a time."""
    connection.execute(sa.delete(login_attempts).where(login_attempts.c.until < before))
