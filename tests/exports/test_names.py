"""Ids and codes in words."""

from __future__ import annotations

import pytest

from matcher import Round
from matcher.exports import Names
from matcher.exports.figures import parameter, percent
from matcher.rulekit import Refusal
from matcher.synth.stress import stress


@pytest.fixture(scope="module")
def round_() -> Round:
    return Round.from_document(stress("twins").build())


def test_unknown_ids_stay_as_they_are(round_: Round) -> None:
    names = Names(round_.facts, "zh")
    assert (
        names.cadre("X"),
        names.cadre_of("X"),
        names.unit("X"),
        names.village("X"),
        names.village_at("X"),
    ) == ("X",) * 5
    assert names.rule("nothing") == "nothing"
    assert names.role("boss") == "boss"


def test_names_of_what_is_there(round_: Round) -> None:
    cadre, village = round_.cadres[0], round_.villages[0]
    unit = round_.facts.units[cadre.unit].name
    assert Names(round_.facts, "zh").cadre_of(cadre.id) == f"{cadre.name}（{unit}）"
    assert Names(round_.facts, "en").cadre_of(cadre.id) == f"{cadre.name} ({unit})"
    assert Names(round_.facts, "zh").village_at(village.id) == f"{village.township}{village.name}"
    assert (
        Names(round_.facts, "en").specialties({"law": 2, "party": 5})
        == "party building 5, political and legal 2"
    )


def test_what_a_refusal_covers(round_: Round) -> None:
    names = Names(round_.facts, "zh")
    village = round_.villages[0]
    county = (village.county, village.township)
    said = [
        (Refusal("c"), "所有岗位"),
        (Refusal("c", ("first_secretary",)), "第一书记"),
        (Refusal("c", village=village.id), f"{village.name}各岗位"),
        (Refusal("c", ("first_secretary",), village.id), f"{village.name}第一书记"),
        (Refusal("c", ("captain",), township=county), f"{village.township}总队长"),
        (Refusal("c", outside=(village.county, None)), f"{village.county}以外的岗位"),
        (Refusal("c", unless=(village.id, None, "resident")), f"{village.name}驻村工作队员以外的岗位"),
        (Refusal("c", unless=(village.id, None, None)), f"{village.name}以外的岗位"),
    ]
    for refusal, text in said:
        assert names.scope(refusal) == text


def test_figures() -> None:
    assert [percent(share) for share in (0.0, 0.00001, 0.1234)] == ["0.00%", "<0.01%", "12.34%"]
    assert parameter({"a": ["b", "c"], "d": 1}) == "a: b, c; d: 1"
