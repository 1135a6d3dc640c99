"""The first start: an administrator, and the one key that lets everything else be set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import principals
from api.access.repository import principals as rows
from api.access.repository.principals import Grant
from api.access.secrets import write_private
from api.problems import Refused
from api.storage.session import reading, writing

if TYPE_CHECKING:
    from pathlib import Path

    from api.state import Service

_ACTOR = "server"
_NAME = "administrator"


def first_key(service: Service, file: Path | None) -> str | None:
    """Make an administrator where there is nobody yet, and return its key; None on every later start.

    Parameters
    ----------
    file
        Where the key is written to, for its owner alone; it must not be there yet.

    Raises
    ------
    FileExistsError
        Where the file is there; then no administrator is made.
    """
    with reading(service.database) as connection:
        if not rows.is_empty(connection):
            return None
    with writing(service.database) as connection:
        # Of several that start at once on a new database, one makes it.
        if not rows.is_empty(connection):
            return None
        try:
            grant = Grant("administrator", "all", "")
            administrator = principals.create(connection, _ACTOR, "user", _NAME, [grant])
        except Refused:
            return None
        made = principals.make_key(
            connection, service.secrets, _ACTOR, administrator.id, service.settings.key_days
        )
        if file is not None:
            write_private(file, f"{made.text}\n")
    return made.text
