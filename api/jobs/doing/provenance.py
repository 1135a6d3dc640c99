"""What an answer was made with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from matcher.rulebook import RuleBook
from matcher.solving.api import versions

if TYPE_CHECKING:
    from api.jobs.speaker import Speaker
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving import Stop


def provenance_of(round_: Round, settings: Settings, stop: Stop, speaker: Speaker) -> dict[str, Any]:
    """Return what is needed to ask again, and what the answer took; see :func:`matcher.solve` for its like."""
    return {
        "round_digest": round_.digest,
        "rules": RuleBook.of(round_.rules).document(),
        "settings": settings.model_dump(mode="json", exclude_none=True),
        "seed": settings.seed,
        "effort": settings.work,
        "work": round(speaker.work, 6),
        "reproducible": not (stop.cut_short or stop.requested),
        "versions": versions(),
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(stop.elapsed, 3),
    }
