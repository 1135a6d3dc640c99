"""A county while it is being made: places, units and people, and the plan planted among them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from matcher.synth.draws import Draws

if TYPE_CHECKING:
    from datetime import date

    from matcher.synth.catalog import Bureau
    from matcher.synth.profile import Profile


@dataclass(frozen=True, slots=True)
class Township:
    """A township; its number tells it from townships of the same name."""

    number: int
    county: str
    name: str
    language: str = ""

    @property
    def path(self) -> str:
        """County and township, as people's native places are written."""
        return f"{self.county}/{self.name}"


@dataclass(slots=True)
class Village:
    """A posted village, its old lead unit and the lead unit of the planted plan."""

    number: int
    id: str
    name: str
    township: Township
    types: list[str]
    residents: int = 0
    support: int = 0
    hardship: int = 3
    needs: dict[str, int] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)
    old_lead: Unit | None = None
    lead: Unit | None = None
    decided: bool = False

    @property
    def roles(self) -> list[str]:
        """The role of every seat of the team."""
        return ["first_secretary"] + ["resident"] * self.residents + ["support"] * self.support


@dataclass(slots=True, eq=False)
class Unit:
    """A dispatching unit. Its headcount is no field of the round: quotas and nominations follow it."""

    number: int
    id: str
    name: str
    level: str
    kind: str
    trade: str
    county: str = ""
    township: Township | None = None
    bureau: Bureau | None = None
    headcount: int = 0
    strong: bool = False
    funds: float = 0
    projects: int = 0
    max_villages: int = 1
    quota: int = 0
    leader: str = ""
    rating: str = ""
    resources: dict[str, int] = field(default_factory=dict)

    @property
    def leads(self) -> bool:
        """Whether its people may be first secretaries."""
        return self.level != "township"

    def serves(self, township: Township) -> bool:
        """Whether its people may be posted there."""
        if self.township is not None:
            return self.township.number == township.number
        return self.county in ("", township.county)


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat: a role in a village, or the captaincy of a township."""

    role: str
    township: Township
    village: Village | None = None


@dataclass(slots=True, eq=False)
class Person:
    """A candidate: the seat held now, the seat of the planted plan, and everything the table tells."""

    unit: Unit
    old: Seat | None = None
    seat: Seat | None = None
    id: str = ""
    must_know: str = ""
    reason: str = ""
    age: int = 0
    female: bool = False
    party: bool = False
    section: bool = False
    first: str = ""
    specialties: dict[str, int] = field(default_factory=dict)
    home: Village | None = None
    spouse: Person | None = None
    told: dict[str, Any] = field(default_factory=dict)
    office: dict[str, Any] = field(default_factory=dict)

    @property
    def posted(self) -> bool:
        """Whether the planted plan posts this person."""
        return self.seat is not None

    @property
    def stays(self) -> bool:
        """Whether the person may stay, which is what the planted plan makes of it."""
        return self.old is not None and self.seat is not None

    @property
    def leads(self) -> bool:
        """Whether the person holds, now or in the planted plan, a post of a first secretary's standing."""
        return any(
            seat is not None and seat.role in ("first_secretary", "captain") for seat in (self.old, self.seat)
        )


@dataclass(slots=True)
class World:
    """All that belongs to one generated round."""

    profile: Profile
    seed: int
    townships: list[Township] = field(default_factory=list)
    villages: list[Village] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)

    def draws(self, purpose: str) -> Draws:
        """Return the stream of chance for a purpose."""
        return Draws(self.profile.kind, self.profile.villages, self.seed, purpose)

    @property
    def posted_townships(self) -> list[Township]:
        """Townships with posted villages."""
        return self.townships[: self.profile.townships]

    @property
    def as_of(self) -> date:
        """The day on which ages are taken."""
        return self.profile.as_of
