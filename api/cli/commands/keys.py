"""``matcher keys``: keys for people and programs, given out by whoever runs the service."""

from __future__ import annotations

import datetime
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from api.cli import words
from api.cli.options import ACTOR, Data, Database, settings_for
from api.refusals import ServiceRefused
from matcher.cli.desk import Column, Desk
from matcher.cli.options import Lang, Language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import sqlalchemy as sa

    from api.access.scopes import ScopeKind
    from api.state import Service
    from matcher.codes import Text


class KeyRole(StrEnum):
    """The roles."""

    VIEWER = "viewer"
    PLANNER = "planner"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"


_COLUMNS: Final = tuple(Column(text) for text in words.KEY_COLUMNS)


def keys_create_command(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    role: Annotated[KeyRole | None, typer.Option("--role", show_default=False)] = None,
    county: Annotated[str, typer.Option("--county", metavar="COUNTY", show_default=False)] = "",
    prefecture: Annotated[str, typer.Option("--prefecture", metavar="PREFECTURE", show_default=False)] = "",
    days: Annotated[int | None, typer.Option("--days", metavar="N", min=1, max=3650)] = None,
    data: Data = None,
    database: Database = None,
    lang: Language = Lang.ZH,
) -> int:
    """Make a key, and where there is no account of that name yet, the account; the key is kept nowhere."""
    from api.access.principals import make_key
    from api.storage.session import writing

    with _service(data, database) as service:
        lasts = days or service.settings.key_days
        with writing(service.database) as connection:
            account = _account(connection, name, role, county, prefecture)
            made = make_key(connection, service.secrets, ACTOR, account, lasts)
    desk = Desk(lang.value)
    desk.note(words.KEY_MADE, name=name, id=made.key.id, days=lasts)
    desk.out.print(made.text, soft_wrap=True)
    return 0


def keys_list_command(data: Data = None, database: Database = None, lang: Language = Lang.ZH) -> int:
    """List the keys; what opens the service is not shown, for it is not known."""
    from api.access.repository.keys import with_holders
    from api.storage.session import reading

    with _service(data, database) as service, reading(service.database) as connection:
        holders = with_holders(connection)
    desk = Desk(lang.value)
    rows = [
        (
            holder.name, holder.key.id, holder.key.prefix, _day(holder.key.expires_at),
            desk.words(_state(holder.key.revoked_at is not None, is_disabled=holder.disabled)),
        )
        for holder in holders
    ]  # fmt: skip
    desk.table(_COLUMNS, rows)
    return 0


def keys_revoke_command(
    identifier: Annotated[str, typer.Argument(metavar="KEY")],
    data: Data = None,
    database: Database = None,
    lang: Language = Lang.ZH,
) -> int:
    """Revoke a key; the service refuses it from now on."""
    from api.access.principals import revoke_key
    from api.problems import Refused
    from api.storage.session import writing

    with _service(data, database) as service, writing(service.database) as connection:
        try:
            revoke_key(connection, ACTOR, identifier)
        except Refused:
            raise ServiceRefused("key_unknown", key=identifier) from None
    Desk(lang.value).say(words.KEY_REVOKED, id=identifier)
    return 0


def _account(connection: sa.Connection, name: str, role: KeyRole | None, county: str, prefecture: str) -> str:
    """Return the identifier of an account, made where there is none of that name."""
    from api.access import principals
    from api.access.repository import principals as rows
    from api.access.repository.principals import Grant

    found = rows.named(connection, "user", name)
    if found is not None:
        if role or county or prefecture:
            raise ServiceRefused("account_exists", name=name)
        return found.id
    if role is None:
        raise ServiceRefused("role_needed", name=name)
    if name != name.strip() or not name:
        raise ServiceRefused("account_name", name=name)
    if county and prefecture:
        raise ServiceRefused("scope_twice")
    if role == KeyRole.ADMINISTRATOR and (county or prefecture):
        raise ServiceRefused("administrator_scope")
    kind: ScopeKind = "county" if county else "prefecture" if prefecture else "all"
    grant = Grant(role.value, kind, county or prefecture)
    return principals.create(connection, ACTOR, "user", name, [grant]).id


@contextmanager
def _service(data: Path | None, database: str | None) -> Iterator[Service]:
    """Give database and secrets of a service, running or not; nothing is made or migrated here."""
    from api.state import open_service
    from api.storage.engine import open_database

    settings = settings_for(data, database)
    open_database(settings.database_url, migrate=False).dispose()
    service = open_service(settings)
    try:
        yield service
    finally:
        service.database.dispose()


def _day(at: int | None) -> str:
    return "" if at is None else datetime.datetime.fromtimestamp(at / 1000, datetime.UTC).date().isoformat()


def _state(is_revoked: bool, *, is_disabled: bool) -> Text:
    return words.REVOKED if is_revoked else words.DISABLED if is_disabled else words.GOOD
