"""Supply against demand."""

from __future__ import annotations

from typing import Any

from matcher import Round, RuleBook
from matcher.exports import Supply, supply_of
from matcher.screening.outcome import screen
from matcher.synth.stress import stress


def _supply(document: dict[str, Any]) -> Supply:
    round_ = Round.from_document(document)
    return supply_of(screen(round_.facts, RuleBook.of(round_.rules)))


def test_counts_people_and_posts() -> None:
    document = stress("twins").build()
    supply = _supply(document)
    county = supply.counties[0]
    assert len(supply.counties) == 1
    assert county.villages == 4
    assert county.least == county.most == 12
    assert county.people <= len(document["cadres"])
    assert not county.short


def test_a_pool_that_is_too_small_is_short() -> None:
    assert _supply(stress("short_pool").build()).counties[0].short


def test_a_specialty_nobody_has_is_short() -> None:
    supply = _supply(stress("missing_specialty").build())
    short = {row.specialty: row for row in supply.specialties if row.short}
    assert any(row.people == 0 for row in short.values())
    assert all(row.urgent <= row.villages for row in supply.specialties)


def test_a_type_of_village_needs_its_specialists() -> None:
    document = stress("missing_specialty").build()
    supply = _supply(document)
    short = {row.type: row for row in supply.types if row.short}
    weak = short["weak_org"]
    assert weak.specialties == ("party",)
    assert weak.able == 0
    assert weak.villages == sum("weak_org" in row.get("types", ()) for row in document["villages"])
    assert 2 * weak.villages <= weak.least <= weak.people
    off = _supply({**document, "rules": [{"id": "type_specialty", "mode": "off"}]})
    assert [row.specialties for row in off.types if row.type == "weak_org"] == [()]
    assert [row.able for row in off.types] == [row.people for row in off.types]


def test_a_unit_bound_to_too_many_villages_comes_first() -> None:
    supply = _supply(stress("unit_over_leads").build())
    assert supply.units[0].short
    assert supply.units[0].decided > supply.units[0].max_villages


def test_quotas_hold_people_back() -> None:
    document = stress("twins").build()
    for unit in document["units"]:
        unit["quota"] = 1
    supply = _supply(document)
    assert supply.counties[0].sendable == len({cadre["unit"] for cadre in document["cadres"]})
    assert supply.counties[0].short
    assert all(row.held_back == row.people - 1 for row in supply.units)


def test_several_counties_have_a_line_for_all_of_them() -> None:
    document = stress("twins").build()
    for number, village in enumerate(document["villages"]):
        village["county"] = f"县{number % 2}"
    for unit in document["units"]:
        unit.update(level="prefecture", township="")
    supply = _supply(document)
    assert [row.county for row in supply.counties] == ["", "县0", "县1"]
    assert supply.counties[0].villages == sum(row.villages for row in supply.counties[1:])
