"""Every command with its arguments and options, asked from the program itself, so that it can't go stale."""

from __future__ import annotations

import re
from enum import Enum
from typing import Any

from markdown import cell, code, table

from matcher.codes import Language, Text
from matcher.words.commands import EXIT

_HEADERS = {
    "argument": (Text("参数", "argument"), Text("含义", "meaning")),
    "option": (Text("选项", "option"), Text("含义", "meaning")),
}


def program(language: Language) -> Any:
    """Return the program as it stands."""
    from api.cli.app import program as made  # noqa: PLC0415 - a page on commands, not a reason to fail without any

    return made(language)


def page(language: Language) -> str:
    """Return a section a command; of a group, one for each of its own."""
    return "\n".join(_section(name, command, language) for name, command in commands(language).items())


def commands(language: Language) -> dict[str, Any]:
    """Return every command by its full name."""
    found = {}
    for name, command in program(language).commands.items():
        for own, one in getattr(command, "commands", {"": command}).items():
            found[f"{name} {own}".strip()] = one
    return found


def exit_statuses(language: Language) -> str:
    """Return what the exit statuses mean."""
    _, _, statuses = EXIT.in_(language).partition("：" if language == "zh" else ": ")
    parts = re.split("[；;]", statuses.rstrip("。."))
    rows = [part.strip().partition(" ") for part in parts]
    headers = ("退出状态", "含义") if language == "zh" else ("status", "meaning")
    return table(headers, ([code(number), cell(meaning)] for number, _, meaning in rows))


def _section(name: str, command: Any, language: Language) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and not p.hidden]
    usage = " ".join(["matcher", name, *map(_argument, arguments), *(["[OPTIONS]"] if options else [])])
    parts = [
        f"(command-{name.replace(' ', '-')})=\n",
        f"## {name}\n",
        command.help,
        f"\n```text\n{usage}\n```\n",
    ]
    if arguments:
        rows = [[code(_metavar(p)), cell(_plain(p.help))] for p in arguments]
        parts.append(table([h.in_(language) for h in _HEADERS["argument"]], rows, "options"))
    if options:
        rows = [[code(_option(p)), cell(_plain(p.help))] for p in options]
        parts.append(table([h.in_(language) for h in _HEADERS["option"]], rows, "options"))
    return "\n".join(parts) + "\n"


def _plain(text: str) -> str:
    """Return help without the escapes that the terminal's markup needs."""
    return re.sub(r"\\+\[", "[", text)


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())


def _argument(parameter: Any) -> str:
    shown = _metavar(parameter) + ("..." if parameter.nargs == -1 else "")
    return shown if parameter.required else f"[{shown}]"


def _option(parameter: Any) -> str:
    names = ", ".join((*parameter.opts, *parameter.secondary_opts))
    if parameter.is_flag:
        return names
    return f"{names} {parameter.metavar or _value(parameter)}"


def _value(parameter: Any) -> str:
    """Return what may stand behind an option that names no placeholder: the values of its list."""
    kind = parameter.type_descriptor.annotation
    return "|".join(item.value for item in kind) if issubclass(kind, Enum) else kind.__name__.upper()
