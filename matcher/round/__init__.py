"""The round: what is asked. Tables of records, what follows from them, and how they come in."""

from matcher.round.facts import Facts, Person, Place, Seat
from matcher.round.model import Round
from matcher.round.records import (
    TABLES,
    BaselinePost,
    Cadre,
    Decision,
    Incumbent,
    RuleOverride,
    Suitability,
    Unit,
    Village,
)

__all__ = [
    "TABLES",
    "BaselinePost",
    "Cadre",
    "Decision",
    "Facts",
    "Incumbent",
    "Person",
    "Place",
    "Round",
    "RuleOverride",
    "Seat",
    "Suitability",
    "Unit",
    "Village",
]
