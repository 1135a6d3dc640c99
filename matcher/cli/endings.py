"""How a command that did not end by itself is explained: a table or a sentence, never a traceback."""

from __future__ import annotations

import difflib
import os
import re
import traceback
from typing import TYPE_CHECKING, Final

import typer

from matcher.cli.additions import Additions
from matcher.cli.problem_table import show_problems, show_refusals
from matcher.cli.refusals import Refusal, Refused, bad_value
from matcher.cli.status import Status
from matcher.exports import PlanRefused
from matcher.problems import InvalidInput, MatcherError
from matcher.words import command_line as words
from matcher.words.commands import COMMANDS
from matcher.words.refusals import ARGUMENTS, NEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.cli.desk import Desk
    from matcher.codes import Text

#: typer's class of all errors of usage; the public one among them is a special case of it.
USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]

_NO_ADDITIONS: Final = Additions()


def ended(desk: Desk, error: BaseException, additions: Additions = _NO_ADDITIONS) -> Status:
    """Say what ended a command and return its exit status."""
    if os.environ.get("MATCHER_DEBUG"):
        desk.err.print("".join(traceback.format_exception(error)), soft_wrap=True)
    if isinstance(error, Refused):
        show_refusals(desk, error.refusals)
        return Status.REFUSED
    if isinstance(error, InvalidInput):
        show_problems(desk, error.problems)
        return Status.REFUSED
    if isinstance(error, USAGE_ERROR):
        show_refusals(desk, [_usage(desk, error, [*COMMANDS, *additions.commands])])
        return Status.REFUSED
    refusals = tuple(additions.refusals(error))
    if refusals:
        show_refusals(desk, refusals)
        return Status.REFUSED
    _failed(desk, error)
    return Status.FAILED


def _failed(desk: Desk, error: BaseException) -> None:
    from matcher.solving import Aborted, CountyFailed

    if isinstance(error, KeyboardInterrupt | Aborted | typer.Abort):
        desk.note(words.INTERRUPTED)
    elif isinstance(error, PlanRefused):
        desk.note(words.WITHHELD)
        desk.err.print(str(error), soft_wrap=True)
    elif isinstance(error, CountyFailed):
        scarce = error.failure.kind == "MemoryError"
        said = words.COUNTY_NO_MEMORY if scarce else words.COUNTY_FAILED
        desk.note(said, county=error.county, kind=error.failure.kind)
    elif isinstance(error, MatcherError):
        desk.note(words.ENGINE, message=error)
    elif isinstance(error, OSError):
        reason = error.strerror or type(error).__name__
        desk.note(words.NOT_WRITTEN, path=error.filename or "", message=reason)
    else:
        message = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        desk.note(words.FAILED, message=message)


def _usage(desk: Desk, error: Exception, commands: Sequence[str]) -> Refusal:
    """Return typer's error of usage as a refusal of ours."""
    message = str(getattr(error, "message", "") or error)
    kind, option = type(error).__name__, str(getattr(error, "option_name", ""))
    if kind == "NoSuchOption":
        near = getattr(error, "possibilities", None) or [""]
        return Refusal("unknown_option", data={"value": option, "near": _near(desk, near[0])})
    if kind == "MissingParameter":
        return Refusal("missing_parameter", data={"value": _missing(error)})
    if kind == "BadOptionUsage":
        return Refusal("needs_value", data={"value": option})
    if isinstance(error, typer.BadParameter):
        return bad_value(_typed(error), message.rstrip("."))
    if message.startswith("Missing command"):
        return Refusal("no_command")
    command = re.search(r"No such command ['\"](.+?)['\"]", message)
    if command:
        near = difflib.get_close_matches(command[1], commands, n=1) or [""]
        return Refusal("unknown_command", data={"value": command[1], "near": _near(desk, near[0])})
    return Refusal("usage", data={"message": message.rstrip(".")})


def _typed(error: Exception) -> str:
    """Return a parameter as it is typed: an option's longest form, or an argument's name."""
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name).upper()
    return str(max(parameter.opts, key=len))


def _missing(error: Exception) -> Text | str:
    """Return what an argument that is missing stands for."""
    name = str(getattr(getattr(error, "param", None), "name", ""))
    return ARGUMENTS.get(name) or _typed(error)


def _near(desk: Desk, name: str) -> str:
    return desk.words(NEAR, near=name) if name else ""
