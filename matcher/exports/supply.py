"""Supply against demand, before any plan: who passes screening, set against what is needed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher import codes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matcher.round import Facts, Place
    from matcher.screening.outcome import Screening

#: A need from which on a specialty is urgent.
URGENT = 4
#: Units shown at most; a county has a hundred, most of them without any bottleneck.
SHOWN_UNITS = 12


@dataclass(frozen=True, slots=True)
class SpecialtySupply:
    """One specialty: the villages that need it and the eligible people who have it.

    Attributes
    ----------
    villages, urgent
        Villages that need it, and those that need it at 4 or 5.
    people
        People who pass screening for some team post and have it at level 3 or more.
    """

    specialty: str
    villages: int
    urgent: int
    people: int

    @property
    def short(self) -> bool:
        """Whether there are fewer people than villages."""
        return self.people < self.villages


@dataclass(frozen=True, slots=True)
class UnitSupply:
    """One unit: its eligible people against its quota, its leads against what is decided.

    Attributes
    ----------
    people, secretaries
        Its people who pass screening for some team post, and for a first secretary's.
    quota
        The most that it sends; None: no limit.
    decided
        Villages that it is decided to lead, of at most ``max_villages``.
    """

    unit: str
    people: int
    secretaries: int
    quota: int | None
    max_villages: int
    decided: int

    @property
    def short(self) -> bool:
        """Whether it can't lead the villages that it is decided to lead."""
        return self.decided > min(self.secretaries, self.max_villages)

    @property
    def held_back(self) -> int:
        """Eligible people whom the quota holds back."""
        return 0 if self.quota is None else max(0, self.people - self.quota)


@dataclass(frozen=True, slots=True)
class CountySupply:
    """One county: its posts against the people who pass screening for them.

    Attributes
    ----------
    least, most
        Team posts at least and at most.
    people, secretaries
        People who pass screening for some team post there, and for a first secretary's.
    sendable
        As many of them as the units' quotas let go.
    leads
        Villages that the units with an eligible first secretary may lead.
    """

    county: str
    villages: int
    least: int
    most: int
    people: int
    secretaries: int
    sendable: int
    leads: int

    @property
    def short(self) -> bool:
        """Whether posts or leads exceed what is there."""
        return self.least > self.sendable or self.villages > min(self.secretaries, self.leads)


@dataclass(frozen=True, slots=True)
class Supply:
    """Supply against demand of a round.

    Attributes
    ----------
    units
        The units that matter most: short ones, those with decided villages, those with many people held back.
    more_units
        How many units are not listed.
    counties
        Each county with villages; the whole round (county "") first where there are several.
    """

    specialties: tuple[SpecialtySupply, ...]
    units: tuple[UnitSupply, ...]
    more_units: int
    counties: tuple[CountySupply, ...]


def supply_of(screening: Screening) -> Supply:
    """Set the people who pass screening against what the round needs."""
    facts = screening.facts
    pools = {place.id: _pool(screening, place.id) for place in facts.places.values()}
    by_county: dict[str, list[Place]] = defaultdict(list)
    for place in facts.places.values():
        by_county[place.township[0]].append(place)
    everywhere = _Pool.joined(pools.values())
    counties = [_county(screening, county, places, pools) for county, places in by_county.items()]
    if len(counties) > 1:
        counties.insert(0, _county(screening, "", list(facts.places.values()), pools))
    units = _units(facts, everywhere)
    return Supply(
        _specialties(facts, everywhere), tuple(units[:SHOWN_UNITS]), len(units[SHOWN_UNITS:]), tuple(counties)
    )


@dataclass(frozen=True, slots=True)
class _Pool:
    """Who passes screening for some team post, and for a first secretary's."""

    people: frozenset[str]
    secretaries: frozenset[str]

    @classmethod
    def joined(cls, pools: Iterable[_Pool]) -> _Pool:
        """Return everybody who is in one of the pools."""
        several = list(pools)
        return cls(
            frozenset().union(*(pool.people for pool in several)),
            frozenset().union(*(pool.secretaries for pool in several)),
        )


def _pool(screening: Screening, place: str) -> _Pool:
    eligible = screening.eligible[place]
    people = frozenset(person.id for role in eligible.values() for person in role)
    return _Pool(people, frozenset(person.id for person in eligible.get("first_secretary", ())))


def _specialties(facts: Facts, pool: _Pool) -> tuple[SpecialtySupply, ...]:
    wanted = Counter(k for place in facts.places.values() for k, need in place.needs.items() if need)
    urgent = Counter(
        k for place in facts.places.values() for k, need in place.needs.items() if need >= URGENT
    )
    held = Counter(k for cadre in pool.people for k in facts.people[cadre].competent)
    return tuple(SpecialtySupply(k, wanted[k], urgent[k], held[k]) for k in codes.SPECIALTIES if wanted[k])


def _units(facts: Facts, pool: _Pool) -> list[UnitSupply]:
    """Return the units that may be a bottleneck, the tightest first."""
    people, secretaries = _by_unit(facts, pool.people), _by_unit(facts, pool.secretaries)
    decided = Counter(unit for place in facts.places.values() for unit in _decided(facts, place))
    rows = [
        UnitSupply(
            unit.id, people[unit.id], secretaries[unit.id], unit.quota, unit.max_villages, decided[unit.id]
        )
        for unit in facts.round.units
    ]
    matter = [row for row in rows if row.decided or row.held_back]
    return sorted(matter, key=lambda row: (not row.short, -row.decided, -row.held_back, row.unit))


def _decided(facts: Facts, place: Place) -> set[str]:
    """Return the units that are decided to lead a village."""
    bound = {row.unit for row in facts.round.decisions if row.kind == "bind" and row.village == place.id}
    return {unit for unit in (place.village.lead_unit, *bound) if unit}


def _by_unit(facts: Facts, cadres: Iterable[str]) -> Counter[str]:
    return Counter(facts.people[cadre].unit_id for cadre in cadres)


def _county(screening: Screening, county: str, places: list[Place], pools: dict[str, _Pool]) -> CountySupply:
    facts = screening.facts
    pool = _Pool.joined(pools[place.id] for place in places)
    structure = screening.book.plan_rule("team_structure")
    sizes = [structure.rule.seats(place, structure.params).values() for place in places]  # type: ignore[attr-defined]
    people, secretaries = _by_unit(facts, pool.people), _by_unit(facts, pool.secretaries)
    quotas = {unit.id: unit.quota for unit in facts.round.units}
    leads = {unit.id: unit.max_villages for unit in facts.round.units}
    return CountySupply(
        county=county,
        villages=len(places),
        least=sum(least for size in sizes for least, _ in size),
        most=sum(most for size in sizes for _, most in size),
        people=len(pool.people),
        secretaries=len(pool.secretaries),
        sendable=sum(_capped(count, quotas[unit]) for unit, count in people.items()),
        leads=sum(min(count, leads[unit]) for unit, count in secretaries.items()),
    )


def _capped(count: int, quota: int | None) -> int:
    return count if quota is None else min(count, quota)
