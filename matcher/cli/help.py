"""The help in one language: typer's own frame, filled with our words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer
from rich.markup import escape

from matcher.synth import KINDS
from matcher.synth.stress import STRESS
from matcher.words import commands as words

if TYPE_CHECKING:
    from matcher.codes import Language

#: What the texts name that is listed elsewhere.
_NAMES = {"kinds": " ".join(KINDS), "stress": " ".join(case.name for case in STRESS)}


def speak(program: Any, language: Language) -> Any:
    """Put the texts of ``language`` into a program made by typer, and return it."""
    program.help = words.PROGRAM.in_(language)
    program.epilog = words.EXIT.in_(language)
    _speak_parameters(program, "", language)
    for name, command in program.commands.items():
        command.help = words.COMMANDS[name].in_(language)
        command.rich_help_panel = words.PANELS["commands"].in_(language)
        _speak_parameters(command, name, language)
    return program


def _speak_parameters(command: Any, name: str, language: Language) -> None:
    show_help = command.get_help_option(typer.Context(command))
    show_help.help = words.SHOW_HELP.in_(language)
    for parameter in (*command.params, show_help):
        if parameter is not show_help:
            parameter.help = help_of(name, parameter.name, language)
        panel = "arguments" if parameter.param_type_name == "argument" else "options"
        parameter.rich_help_panel = words.PANELS[panel].in_(language)


def help_of(command: str, parameter: str, language: Language) -> str:
    """Return the help of a parameter, brackets escaped."""
    text = words.PARAMETERS.get(f"{command}.{parameter}") or words.PARAMETERS[parameter]
    return escape(text.in_(language).format(**_NAMES))
