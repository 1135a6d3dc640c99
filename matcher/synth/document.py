"""From a made world to the data of a ``round/1`` document and the planted plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.synth.months import day_before
from matcher.synth.words import SYNTHETIC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.synth.world import Person, Seat, Unit, Village, World

Document = dict[str, Any]


def without_blanks(row: Mapping[str, Any]) -> Document:
    """Return a row without its blank fields."""
    return {key: value for key, value in row.items() if value not in (None, "", [], {})}


def document_of(world: World) -> Document:
    """Return the round as data: people by unit, with ids in that order."""
    profile = world.profile
    draws = world.draws("order")
    people = sorted(draws.shuffled(world.people), key=lambda person: person.unit.number)
    width = len(str(len(people)))
    for number, person in enumerate(people, 1):
        person.id = f"C{number:0{width}d}"
    tables = {
        "villages": [_village(village) for village in world.villages],
        "units": [_unit(unit) for unit in world.units],
        "cadres": [_cadre(person) for person in people],
        "incumbents": [_incumbent(world, person) for person in people if person.old is not None],
    }
    if profile.extras.baseline:
        tables["baseline"] = [post(person, person.old) for person in people if person.old is not None]
    return {
        "schema": "round/1",
        "id": f"synth-{profile.kind}-{world.seed}",
        "name": f"{profile.title}{profile.as_of.year}年驻村干部选派（合成示例）",
        "region": f"合成省{profile.prefecture}{profile.title if profile.title != profile.prefecture else ''}"
        f"（{SYNTHETIC}，人名地名单位均为虚构）",
        "as_of": profile.as_of.isoformat(),
        "starts_on": profile.starts_on.isoformat(),
        "term_months": 24,
        "handover_days": 15,
        **{name: rows for name, rows in tables.items() if rows},
    }


def planted_of(world: World) -> list[Document]:
    """Return the posts of the planted plan, in the order of ids."""
    posted = sorted((person for person in world.people if person.posted), key=lambda person: person.id)
    return [post(person, person.seat) for person in posted]


def post(person: Person, seat: Seat | None) -> Document:
    """Return a person's post as data."""
    assert seat is not None
    if seat.village is None:
        place = {"county": seat.township.county, "township": seat.township.name}
        return {"cadre": person.id, **place, "role": seat.role}
    return {"cadre": person.id, "village": seat.village.id, "role": seat.role}


def _village(village: Village) -> Document:
    return without_blanks(
        {
            "id": village.id,
            "name": village.name,
            "county": village.township.county,
            "township": village.township.name,
            "types": village.types,
            "needs": village.needs,
            "hardship": village.hardship,
            "residents": village.residents,
            "support_min": village.support,
            "support_max": village.support,
            "languages": village.languages,
            "lead_unit": village.lead.id if village.lead and village.decided else "",
            "current_lead_unit": village.old_lead.id if village.old_lead else "",
            **village.told,
        }
    )


def _unit(unit: Unit) -> Document:
    return without_blanks(
        {
            "id": unit.id,
            "name": unit.name,
            "level": unit.level,
            "kind": unit.kind,
            "county": unit.county,
            "township": unit.township.name if unit.township else "",
            "quota": unit.quota,
            "max_villages": unit.max_villages,
            "funds": unit.funds,
            "projects": unit.projects,
            "leader": unit.leader,
            "resources": unit.resources,
            "rating": unit.rating,
        }
    )


def _cadre(person: Person) -> Document:
    told = {key: value for key, value in person.told.items() if key != "name"}
    return without_blanks(
        {
            "id": person.id,
            "name": person.told["name"],
            "unit": person.unit.id,
            "specialties": person.specialties,
            "spouse": person.spouse.id if person.spouse else "",
            **told,
        }
    )


def _incumbent(world: World, person: Person) -> Document:
    office = person.office
    row = {
        **post(person, person.old),
        "since": day_before(world.profile.starts_on, office["months"]),
        "days_per_month": office["days"],
        "appraisal": office["appraisal"],
        "recall": office.get("recall", []),
    }
    if office.get("extended"):
        row["extension_approved"] = True
    return without_blanks(row)
