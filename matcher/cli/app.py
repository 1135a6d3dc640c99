"""The program: its commands, its language, and how every way of ending becomes an exit status."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from matcher.cli.additions import Additions
from matcher.cli.commands.bench import bench_command
from matcher.cli.commands.check import check_command
from matcher.cli.commands.compare import compare_command
from matcher.cli.commands.convert import convert_command
from matcher.cli.commands.core import core_command
from matcher.cli.commands.demo import demo_command
from matcher.cli.commands.repair import repair_command
from matcher.cli.commands.roster import roster_command
from matcher.cli.commands.rules import rules_command
from matcher.cli.commands.screen import screen_command
from matcher.cli.commands.sensitivity import sensitivity_command
from matcher.cli.commands.solve import solve_command
from matcher.cli.commands.synth import synth_command
from matcher.cli.commands.template import template_command
from matcher.cli.commands.validate import validate_command
from matcher.cli.commands.what_if import what_if_command
from matcher.cli.commands.why import why_command
from matcher.cli.commands.why_not import why_not_command
from matcher.cli.desk import Desk
from matcher.cli.endings import ended
from matcher.cli.help import speak
from matcher.cli.language import language_of
from matcher.cli.options import Lang, Language
from matcher.cli.refusals import refuse
from matcher.cli.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from matcher import codes

#: Every command, in the order of the help. A new command is its module and a line here.
COMMANDS: Final[tuple[tuple[str, Callable[..., int]], ...]] = (
    ("validate", validate_command),
    ("screen", screen_command),
    ("solve", solve_command),
    ("check", check_command),
    ("why", why_command),
    ("why-not", why_not_command),
    ("core", core_command),
    ("sensitivity", sensitivity_command),
    ("roster", roster_command),
    ("compare", compare_command),
    ("what-if", what_if_command),
    ("repair", repair_command),
    ("synth", synth_command),
    ("template", template_command),
    ("convert", convert_command),
    ("rules", rules_command),
    ("demo", demo_command),
    ("bench", bench_command),
)
#: What typer ends with when Ctrl-C was pressed outside a solve.
_INTERRUPTED = 130
_NO_ADDITIONS: Final = Additions()


def program(language: codes.Language, additions: Additions = _NO_ADDITIONS) -> Any:
    """Return the program as a command of typer, speaking ``language``."""
    app = _typer("matcher")
    functions = {**dict(COMMANDS), **additions.commands}
    app.callback()(_before_all(functions))
    groups: dict[str, typer.Typer] = {}
    for name, function in functions.items():
        group, _, command = name.rpartition(" ")
        if not group:
            app.command(command)(function)
            continue
        if group not in groups:
            groups[group] = _typer(group)
            app.add_typer(groups[group], name=group)
        groups[group].command(command)(function)
    return speak(typer.main.get_command(app), language, additions)


def _typer(name: str) -> typer.Typer:
    return typer.Typer(name=name, add_completion=False, pretty_exceptions_enable=False)


def _before_all(names: Iterable[str]) -> Callable[..., None]:
    def everything(context: typer.Context, lang: Annotated[Lang, Language] = Lang.ZH) -> None:
        """Take the language before the command too: it is the command's default then."""
        defaults: dict[str, Any] = {}
        for name in names:
            place = defaults
            for part in name.split():
                place = place.setdefault(part, {})
            place["lang"] = lang.value
        context.default_map = defaults

    return everything


def main(arguments: Sequence[str] | None = None, additions: Additions = _NO_ADDITIONS) -> int:
    """Run the program.

    Parameters
    ----------
    arguments
        What was typed behind the program's name; the process's own arguments where not given.
    additions
        Commands besides its own.

    Returns
    -------
    int
        The exit status.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = language_of(given)
    desk = Desk(language)
    with _terminable():
        try:
            made = program(language, additions)
            status = made(args=given or ["--help"], prog_name="matcher", standalone_mode=False)
            if not given:
                raise refuse("no_command")
        except (Exception, KeyboardInterrupt) as error:
            return ended(desk, error, additions)
    return ended(desk, KeyboardInterrupt()) if status == _INTERRUPTED else int(status or Status.DONE)


@contextmanager
def _terminable() -> Iterator[None]:
    """Let a request to terminate end the program like Ctrl-C: files in the making are cleared away."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
