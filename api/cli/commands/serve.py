"""``matcher serve``: the service, from its database to the workers, until it is told to end."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import Data, Database, settings_for
from matcher.cli.options import Lang, Language


class Role(StrEnum):
    """Which processes are run."""

    ALL = "all"
    API = "api"
    WORKER = "worker"


def serve_command(  # noqa: PLR0913, PLR0917 - one for each option
    data: Data = None,
    port: Annotated[int | None, typer.Option("--port", metavar="N", show_default=False)] = None,
    host: Annotated[str | None, typer.Option("--host", metavar="ADDRESS", show_default=False)] = None,
    database: Database = None,
    role: Annotated[Role, typer.Option("--role", show_default=False)] = Role.ALL,
    cores: Annotated[int | None, typer.Option("--cores", min=1, metavar="N", show_default=False)] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", show_default=False)] = None,
    admin_key_file: Annotated[Path | None, typer.Option("--admin-key-file", metavar="FILE")] = None,
    lang: Language = Lang.ZH,  # noqa: ARG001 - taken by the program for what is refused
) -> int:
    """Run the service."""
    from api.starting import run

    settings = settings_for(data, database, port=port, host=host)
    run(settings, role.value, cores=cores, name=name, key_file=admin_key_file)
    return 0
