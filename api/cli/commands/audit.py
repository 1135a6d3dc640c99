"""``matcher audit verify``: whether the audit trail is whole."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import words
from api.cli.options import Data, Database, settings_for
from api.refusals import ServiceRefused
from matcher.cli.desk import Desk
from matcher.cli.options import Lang, Language
from matcher.cli.status import Status

if TYPE_CHECKING:
    from api.config import Settings

#: As the command prints it, or as the service lays it down, with time and signature.
_ANCHOR = re.compile(r"(\d{1,18}) ([0-9a-f]{64})( \d{1,18} [0-9a-f]{64})?")


def audit_verify_command(
    anchor: Annotated[Path | None, typer.Option("--anchor", metavar="FILE")] = None,
    data: Data = None,
    database: Database = None,
    lang: Language = Lang.ZH,
) -> int:
    """Go through the trail; print number and hash of its last entry, an anchor for later."""
    from api.access.audit_verify import verify
    from api.storage.engine import open_database
    from api.storage.session import reading

    settings = settings_for(data, database)
    desk = Desk(lang.value)
    given = [] if anchor is None else _anchors(anchor)
    opened = open_database(settings.database_url, migrate=False)
    try:
        anchors = {*given, *_laid(settings, desk)}
        with reading(opened) as connection:
            found = verify(connection, anchors)
    finally:
        opened.dispose()
    if found.broken_at is not None:
        desk.note(words.TRAIL_BROKEN, number=found.broken_at)
        return Status.FAILED
    desk.note(words.TRAIL_WHOLE, entries=found.entries, anchors=len(anchors))
    desk.out.print(f"{found.entries} {found.head}", soft_wrap=True)
    return Status.DONE


def _anchors(file: Path) -> list[tuple[int, str]]:
    """Return number and hash of each anchor of a file."""
    anchors = []
    for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        found = _ANCHOR.fullmatch(line.strip())
        if found is None:
            raise ServiceRefused("anchor_unreadable", path=file, line=number)
        anchors.append((int(found[1]), found[2]))
    return anchors


def _laid(settings: Settings, desk: Desk) -> list[tuple[int, str]]:
    """Return the anchors that the service laid down on this machine; none where its secret is not at hand."""
    from api.access.anchors import Forged, laid
    from api.access.secrets import secrets_at_hand

    if not settings.anchors.is_dir():
        return []
    secrets = secrets_at_hand(settings)
    if secrets is None:
        desk.note(words.ANCHORS_LEFT_OUT, path=settings.anchors)
        return []
    try:
        return laid(settings.anchors, secrets)
    except Forged as forged:
        raise ServiceRefused("anchor_forged", path=forged.path, line=forged.line) from None
