"""What administrators do: principals, their grants and their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.access import audit, keys
from api.access.repository import keys as key_rows
from api.access.repository import principals as rows
from api.access.repository import sessions as session_rows
from api.access.repository.principals import Grant, Principal
from api.problems import Refused
from api.storage.canonical import canonical_json, digest_of
from api.storage.identifiers import new_identifier

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlalchemy as sa

    from api.access.keys import MadeKey
    from api.access.repository.keys import Key
    from api.access.secrets import Secrets

_HEAD = ("id", "prefix", "expires_at", "revoked_at", "last_used_day")


def create(connection: sa.Connection, actor: str, kind: str, name: str, grants: Iterable[Grant]) -> Principal:
    """Make a principal with its grants.

    Raises
    ------
    Refused
        With the code ``principal_exists``.
    """
    principal = Principal(new_identifier(), kind, name, False)
    if not rows.insert(connection, principal):
        raise Refused("principal_exists")
    audit.append(connection, actor, "principals.write", principal.id, change="created", kind=kind)
    wanted = list(grants)
    if wanted:
        set_grants(connection, actor, principal.id, wanted)
    return principal


def require(connection: sa.Connection, identifier: str, *, lock: bool = False) -> Principal:
    """Return a principal.

    Raises
    ------
    Refused
        With the code ``not_found``.
    """
    principal = rows.get(connection, identifier, lock=lock)
    if principal is None:
        raise Refused("not_found")
    return principal


def set_grants(connection: sa.Connection, actor: str, identifier: str, grants: Iterable[Grant]) -> None:
    """Give a principal these grants and no other.

    Raises
    ------
    Refused
        With the code ``last_administrator``.
    """
    wanted = sorted(set(grants))
    had = rows.grants_of(connection, identifier)
    if _administers(had) and not _administers(wanted):
        _require_other(connection, identifier)
    rows.replace_grants(connection, identifier, wanted)
    audit.append(
        connection,
        actor,
        "grants.write",
        identifier,
        before=[list(g) for g in had],
        after=[list(g) for g in wanted],
    )


def set_disabled(connection: sa.Connection, actor: str, identifier: str, *, disabled: bool) -> None:
    """Shut a principal out and end its sessions, or let it in again.

    Raises
    ------
    Refused
        With the code ``last_administrator``.
    """
    if disabled and _administers(rows.grants_of(connection, identifier)):
        _require_other(connection, identifier)
    rows.set_disabled(connection, identifier, disabled=disabled)
    if disabled:
        # They do not come back when it is let in again.
        session_rows.remove_all(connection, identifier)
    change = "disabled" if disabled else "enabled"
    audit.append(connection, actor, "principals.write", identifier, change=change)


def make_key(connection: sa.Connection, secrets: Secrets, actor: str, principal: str, days: int) -> MadeKey:
    """Make a key for a principal."""
    made = keys.make(connection, secrets, principal, days)
    audit.append(connection, actor, "keys.write", made.key.id, change="made", principal=principal, days=days)
    return made


def revoke_key(connection: sa.Connection, actor: str, identifier: str) -> Key:
    """Revoke a key; from now on it is refused.

    Raises
    ------
    Refused
        With the code ``not_found``.
    """
    key_rows.revoke(connection, identifier, keys.now())
    key = key_rows.get(connection, identifier)
    if key is None:
        raise Refused("not_found")
    audit.append(connection, actor, "keys.write", identifier, change="revoked", principal=key.principal_id)
    return key


def view(connection: sa.Connection, principal: Principal) -> dict[str, Any]:
    """Return a principal with its grants and keys, as data."""
    return {
        **principal._asdict(),
        "grants": [grant._asdict() for grant in rows.grants_of(connection, principal.id)],
        "keys": [key_head(key) for key in key_rows.of_principal(connection, principal.id)],
    }


def key_head(key: Key) -> dict[str, Any]:
    """Return a key without its secret, as data."""
    return {name: getattr(key, name) for name in _HEAD}


def version(seen: dict[str, Any]) -> str:
    """Return what changes whenever an administrator changes a principal; using a key does not."""
    keys_ = [{**key, "last_used_day": None} for key in seen["keys"]]
    return digest_of(canonical_json({**seen, "keys": keys_}))[:32]


def _administers(grants: Iterable[Grant]) -> bool:
    return any(grant.role == "administrator" for grant in grants)


def _require_other(connection: sa.Connection, identifier: str) -> None:
    if not rows.other_administrator(connection, identifier):
        raise Refused("last_administrator")
