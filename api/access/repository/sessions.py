"""Sessions: only the HMACs of their cookies are kept."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa

from api.storage.schema import principals, sessions


class Session(NamedTuple):
    """A session; times are UTC milliseconds."""

    id: str
    principal_id: str
    method: str
    begun_at: int
    used_at: int
    expires_at: int


class Visitor(NamedTuple):
    """A session with whom it belongs to."""

    session: Session
    kind: str
    name: str
    disabled: bool


_COLUMNS = tuple(sessions.c[name] for name in Session._fields)


def insert(connection: sa.Connection, session: Session, mac: str) -> None:
    """Put in a session by the HMAC of its cookie."""
    connection.execute(sa.insert(sessions).values(**session._asdict(), mac=mac))


def visitor(connection: sa.Connection, mac: str) -> Visitor | None:
    """Return the session whose cookie has this HMAC, with its principal."""
    query = (
        sa.select(*_COLUMNS, principals.c.kind, principals.c.name, principals.c.disabled)
        .join(principals, principals.c.id == sessions.c.principal_id)
        .where(sessions.c.mac == mac)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else Visitor(Session(*row[: len(_COLUMNS)]), *row[len(_COLUMNS) :])


def get(connection: sa.Connection, identifier: str) -> Session | None:
    """Return a session."""
    row = connection.execute(sa.select(*_COLUMNS).where(sessions.c.id == identifier)).one_or_none()
    return None if row is None else Session(*row)


def of_principal(connection: sa.Connection, principal: str) -> list[Session]:
    """Return the sessions of a principal, oldest first."""
    query = sa.select(*_COLUMNS).where(sessions.c.principal_id == principal).order_by(sessions.c.id)
    return [Session(*row) for row in connection.execute(query)]


def used(connection: sa.Connection, identifier: str, at: int) -> None:
    """Note when a session was used."""
    connection.execute(sa.update(sessions).where(sessions.c.id == identifier).values(used_at=at))


def remove(connection: sa.Connection, identifier: str) -> bool:
    """End a session; return whether there was one."""
    gone = sa.delete(sessions).where(sessions.c.id == identifier).returning(sessions.c.id)
    return connection.execute(gone).one_or_none() is not None


def remove_all(connection: sa.Connection, principal: str, *, but: str = "") -> int:
    """End the sessions of a principal, all or all but one; return how many there were."""
    gone = sa.delete(sessions).where(sessions.c.principal_id == principal, sessions.c.id != but)
    return len(connection.execute(gone.returning(sessions.c.id)).all())


def remove_expired(connection: sa.Connection, now: int, idle_since: int) -> None:
    """Forget the sessions that are over, by their age or because nobody used them."""
    over = sa.or_(sessions.c.expires_at <= now, sessions.c.used_at <= idle_since)
    connection.execute(sa.delete(sessions).where(over))
