"""One kind of refusal: its HTTP status, and its sentences in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher.words.wording import wording

if TYPE_CHECKING:
    from matcher.words.wording import Wording


@dataclass(frozen=True, slots=True)
class Refusal:
    """One kind of refusal.

    Attributes
    ----------
    status
        The HTTP status that it is answered with.
    wording
        What is wrong, and what to do about it.
    """

    status: int
    wording: Wording


def refusal(status: int, zh: str, zh_remedy: str, en: str, en_remedy: str) -> Refusal:
    """Return a refusal with what is wrong and what to do about it, in Chinese and in English."""
    return Refusal(status, wording(zh, zh_remedy, en, en_remedy))
