"""What a round says once blanks are filled and ages, months, strengths and needs are worked out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from .rulebook import Rule

Place = tuple[str, str]  # a township: (county, township)
COUNTY_OR_ABOVE = ("county", "prefecture", "province", "central")
SECTION_OR_ABOVE = (
    "section_deputy", "section_chief", "county_staff", "county_deputy", "county_chief", "tech_senior",
)  # fmt: skip
TEAM_ROLES = ("first_secretary", "resident", "support")
COMPETENT = 3

NEEDS_BY_TYPE: dict[str, dict[str, int]] = {
    "weak_org": {"party": 5, "law": 2},
    "conflict": {"law": 5, "party": 2},
    "lifted": {"industry": 4, "project": 3},
    "relocation": {"civil_affairs": 4, "industry": 2, "education_health": 2},
    "demo": {"culture_tourism": 3, "construction": 2, "digital": 1},
    "red": {"culture_tourism": 4, "party": 2},
    "key_task": {"project": 4, "construction": 2},
    "weak_industry": {"industry": 5, "ecommerce": 2},
    "border": {"law": 3, "party": 3},
    "general": {"civil_affairs": 2},
}


class Seat(NamedTuple):
    """A team's seat has a village; a captain's has a township and no village."""

    role: str
    village: str = ""
    place: Place | None = None


@dataclass(frozen=True)
class Village:
    id: str
    place: Place
    types: tuple[str, ...]
    needs: dict[str, int]
    hardship: int
    residents: int
    support_min: int
    support_max: int
    languages: frozenset[str]
    decided_unit: str
    current_unit: str

    def most(self, role: str) -> int:
        """How many may hold the role here."""
        return {"first_secretary": 1, "resident": self.residents, "support": self.support_max}.get(role, 0)

    def least(self, role: str) -> int:
        return self.support_min if role == "support" else self.most(role)


@dataclass(frozen=True)
class Unit:
    id: str
    level: str
    place: Place
    quota: int | None
    max_villages: int
    funds: Any
    projects: Any
    leader: str
    strength: int
    resources: dict[str, int]


@dataclass(frozen=True)
class Cadre:
    id: str
    female: bool
    age: int
    political_status: str
    party_months: int | None
    work_months: int | None
    section: bool
    unit: str
    levels: dict[str, int]
    grassroots: Fraction
    appraisals: tuple[str, ...]  # the last three, newest first
    home_villages: frozenset[str]
    home_places: frozenset[Place]
    conditions: frozenset[str]
    flags: frozenset[str]
    languages: frozenset[str]
    willing: bool
    named_pick: bool

    @property
    def band(self) -> int:
        return 0 if self.age <= 35 else 1 if self.age <= 45 else 2

    def can(self, specialties: Iterable[str]) -> bool:
        """Competent in at least one of them."""
        return any(self.levels.get(code, 0) >= COMPETENT for code in specialties)


@dataclass(frozen=True)
class Incumbent:
    cadre: str
    seat: Seat
    months: int | None  # served at the start of the term; None when `since` is blank
    extended: bool
    triggers: bool
    days: Fraction | None


@dataclass(frozen=True)
class Decision:
    kind: str
    cadre: str
    unit: str
    seat: Seat  # blank parts stand for any

    def covers(self, seat: Seat) -> bool:
        if self.seat.village and self.seat.village != seat.village:
            return False
        if self.seat.place and self.seat.place != seat.place:
            return False
        return not self.seat.role or self.seat.role == seat.role

    def __str__(self) -> str:
        place = self.seat.village or "/".join(self.seat.place or ())
        return " ".join(part for part in (self.kind, self.cadre or self.unit, place, self.seat.role) if part)


@dataclass(frozen=True)
class Facts:
    county: str  # the one county, for blanks
    rules: Mapping[str, Rule]
    villages: dict[str, Village]
    units: dict[str, Unit]
    cadres: dict[str, Cadre]
    couples: frozenset[tuple[str, str]]
    incumbents: dict[str, tuple[Incumbent, ...]]  # by cadre
    decisions: tuple[Decision, ...]
    scores: dict[str, dict[str, int]]  # the panel's, by cadre and village
    baseline: frozenset[tuple[str, Seat]]

    def unit_of(self, cadre: str) -> Unit:
        return self.units[self.cadres[cadre].unit]

    def rows_of(self, cadre: str) -> tuple[Incumbent, ...]:
        return self.incumbents.get(cadre, ())

    @property
    def townships(self) -> list[Place]:
        return sorted({village.place for village in self.villages.values()})


def exact(number: Any) -> Fraction:
    """The decimal as it is written: 0.2 is one fifth, not the nearest binary number."""
    return Fraction(str(number))


def whole_months(start: date, end: date) -> int:
    return 12 * (end.year - start.year) + end.month - start.month - (end.day < start.day)


def age_at(birth_month: date, as_of: date) -> int:
    return whole_months(birth_month, as_of) // 12


def derived_strengths(units: Iterable[tuple[Fraction, Fraction, str, str]]) -> dict[str, int]:
    """From (funds, projects, id, level): 1 to 5 by rank among units of level county and above, else 1."""
    listed = sorted(units)
    ranked = [unit for _, _, unit, level in listed if level in COUNTY_OR_ABOVE]
    strengths = {unit: 1 for _, _, unit, _ in listed}
    for i, unit in enumerate(ranked):
        strengths[unit] = 1 + 5 * i // len(ranked)
    return strengths


def needs_from_types(types: Iterable[str], table: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Per specialty, the maximum over the village's types."""
    needs: dict[str, int] = {}
    for kind in types:
        for code, need in table.get(kind, {}).items():
            needs[code] = max(need or 0, needs.get(code, 0))
    return needs
