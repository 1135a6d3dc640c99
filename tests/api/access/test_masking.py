"""What is hidden: sensitive fields in views, and anybody's values in problems."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from api.access.masking import all_shown, masked, masked_edits, shown
from api.access.sensitivity import CLASSES, SENSITIVE, Class, class_of
from matcher.problems import InvalidInput, Problem
from matcher.round import TABLES, Round
from matcher.round.fields import RoundFields
from tests.api.server import sample


def test_every_field_is_classified() -> None:
    fields = {name: set(record.model_fields) for name, record in TABLES.items()}
    own = {field.alias or name for name, field in RoundFields.model_fields.items()}
    assert {name: set(classes) for name, classes in CLASSES.items()} == {**fields, "round": own}
    assert {one for classes in CLASSES.values() for one in classes.values()} == set(get_args(Class))


def test_unknown_field_counts_as_a_persons() -> None:
    assert class_of("cadres", "nickname") == "person"
    assert class_of("nothing", "id") == "person"


@pytest.mark.parametrize("name", ["louxing", "yuzhong"])
def test_masked_document_has_no_sensitive_field(name: str) -> None:
    document = masked(sample(name))
    kept = {(table, field) for table in TABLES for row in document.get(table, []) for field in row}
    assert ("cadres", "name") in kept
    assert not {(table, field) for table, field in kept if class_of(table, field) in SENSITIVE}


def test_masked_edits_keep_what_is_open() -> None:
    edits = [
        {"op": "cell", "table": "cadres", "key": "C01", "values": {"flags": ["pregnant"], "unit": "U01"}},
        {"op": "decide", "table": "decisions", "key": "", "values": {"kind": "drop", "reason": "病假"}},
        {"op": "field", "table": "", "key": "", "values": {"name": "x", "cadres": [{"id": "C", "flags": ["ill"]}]}},
    ]  # fmt: skip
    values = [edit["values"] for edit in masked_edits(edits)]
    assert values == [{"unit": "U01"}, {"kind": "drop"}, {"name": "x", "cadres": [{"id": "C"}]}]


#: What is planted in a round, every bit of it wrong or odd; none of it may come back.
_PLANTED = {
    "birth_month": "秘密甲",
    "spouse": "秘密乙",
    "native_village": "秘密丙",
    "flags": ["秘密丁"],
    "appraisals": ["秘密戊"],
    "political_status": "秘密己",
    "秘密庚": "秘密辛",
    "conditions": {"a": "秘密壬"},
    "specialties": {"秘密癸": 3},
}


def test_problems_do_not_repeat_what_is_a_persons() -> None:
    document = sample()
    document["cadres"][0] |= _PLANTED
    document["cadres"][1] |= {"id": "秘密子", "spouse": "秘密丑", "unit": "没有的单位"}
    document["cadres"][2] |= {"id": "秘密子"}
    document["suitability"] = [{"cadre": "秘密寅", "village": "没有的村", "score": 101}]
    document["villages"][0]["hardship"] = 9
    with pytest.raises(InvalidInput) as found:
        Round.from_document(document)
    plain = json.dumps([problem.document() for problem in found.value.problems], ensure_ascii=False)
    assert plain.count("秘密") > 8
    told = all_shown(found.value.problems)
    values = {(one["table"], one["field"]): one["value"] for one in told}
    text = json.dumps([{**one, "field": ""} for one in told], ensure_ascii=False)
    assert "秘密" not in text
    assert values["villages", "hardship"] == "9"
    assert values["cadres", "birth_month"] == "…"


def test_headings_and_files_are_told() -> None:
    problem = Problem("unknown_header", "cadres", None, "", "姓　名字")
    assert shown(problem)["value"] == "姓　名字"
    assert shown(Problem("damaged_workbook", value="选派.xlsx"))["value"] == "选派.xlsx"
