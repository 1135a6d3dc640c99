"""The help in one language: typer's own frame, filled with our words."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from rich.markup import escape
from rich.text import Text as Shown

from matcher.synth import KINDS
from matcher.synth.stress import STRESS
from matcher.words import commands as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.cli.additions import Additions
    from matcher.codes import Language

#: What the texts name that is listed elsewhere.
_NAMES = {"kinds": " ".join(KINDS), "stress": " ".join(case.name for case in STRESS)}


def speak(program: Any, language: Language, additions: Additions) -> Any:
    """Put the texts of ``language`` into a program made by typer, and return it."""
    program.help = words.PROGRAM.in_(language)
    program.epilog = words.EXIT.in_(language)
    _speak_parameters(program, "", language, additions)
    _fold(program)
    _speak_commands(program, "", language, additions)
    return program


def _speak_commands(group: Any, prefix: str, language: Language, additions: Additions) -> None:
    texts = {**words.COMMANDS, **additions.help}
    for own, command in group.commands.items():
        name = f"{prefix}{own}"
        _fold(command)
        command.help = texts[name].in_(language)
        command.rich_help_panel = words.PANELS["commands"].in_(language)
        _speak_parameters(command, name, language, additions)
        if hasattr(command, "commands"):
            _speak_commands(command, f"{name} ", language, additions)


def _speak_parameters(command: Any, name: str, language: Language, additions: Additions) -> None:
    show_help = command.get_help_option(typer.Context(command))
    show_help.help = words.SHOW_HELP.in_(language)
    for parameter in (*command.params, show_help):
        if parameter is not show_help:
            parameter.help = _help_of(name, parameter.name, language, additions)
        panel = "arguments" if parameter.param_type_name == "argument" else "options"
        parameter.rich_help_panel = words.PANELS[panel].in_(language)


def _help_of(command: str, parameter: str, language: Language, additions: Additions) -> str:
    """Return the help of a parameter, brackets escaped."""
    texts = {**words.PARAMETERS, **additions.parameters}
    text = texts.get(f"{command}.{parameter}") or texts[parameter]
    return escape(text.in_(language).format(**_NAMES))


def _fold(command: Any) -> None:
    """Let the help of a command break a Chinese sentence anywhere: it has no blanks, and would be cut off."""
    whole = command.format_help

    def format_help(context: Any, formatter: Any) -> None:
        with _folding():
            whole(context, formatter)

    command.format_help = format_help


@contextmanager
def _folding() -> Iterator[None]:
    """Let the texts that typer makes of our words fold; typer offers no setting for it."""
    from typer import rich_utils

    made = rich_utils._make_rich_text  # noqa: SLF001

    def folded(**given: Any) -> Any:
        text = made(**given)
        if isinstance(text, Shown):
            text.overflow = "fold"
        return text

    rich_utils._make_rich_text = folded  # noqa: SLF001
    try:
        yield
    finally:
        rich_utils._make_rich_text = made  # noqa: SLF001
