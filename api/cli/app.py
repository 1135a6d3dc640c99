"""The program: the matcher's, with the commands of the service added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from api.cli import words
from api.cli.commands.audit import audit_verify_command
from api.cli.commands.backup import backup_command, restore_command, upgrade_command
from api.cli.commands.config import config_command
from api.cli.commands.demo import demo_command
from api.cli.commands.keys import keys_create_command, keys_list_command, keys_revoke_command
from api.cli.commands.purge import purge_command
from api.cli.commands.serve import serve_command
from api.cli.refusals import refusals_of
from matcher.cli import app
from matcher.cli.additions import Additions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.codes import Language

ADDITIONS: Final = Additions(
    commands={
        "demo": demo_command,
        "serve": serve_command,
        "config": config_command,
        "audit verify": audit_verify_command,
        "backup": backup_command,
        "restore": restore_command,
        "upgrade": upgrade_command,
        "purge": purge_command,
        "keys create": keys_create_command,
        "keys list": keys_list_command,
        "keys revoke": keys_revoke_command,
    },
    help=words.COMMANDS,
    parameters=words.PARAMETERS,
    refusals=refusals_of,
)


def program(language: Language) -> Any:
    """Return the program as a command of typer, speaking ``language``."""
    return app.program(language, ADDITIONS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program, and return its exit status."""
    return app.main(arguments, ADDITIONS)
