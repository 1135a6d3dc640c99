"""What the command line refuses, with a sentence and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from matcher.codes import Text
from matcher.problems import MatcherError
from matcher.words.refusals import ALLOWED, REFUSALS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.codes import Language


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that the command line can't do as asked.

    Attributes
    ----------
    code
        Its sentence and remedy, in :data:`matcher.words.refusals.REFUSALS`.
    where
        The option or argument, as it was typed.
    data
        What the sentences need.
    """

    code: str
    where: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    def sentence(self, language: Language) -> str:
        """Return what is wrong."""
        said = {
            key: item.in_(language) if isinstance(item, Text) else item for key, item in self.data.items()
        }
        return REFUSALS[self.code].sentence.in_(language).format(**said)

    def remedy(self, language: Language) -> str:
        """Return what to do about it."""
        return REFUSALS[self.code].remedy.in_(language).format(**self.data)


class Refused(MatcherError):
    """The command can't be carried out as it was given; exit status 2.

    Attributes
    ----------
    refusals
        Everything that is wrong.
    """

    def __init__(self, *refusals: Refusal) -> None:
        self.refusals = refusals
        super().__init__("; ".join(refusal.sentence("en") for refusal in refusals))


def refuse(code: str, where: str = "", **data: Any) -> Refused:
    """Return the exception that refuses one thing."""
    return Refused(Refusal(code, where, data))


def bad_value(option: str, message: str) -> Refusal:
    """Return the refusal of an option's value: what the option takes, or else ``message``."""
    if option in ALLOWED:
        return Refusal("bad_value_of", data={"value": option, "allowed": ALLOWED[option]})
    return Refusal("bad_value", data={"value": option, "message": message})
