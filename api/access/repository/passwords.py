"""Passwords as their Argon2 hashes, and the codes with which one is set, as their HMACs."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa

from api.storage.schema import password_codes, passwords


class Code(NamedTuple):
    """A code with which a principal may set a password, once."""

    principal_id: str
    mac: str
    expires_at: int


def argon2_of(connection: sa.Connection, principal: str) -> str | None:
    """Return the hash of a principal's password; None where it has none."""
    found: str | None = connection.scalar(
        sa.select(passwords.c.argon2).where(passwords.c.principal_id == principal)
    )
    return found


def replace(connection: sa.Connection, principal: str, argon2: str, at: int) -> None:
    """Give a principal this password; the principal must be locked."""
    remove(connection, principal)
    connection.execute(sa.insert(passwords).values(principal_id=principal, argon2=argon2, changed_at=at))


def rehash(connection: sa.Connection, principal: str, old: str, new: str) -> None:
    """Put the same password's new hash in the place of the old one, unless it was changed meanwhile."""
    connection.execute(
        sa.update(passwords)
        .where(passwords.c.principal_id == principal, passwords.c.argon2 == old)
        .values(argon2=new)
    )


def remove(connection: sa.Connection, principal: str) -> None:
    """Take a principal's password away."""
    connection.execute(sa.delete(passwords).where(passwords.c.principal_id == principal))


def code_of(connection: sa.Connection, principal: str) -> Code | None:
    """Return the code of a principal."""
    query = sa.select(password_codes).where(password_codes.c.principal_id == principal)
    row = connection.execute(query).one_or_none()
    return None if row is None else Code(*row)


def replace_code(connection: sa.Connection, code: Code) -> None:
    """Give a principal this code and no other; the principal must be locked."""
    remove_code(connection, code.principal_id)
    connection.execute(sa.insert(password_codes).values(**code._asdict()))


def remove_code(connection: sa.Connection, principal: str) -> None:
    """Take a principal's code away."""
    connection.execute(sa.delete(password_codes).where(password_codes.c.principal_id == principal))
