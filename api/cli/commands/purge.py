"""``matcher purge``: what the rule of retention lets go is removed for good."""

from __future__ import annotations

from dataclasses import asdict

from api.cli import words
from api.cli.options import ACTOR, Data, Database, settings_for
from matcher.cli.desk import Desk
from matcher.cli.options import Lang, Language


def purge_command(data: Data = None, database: Database = None, lang: Language = Lang.ZH) -> int:
    """Remove the deleted rounds whose time is over; the service may be running."""
    from api.retention.service import remove
    from api.storage.engine import open_database

    settings = settings_for(data, database)
    opened = open_database(settings.database_url, migrate=False)
    try:
        removed = remove(opened, ACTOR, settings.hook_days)
    finally:
        opened.dispose()
    Desk(lang.value).say(words.PURGED, **asdict(removed))
    return 0
