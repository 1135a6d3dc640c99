"""Native places that are written so that they would lose the recusal silently are found."""

from __future__ import annotations

from typing import Any

import pytest

from matcher import InvalidInput, Round, RuleBook
from matcher.screening.outcome import screen


def _round(**cadre: Any) -> dict[str, Any]:
    return {
        "id": "r",
        "as_of": "2025-05-01",
        "villages": [
            {"id": "01", "name": "石门村", "township": "龙泉镇"},
            {"id": "02", "name": "白沙村", "township": "青岩镇"},
        ],
        "units": [{"id": "u", "name": "县农业农村局", "level": "county"}],
        "cadres": [{"id": "c", "name": "甲", "birth_month": "1985-01", "unit": "u", **cadre}],
        "rules": [{"id": "recusal", "params": {"level": "township"}}],
    }


@pytest.mark.parametrize("field", ["native_village", "spouse_native_village", "kin_villages"])
def test_a_village_by_its_name_is_an_error_that_gives_the_id(field: str) -> None:
    value = ["石门村"] if field == "kin_villages" else "石门村"
    with pytest.raises(InvalidInput) as refused:
        Round.from_document(_round(**{field: value}))
    (problem,) = refused.value.problems
    assert (problem.code, problem.field, problem.details["id"]) == ("village_by_name", field, "01")
    assert "write “01”" in str(refused.value)


def test_a_village_outside_the_round_is_no_problem() -> None:
    assert Round.from_document(_round(native_village="770001")).warnings[-1].code != "village_by_name"


@pytest.mark.parametrize("text", ["临溪县龙泉镇", "龙泉"])
def test_a_township_that_is_nearly_one_of_the_rounds_is_warned_of(text: str) -> None:
    warnings = Round.from_document(_round(native_township=text)).warnings
    assert [w.details["nearest"] for w in warnings if w.code == "township_unclear"] == ["龙泉镇"]


@pytest.mark.parametrize("text", ["龙泉镇", "临溪县/龙泉镇"])
def test_where_no_village_names_a_county_the_county_of_a_township_says_nothing(text: str) -> None:
    round_ = Round.from_document(_round(native_township=text))
    refusals = screen(round_.facts, RuleBook.of(round_.rules)).refusals
    assert "01" in {refusal.village for refusal in refusals if refusal.rule == "recusal"}


def test_a_date_of_membership_of_a_non_member_is_warned_of() -> None:
    round_ = Round.from_document(_round(political_status="群众", party_joined="2010-01-01"))
    assert "joined_not_member" in {warning.code for warning in round_.warnings}


def test_a_weight_of_a_hard_rule_is_warned_of() -> None:
    document = _round()
    document["rules"].append({"id": "spouses", "weight": 5})
    assert "weight_unused" in {warning.code for warning in Round.from_document(document).warnings}


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ({"village": "01", "role": "captain"}, "captain_village"),
        ({"township": "龙泉镇", "role": "resident"}, "township_not_asked"),
        ({"township": "龙泉镇", "village": "01"}, "township_not_asked"),
    ],
)
def test_a_ban_that_would_forbid_nothing_is_refused(place: dict[str, str], code: str) -> None:
    document = {**_round(), "decisions": [{"kind": "forbid", "cadre": "c", **place}]}
    with pytest.raises(InvalidInput) as refused:
        Round.from_document(document)
    assert code in {problem.code for problem in refused.value.problems}
