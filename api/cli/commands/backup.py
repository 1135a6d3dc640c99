"""``matcher backup``, ``matcher restore``, ``matcher upgrade``: the whole database, outside of the service."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import words
from api.cli.options import Data, Database, settings_for
from matcher.cli.desk import Desk
from matcher.cli.options import Lang, Language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.config import Settings

File = Annotated[Path, typer.Argument(metavar="FILE")]


def backup_command(file: File, data: Data = None, database: Database = None, lang: Language = Lang.ZH) -> int:
    """Write a backup; the service may be running."""
    from api.storage.backup import back_up
    from api.storage.engine import open_database

    opened = open_database(settings_for(data, database).database_url, migrate=False)
    try:
        manifest = back_up(opened, file)
    finally:
        opened.dispose()
    rows = sum(content.rows for content in manifest.tables.values())
    Desk(lang.value).say(words.BACKED_UP, path=file, rows=rows, tables=len(manifest.tables))
    return 0


def restore_command(
    file: File, data: Data = None, database: Database = None, lang: Language = Lang.ZH
) -> int:
    """Fill an empty database from a backup; no service may be running."""
    from api.storage.engine import connect
    from api.storage.restore import restore, verify

    settings = settings_for(data, database)
    verify(file)  # before anything is made
    with _stopped(settings):
        opened = connect(settings.database_url)
        try:
            manifest = restore(opened, file)
        finally:
            opened.dispose()
    rows = sum(content.rows for content in manifest.tables.values())
    Desk(lang.value).say(words.RESTORED, path=file, rows=rows, tables=len(manifest.tables))
    return 0


def upgrade_command(data: Data = None, database: Database = None, lang: Language = Lang.ZH) -> int:
    """Make the tables, or bring them up to what this program needs; no service may be running."""
    from api.storage.engine import open_database
    from api.storage.upgrade import head

    settings = settings_for(data, database)
    with _stopped(settings):
        open_database(settings.database_url).dispose()
    Desk(lang.value).say(words.UPGRADED, revision=head())
    return 0


@contextmanager
def _stopped(settings: Settings) -> Iterator[None]:
    """Keep a service from running on the data folder meanwhile.

    Raises
    ------
    ServiceRefused
        With the code ``data_in_use``, where one runs.
    """
    from api.service_lock import only_service

    with only_service(settings.data):
        yield
