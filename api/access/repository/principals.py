"""Principals and their grants."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from api.storage.schema import grants, principals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from api.access.roles import Role
    from api.access.scopes import ScopeKind


class Grant(NamedTuple):
    """A role, and where it holds; ``scope`` is blank for ``all``."""

    role: Role
    scope_kind: ScopeKind
    scope: str


class Principal(NamedTuple):
    """Someone or something that may ask."""

    id: str
    kind: str
    name: str
    disabled: bool


#: ON CONFLICT is spelt alike in both, but is no part of the standard.
_INSERT: Mapping[str, Callable[[sa.Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}

_COLUMNS = (principals.c.id, principals.c.kind, principals.c.name, principals.c.disabled)


def is_empty(connection: sa.Connection) -> bool:
    """Return whether there is no principal yet."""
    return connection.execute(sa.select(principals.c.id).limit(1)).one_or_none() is None


def insert(connection: sa.Connection, principal: Principal) -> bool:
    """Put in a principal; return False where its kind and name are taken."""
    row = _INSERT[connection.dialect.name](principals).values(**principal._asdict())
    # Not by the count of rows, which PostgreSQL's driver does not always give.
    made = connection.execute(row.on_conflict_do_nothing().returning(principals.c.id))
    return made.one_or_none() is not None


def get(connection: sa.Connection, identifier: str, *, lock: bool = False) -> Principal | None:
    """Return a principal; ``lock`` keeps others from changing it to the end of the transaction."""
    query = sa.select(*_COLUMNS).where(principals.c.id == identifier)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return None if row is None else Principal(*row)


def named(connection: sa.Connection, kind: str, name: str) -> Principal | None:
    """Return the principal of a name."""
    query = sa.select(*_COLUMNS).where(principals.c.kind == kind, principals.c.name == name)
    row = connection.execute(query).one_or_none()
    return None if row is None else Principal(*row)


def page(connection: sa.Connection, after: str, most: int) -> list[Principal]:
    """Return at most ``most`` principals whose identifiers sort after ``after``."""
    query = sa.select(*_COLUMNS).where(principals.c.id > after).order_by(principals.c.id).limit(most)
    return [Principal(*row) for row in connection.execute(query)]


def set_disabled(connection: sa.Connection, identifier: str, *, disabled: bool) -> None:
    """Shut a principal out, or let it in again."""
    connection.execute(sa.update(principals).where(principals.c.id == identifier).values(disabled=disabled))


def grants_of(connection: sa.Connection, identifier: str) -> list[Grant]:
    """Return the grants of a principal, in order."""
    query = sa.select(grants.c.role, grants.c.scope_kind, grants.c.scope).where(
        grants.c.principal_id == identifier
    )
    return sorted(Grant(*row) for row in connection.execute(query))


def replace_grants(connection: sa.Connection, identifier: str, wanted: Iterable[Grant]) -> None:
    """Give a principal these grants and no other."""
    connection.execute(sa.delete(grants).where(grants.c.principal_id == identifier))
    rows = [{"principal_id": identifier, **grant._asdict()} for grant in sorted(set(wanted))]
    if rows:
        connection.execute(sa.insert(grants), rows)


def other_administrator(connection: sa.Connection, identifier: str) -> bool:
    """Return whether there is an enabled administrator besides this principal."""
    query = (
        sa.select(principals.c.id)
        .join(grants, grants.c.principal_id == principals.c.id)
        .where(
            grants.c.role == "administrator",
            grants.c.scope_kind == "all",
            principals.c.disabled.is_(False),
            principals.c.id != identifier,
        )
        # Two who each remove the other would else both see the other still there.
        .with_for_update()
        .limit(1)
    )
    return connection.execute(query).first() is not None
