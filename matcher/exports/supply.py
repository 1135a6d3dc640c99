"""Supply against demand, before any plan: who passes screening, set against what is needed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher import codes
from matcher.exports.supply_rows import CountySupply, SpecialtySupply, Supply, TypeSupply, UnitSupply

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from matcher.round import Facts, Place
    from matcher.screening.outcome import Screening

#: A need from which on a specialty is urgent.
URGENT = 4
#: Units shown at most; a county has a hundred, most of them without any bottleneck.
SHOWN_UNITS = 12


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
        _specialties(facts, everywhere),
        tuple(_types(screening, pools)),
        tuple(units[:SHOWN_UNITS]),
        len(units[SHOWN_UNITS:]),
        tuple(counties),
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


def _types(screening: Screening, pools: dict[str, _Pool]) -> Iterator[TypeSupply]:
    """Yield the types that villages have, in the order of the code list."""
    facts, asked = screening.facts, screening.book.plan_rule("type_specialty")
    for type_ in codes.VILLAGE_TYPES:
        places = [place for place in facts.places.values() if type_ in place.village.types]
        if not places:
            continue
        people = _Pool.joined(pools[place.id] for place in places).people
        wanted = asked.params.map.get(type_, ()) if asked.on else ()
        able = [cadre for cadre in people if not wanted or facts.people[cadre].competent & set(wanted)]
        least = sum(least for least, _ in _sizes(screening, places))
        yield TypeSupply(type_, len(places), least, len(people), tuple(wanted), len(able))


def _sizes(screening: Screening, places: Iterable[Place]) -> list[tuple[int, int]]:
    """Return how many members each village's team has at least and at most."""
    structure = screening.book.plan_rule("team_structure")
    seats = [structure.rule.seats(place, structure.params).values() for place in places]  # type: ignore[attr-defined]
    return [(sum(least for least, _ in roles), sum(most for _, most in roles)) for roles in seats]


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
    sizes = _sizes(screening, places)
    people, secretaries = _by_unit(facts, pool.people), _by_unit(facts, pool.secretaries)
    quotas = {unit.id: unit.quota for unit in facts.round.units}
    leads = {unit.id: unit.max_villages for unit in facts.round.units}
    return CountySupply(
        county=county,
        villages=len(places),
        least=sum(least for least, _ in sizes),
        most=sum(most for _, most in sizes),
        people=len(pool.people),
        secretaries=len(pool.secretaries),
        sendable=sum(_capped(count, quotas[unit]) for unit, count in people.items()),
        leads=sum(min(count, leads[unit]) for unit, count in secretaries.items()),
    )


def _capped(count: int, quota: int | None) -> int:
    return count if quota is None else min(count, quota)
