"""Why a ranking ended before the last plan asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from matcher.result import RankingEnd
from matcher.words.ranking import ENDED

if TYPE_CHECKING:
    from matcher.codes import Language

_REASON: dict[str, Literal["none", "open", "stopped"]] = {
    "infeasible": "none",
    "unknown": "open",
    "cancelled": "stopped",
}


def ending(rank: int, status: str) -> RankingEnd:
    """Return why there is no plan of ``rank``; ``status`` is that of the solve for it."""
    reason = _REASON[status]
    languages: tuple[Language, ...] = ("zh", "en")
    sentences: dict[str, str] = {
        language: ENDED[reason].in_(language).format(rank=rank, better=rank - 1) for language in languages
    }
    return RankingEnd(rank=rank, reason=reason, sentences=sentences)
