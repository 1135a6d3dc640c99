"""Who principals are to a provider of single sign-on, and log-ins that it was asked for."""

from __future__ import annotations

import sqlalchemy as sa

from api.access.repository.principals import Principal
from api.storage.schema import identities, oidc_logins, principals


def principal(connection: sa.Connection, issuer: str, subject: str) -> Principal | None:
    """Return the principal that a subject is."""
    query = (
        sa.select(principals.c.id, principals.c.kind, principals.c.name, principals.c.disabled)
        .join(identities, identities.c.principal_id == principals.c.id)
        .where(identities.c.issuer == issuer, identities.c.subject == subject)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else Principal(*row)


def link(connection: sa.Connection, issuer: str, subject: str, identifier: str) -> None:
    """Let a subject be this principal from now on, and nobody else."""
    connection.execute(
        sa.delete(identities).where(identities.c.issuer == issuer, identities.c.subject == subject)
    )
    connection.execute(sa.insert(identities).values(issuer=issuer, subject=subject, principal_id=identifier))


def ask(connection: sa.Connection, mac: str, browser_mac: str, expires_at: int) -> None:
    """Keep that a log-in was asked for."""
    connection.execute(sa.insert(oidc_logins).values(mac=mac, browser_mac=browser_mac, expires_at=expires_at))


def forget_asked(connection: sa.Connection, before: int) -> None:
    """Forget log-ins that nobody came back from."""
    connection.execute(sa.delete(oidc_logins).where(oidc_logins.c.expires_at < before))


def take_asked(connection: sa.Connection, mac: str) -> tuple[str, int] | None:
    """Take a log-in that was asked for, so that nobody else can; return the browser's HMAC and its end."""
    taken = (
        sa.delete(oidc_logins)
        .where(oidc_logins.c.mac == mac)
        .returning(oidc_logins.c.browser_mac, oidc_logins.c.expires_at)
    )
    row = connection.execute(taken).one_or_none()
    return None if row is None else (row.browser_mac, row.expires_at)
