"""The options that several commands share, and the settings that they make; help stands in :mod:`api.cli.words`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from api.refusals import ServiceRefused

if TYPE_CHECKING:
    from api.config import Settings

Data = Annotated[Path | None, typer.Option("--data", metavar="DIR", show_default=False)]
Database = Annotated[str | None, typer.Option("--database", metavar="URL", show_default=False)]

#: Who acts, in the audit trail.
ACTOR: Final = "command line"

#: Where the service keeps its things, below the folder it is started in, where nothing else is said.
DEFAULT_DATA: Final = Path("matcher-data")
_VARIABLES: Final = ("MATCHER_DATA", "MATCHER_DATA_FILE")


def settings_for(data: Path | None, database: str | None, **given: Any) -> Settings:
    """Return the settings; options go before the environment.

    Raises
    ------
    ServiceRefused
        With the code ``settings_bad``.
    """
    from api.config import BadSettings, settings_of

    if data is None and not any(name in os.environ for name in _VARIABLES):
        data = DEFAULT_DATA
    if data is not None:
        data = data.absolute()
    try:
        return settings_of(data=data, database=database, **given)
    except BadSettings as error:
        raise ServiceRefused("settings_bad", lines="; ".join(error.lines)) from None
