"""Commands that a package around the matcher adds to the program; the matcher itself knows none of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from matcher.cli.refusals import Refusal
    from matcher.codes import Text


def _none(_error: BaseException) -> Iterable[Refusal]:
    return ()


@dataclass(frozen=True, slots=True)
class Additions:
    """What is added.

    Attributes
    ----------
    commands
        Each command by its name; ``audit verify`` is the command ``verify`` of a group ``audit``. One that is
        there already is replaced.
    help
        What commands and groups do, by the same names.
    parameters
        Help of arguments and options, as in :data:`matcher.words.commands.PARAMETERS`.
    refusals
        Returns what an error of these commands refuses; nothing for one that is no refusal.
    """

    commands: Mapping[str, Callable[..., int]] = field(default_factory=dict)
    help: Mapping[str, Text] = field(default_factory=dict)
    parameters: Mapping[str, Text] = field(default_factory=dict)
    refusals: Callable[[BaseException], Iterable[Refusal]] = _none
