"""What follows from a round's records: ages, months, needs, strengths, who is where now.

These are definitions of the round, stated once here. They hold no opinion on rules: encodings and
checker both start from them and go separate ways.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from matcher import codes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from matcher.round.model import Round
    from matcher.round.records import Cadre, Incumbent, Unit, Village

Township = tuple[str, str]

#: Upper ages of the bands ≤35, 36–45, ≥46 of the score and of ``team_age_mix``.
YOUNG_AGE = 35
MIDDLE_AGE = 45
#: The level from which a specialty counts as one's own (3: works in it on their own).
COMPETENT = 3


class Seat(NamedTuple):
    """A role at a village, or a captaincy of a township.

    ``township`` is always set, ``village`` is None for a captaincy.
    """

    township: Township
    village: str | None
    role: str


@dataclass(frozen=True, slots=True)
class Person:
    """A cadre with what follows from the record and the round's as-of date."""

    record: Cadre
    unit: Unit
    age: int
    band: int
    section_rank: bool
    competent: frozenset[str]
    incumbent: Incumbent | None

    @property
    def id(self) -> str:
        """The cadre's id."""
        return self.record.id

    @property
    def unit_id(self) -> str:
        """The id of the cadre's unit."""
        return self.record.unit

    @property
    def levels(self) -> Mapping[str, int]:
        """The cadre's specialties with their levels."""
        return self.record.specialties

    @property
    def young(self) -> bool:
        """35 or younger (35 岁以下 includes 35)."""
        return self.age <= YOUNG_AGE


@dataclass(frozen=True, slots=True)
class Place:
    """A village with what follows from its record, or (``record`` None) the township of a captain."""

    township: Township
    record: Village | None
    needs: Mapping[str, int]
    incumbents: tuple[Incumbent, ...]

    @property
    def village(self) -> Village:
        """The village's record; only for a village."""
        if self.record is None:
            raise LookupError(f"township {self.township} is not a village")
        return self.record

    @property
    def id(self) -> str:
        """The village's id, or the township as ``county/township``."""
        return self.record.id if self.record is not None else "/".join(self.township)

    @property
    def is_village(self) -> bool:
        """Whether this is a village and not a captain's township."""
        return self.record is not None

    def seat(self, role: str) -> Seat:
        """Return the seat of ``role`` here."""
        return Seat(self.township, self.record.id if self.record is not None else None, role)


def age_at(birth_month: str, day: date) -> int:
    """Return the whole years completed at ``day``, the birthday being the first of the birth month."""
    year, month = (int(part) for part in birth_month.split("-"))
    return day.year - year - (day.month < month)


def whole_months(start: date, end: date) -> int:
    """Return the whole months from ``start`` to ``end``: one less where ``end``'s day is the earlier."""
    return 12 * (end.year - start.year) + end.month - start.month - (end.day < start.day)


class Facts:
    """Everything that follows from one round, worked out once.

    Attributes
    ----------
    round
        The round.
    """

    def __init__(self, round_: Round) -> None:
        self.round = round_

    @cached_property
    def county(self) -> str:
        """The one county that a blank county means; blank where the round names none."""
        named = {village.county for village in self.round.villages if village.county}
        return named.pop() if len(named) == 1 else ""

    @cached_property
    def units(self) -> dict[str, Unit]:
        """The units by id."""
        return {unit.id: unit for unit in self.round.units}

    @cached_property
    def people(self) -> dict[str, Person]:
        """The candidates by id, in the order of the table."""
        incumbents = {row.cadre: row for row in self.round.incumbents}
        return {
            cadre.id: _person(cadre, self.units[cadre.unit], self.round.as_of, incumbents.get(cadre.id))
            for cadre in self.round.cadres
        }

    @cached_property
    def order(self) -> dict[str, int]:
        """Each candidate's place in the table, by id."""
        return {id_: place for place, id_ in enumerate(self.people)}

    @cached_property
    def places(self) -> dict[str, Place]:
        """The villages by id, in the order of the table."""
        here: dict[str, list[Incumbent]] = {}
        for row in self.round.incumbents:
            if row.village:
                here.setdefault(row.village, []).append(row)
        return {
            village.id: Place(
                self.township_of(village.county, village.township),
                village,
                self.needs_of(village),
                tuple(here.get(village.id, ())),
            )
            for village in self.round.villages
        }

    @cached_property
    def townships(self) -> dict[Township, Place]:
        """The townships with a posted village, in the order in which the villages name them."""
        found = dict.fromkeys(place.township for place in self.places.values())
        return {township: Place(township, None, {}, ()) for township in found}

    @cached_property
    def names_counties(self) -> bool:
        """Whether any village says which county it is in."""
        return any(village.county for village in self.round.villages)

    def township_of(self, county: str, township: str) -> Township:
        """Return the pair that names a township, a blank county being the one county.

        Where no village says its county, there is only one, whatever else names it.
        """
        return (county or self.county, township) if self.names_counties else ("", township)

    def township_named(self, text: str) -> Township | None:
        """Return the township that ``text`` (``county/township`` or a township alone) names; None for blank."""
        county, _, township = text.rpartition("/")
        return self.township_of(county, township) if township else None

    def unit_county(self, unit: Unit) -> str:
        """Return the county that a unit belongs to."""
        return self.township_of(unit.county, "")[0]

    def needs_of(self, village: Village) -> Mapping[str, int]:
        """Return the village's needs: its own, or where all are blank the most over its types."""
        if village.needs:
            return village.needs
        needs: dict[str, int] = {}
        for type_ in village.types:
            for specialty, need in self.round.needs_by_type.get(type_, {}).items():
                needs[specialty] = max(need, needs.get(specialty, 0))
        return needs

    @cached_property
    def strength(self) -> dict[str, int]:
        """Each unit's strength 1 to 5: as given, else by its place among the units of county level and above."""
        ranked = sorted(
            (unit for unit in self.round.units if unit.level in codes.COUNTY_AND_ABOVE),
            key=lambda unit: (unit.funds, unit.projects, unit.id),
        )
        derived = {unit.id: 1 + 5 * i // len(ranked) for i, unit in enumerate(ranked)}
        return {
            unit.id: unit.strength if unit.strength is not None else derived.get(unit.id, 1)
            for unit in self.round.units
        }

    @cached_property
    def couples(self) -> tuple[tuple[str, str], ...]:
        """The couples among the candidates, each once, ids in order; one side naming the other is enough."""
        pairs = {
            (min(c.id, c.spouse), max(c.id, c.spouse)) for c in self.round.cadres if c.spouse is not None
        }
        return tuple(sorted(pairs))

    @cached_property
    def suitability(self) -> dict[tuple[str, str], int]:
        """The panel's scores by (cadre, village), as given."""
        return {(row.cadre, row.village): row.score for row in self.round.suitability}

    @cached_property
    def suitability_rows(self) -> dict[str, dict[str, int]]:
        """The panel's scores by cadre, then village, as given."""
        rows: dict[str, dict[str, int]] = {}
        for row in self.round.suitability:
            rows.setdefault(row.cadre, {})[row.village] = row.score
        return rows

    @cached_property
    def usual_suitability(self) -> dict[str, int]:
        """The score that stands in where a pairing has none: the cadre's mean, else the table's, rounded down."""
        total: Counter[str] = Counter()
        rows: Counter[str] = Counter()
        for row in self.round.suitability:
            total[row.cadre] += row.score
            rows[row.cadre] += 1
        everyone = sum(total.values()) // sum(rows.values()) if rows else 0
        return {c.id: total[c.id] // rows[c.id] if rows[c.id] else everyone for c in self.round.cadres}

    @cached_property
    def baseline(self) -> frozenset[tuple[str, str | Township]]:
        """The plan in force as pairings (cadre, village or township)."""
        return frozenset(
            (row.cadre, row.village or self.township_of(row.county, row.township))
            for row in self.round.baseline
        )

    @cached_property
    def units_in_force(self) -> dict[str, Counter[str]]:
        """How many people of each unit every village has in the plan in force; captains are left out."""
        found: dict[str, Counter[str]] = {}
        for row in self.round.baseline:
            if row.village is not None:
                found.setdefault(row.village, Counter())[self.people[row.cadre].unit_id] += 1
        return found


def _person(cadre: Cadre, unit: Unit, as_of: date, incumbent: Incumbent | None) -> Person:
    age = age_at(cadre.birth_month, as_of)
    return Person(
        record=cadre,
        unit=unit,
        age=age,
        band=0 if age <= YOUNG_AGE else 1 if age <= MIDDLE_AGE else 2,
        section_rank=cadre.rank in codes.SECTION_RANK,
        competent=frozenset(k for k, level in cadre.specialties.items() if level >= COMPETENT),
        incumbent=incumbent,
    )
