"""Keys: only their HMACs are kept."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa

from api.storage.schema import api_keys, principals


class Key(NamedTuple):
    """A key without its secret; times are UTC milliseconds, the day is counted from 1970-01-01."""

    id: str
    principal_id: str
    prefix: str
    expires_at: int | None
    revoked_at: int | None
    last_used_day: int | None


class Holder(NamedTuple):
    """A key with whom it belongs to."""

    key: Key
    kind: str
    name: str
    disabled: bool


_COLUMNS = (
    api_keys.c.id,
    api_keys.c.principal_id,
    api_keys.c.prefix,
    api_keys.c.expires_at,
    api_keys.c.revoked_at,
    api_keys.c.last_used_day,
)


def insert(connection: sa.Connection, key: Key, mac: str) -> None:
    """Put in a key by its HMAC."""
    connection.execute(sa.insert(api_keys).values(**key._asdict(), mac=mac))


def holder(connection: sa.Connection, mac: str) -> Holder | None:
    """Return the key that has this HMAC, with its principal."""
    query = (
        sa.select(*_COLUMNS, principals.c.kind, principals.c.name, principals.c.disabled)
        .join(principals, principals.c.id == api_keys.c.principal_id)
        .where(api_keys.c.mac == mac)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else Holder(Key(*row[: len(_COLUMNS)]), *row[len(_COLUMNS) :])


def with_holders(connection: sa.Connection) -> list[Holder]:
    """Return all keys with their principals, by name and then oldest first."""
    query = (
        sa.select(*_COLUMNS, principals.c.kind, principals.c.name, principals.c.disabled)
        .join(principals, principals.c.id == api_keys.c.principal_id)
        .order_by(principals.c.name, api_keys.c.id)
    )
    rows = connection.execute(query)
    return [Holder(Key(*row[: len(_COLUMNS)]), *row[len(_COLUMNS) :]) for row in rows]


def of_principal(connection: sa.Connection, principal: str) -> list[Key]:
    """Return the keys of a principal, oldest first."""
    query = sa.select(*_COLUMNS).where(api_keys.c.principal_id == principal).order_by(api_keys.c.id)
    return [Key(*row) for row in connection.execute(query)]


def get(connection: sa.Connection, identifier: str) -> Key | None:
    """Return a key."""
    row = connection.execute(sa.select(*_COLUMNS).where(api_keys.c.id == identifier)).one_or_none()
    return None if row is None else Key(*row)


def revoke(connection: sa.Connection, identifier: str, at: int) -> None:
    """Revoke a key; one that is revoked already stays so from when it was."""
    connection.execute(
        sa.update(api_keys)
        .where(api_keys.c.id == identifier, api_keys.c.revoked_at.is_(None))
        .values(revoked_at=at)
    )


def used(connection: sa.Connection, identifier: str, day: int) -> None:
    """Note the day on which a key was used."""
    connection.execute(sa.update(api_keys).where(api_keys.c.id == identifier).values(last_used_day=day))
