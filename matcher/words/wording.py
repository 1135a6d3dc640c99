"""A sentence and its remedy in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.codes import Text


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said about one kind of problem.

    Attributes
    ----------
    sentence
        What is wrong.
    remedy
        What to do about it.
    """

    sentence: Text
    remedy: Text


def wording(zh: str, zh_remedy: str, en: str, en_remedy: str) -> Wording:
    """Return a wording from its four texts, in the order in which they are written down."""
    return Wording(Text(zh, en), Text(zh_remedy, en_remedy))
