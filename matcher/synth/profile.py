"""What a profile is: the counts and shares of a kind of round."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

#: Why people are not eligible, as shares of all candidates. Wide where there are people to spare.
WIDE: Final = {"health": 0.035, "appraisal": 0.035, "age": 0.035, "sanction": 0.01, "teacher_medic": 0.045,
                "other": 0.015}  # fmt: skip
NARROW: Final = {"health": 0.03, "appraisal": 0.03, "age": 0.025, "sanction": 0.01, "teacher_medic": 0.035,
                  "other": 0.015}  # fmt: skip
_EVEN: Final = {1: 14, 2: 24, 3: 30, 4: 20, 5: 12}


@dataclass(frozen=True, slots=True)
class Extras:
    """What a kind has on top of villages, units and people.

    Attributes
    ----------
    conflicts
        Villages that are ``conflict`` besides their own type.
    own_rules
        Whether the round lists qualification conditions and a negative list of its own.
    panel
        Pairings that the interview panel scored.
    panel_counts
        Whether the panel's scores count, or are for information: where every post gets some 75 points
        for them, they drown all other terms.
    units_a_team
        The most units that a team should come from, where the round says so; 0: as built in.
    decisions
        Whether some locks, picks and bindings are decided already.
    ratings
        Units on the red list and on the blue list.
    decided_leads
        Villages whose lead unit is decided already.
    named_picks
        Candidates whom the county committee picked by name.
    captains
        Whether townships get general captains.
    baseline
        Whether the old plan is in force and changing it costs.
    languages
        Whether villages speak minority languages.
    """

    conflicts: int = 0
    own_rules: bool = False
    panel: int = 0
    panel_counts: bool = True
    units_a_team: int = 0
    decisions: bool = False
    ratings: tuple[int, int] = (0, 0)
    decided_leads: int = 0
    named_picks: int = 0
    captains: bool = False
    baseline: bool = False
    languages: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """The counts and shares of one kind of round.

    Attributes
    ----------
    kind
        Its name.
    title
        The invented place that holds the round.
    prefecture
        The invented prefecture above it (the place itself, when a prefecture holds the round).
    counties
        The counties with posted villages.
    townships, empty_townships
        Townships with posted villages, and townships that are known by their office alone.
    types
        Villages of each type; ``""`` is a village without one.
    sizes
        Teams of each size.
    hardship
        Villages of each hardship, as weights.
    units
        Units of each level.
    candidates
        People in the cadre table, those in office included.
    staying, leaving
        People in office who may stay, and who may not.
    reasons
        Why candidates are not eligible, as shares of all.
    spare_reasons
        The share of people whom the planted plan does not need, new ones, who are not eligible.
    strong_share
        The share of units with resources far above the others'.
    """

    kind: str
    title: str
    prefecture: str
    counties: tuple[str, ...]
    as_of: date
    starts_on: date
    townships: int
    types: Mapping[str, int]
    sizes: Mapping[int, int]
    units: Mapping[str, int]
    candidates: int
    age: tuple[float, float]
    section_share: float
    empty_townships: int = 0
    urban: float = 0.1
    hardship: Mapping[int, int] = field(default_factory=lambda: dict(_EVEN))
    staying: int = 0
    leaving: int = 0
    reasons: Mapping[str, float] = field(default_factory=lambda: dict(NARROW))
    spare_reasons: float = 0.3
    strong_share: float = 0.1
    extras: Extras = field(default_factory=Extras)

    @property
    def villages(self) -> int:
        """The number of villages."""
        return sum(self.types.values())

    @property
    def posts(self) -> int:
        """The number of team posts."""
        return sum(size * count for size, count in self.sizes.items())
