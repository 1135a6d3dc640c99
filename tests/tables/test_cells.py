"""What single cells say: ids, numbers, yes and no, lists, maps, parameters."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from matcher import codes
from matcher.tables.folding import filled, folded, trimmed
from matcher.tables.params import read_params
from matcher.tables.scalars import read_id, read_number, read_text, read_whole, read_yes_no
from matcher.tables.several import Known, answers_reader, codes_reader, levels_reader, read_ids, read_names
from matcher.tables.wrong import Wrong


@pytest.mark.parametrize(("cell", "id_"), [
    ("0012", "0012"), ("００１２", "0012"), ("　ＡＢ－１ ", "AB-1"), (12.0, "12"), (520111001201.0, "520111001201"),
    (12.5, "12.5"), ("U１２\u200b", "U12"), ("无", None), ("/", None), ("", None), ("　", None), (True, "TRUE"),
])  # fmt: skip
def test_ids(cell: Any, id_: str | None) -> None:
    assert read_id(cell) == id_


@pytest.mark.parametrize(("cell", "code"), [
    (5.2011100120112e17, "digits_lost"), (date(2025, 1, 2), "date_in_id"), (time(1, 2), "date_in_id"),
])  # fmt: skip
def test_ids_that_excel_spoilt(cell: Any, code: str) -> None:
    with pytest.raises(Wrong) as caught:
        read_id(cell)
    assert caught.value.code == code
    assert isinstance(caught.value.instead, str)


@pytest.mark.parametrize("name", ["𬭩河村", "㛃家坪", "王　芳", "\ufa0e", "龍\uf9d1", "第１组", "①队", "㎡"])
def test_rare_characters_stay_in_names(name: str) -> None:
    assert read_text(f" {name}　\n") == name


def test_trimming() -> None:
    assert trimmed("\u3000\xa0a b\u200b\ufeff\n") == "a b"
    assert trimmed("a\r\nb\x07\x0bc") == "a\nbc"
    assert folded("（Ａ１　）") == "(A1 )"
    assert filled("——") is None


@pytest.mark.parametrize(("cell", "number"), [
    (3.0, 3), ("3", 3), ("３．５", 3.5), ("1,200", 1200), ("12,345.5", 12345.5), (".5", 0.5), ("1e3", 1000), ("+2", 2),
    ("-", None), ("", None), ("无", None),
])  # fmt: skip
def test_numbers(cell: Any, number: float | None) -> None:
    assert read_number(cell) == number


@pytest.mark.parametrize(
    "cell", ["8万", "1,2", "nan", "inf", "一", "1 2", True, date(2025, 1, 1), "1e400", "9" * 400]
)
def test_no_numbers(cell: Any) -> None:
    with pytest.raises(Wrong, match="not_a_number"):
        read_number(cell)


def test_whole_numbers() -> None:
    assert read_whole("24.0") == 24
    with pytest.raises(Wrong, match="not_a_whole_number"):
        read_whole(2.5)


@pytest.mark.parametrize("cell", ["是", "yes", "Y", "TRUE", True, 1.0, "1", "１", "√", "✓", "愿意", "有"])
def test_yes(cell: Any) -> None:
    assert read_yes_no(cell) is True


@pytest.mark.parametrize("cell", ["否", "no", "N", "false", False, 0.0, "0", "×", "不愿意", "无"])
def test_no(cell: Any) -> None:
    assert read_yes_no(cell) is False


def test_neither_yes_nor_no() -> None:
    assert read_yes_no("/") is None
    with pytest.raises(Wrong, match="not_yes_or_no"):
        read_yes_no("也许")


@pytest.mark.parametrize("cell", [
    "脱贫村、软弱涣散村", "脱贫村,软弱涣散村", "脱贫村，软弱涣散村", "脱贫村;软弱涣散村", "脱贫村；软弱涣散村", "脱贫村\n软弱涣散村",
    "lifted, weak_org", "Lifted；Weak_Org", " 脱贫村 、、 党组织软弱涣散村 、无",
    "脱贫村 软弱涣散村", "脱贫村/软弱涣散村",
    "village lifted out of poverty; weak and lax Party organization",
])  # fmt: skip
def test_several_codes(cell: str) -> None:
    assert codes_reader(Known(codes.VILLAGE_TYPES))(cell) == ["lifted", "weak_org"]


@pytest.mark.parametrize("cell", [
    "中小学教师、县级医院医护、试用期", "teacher_medic；试用期", "中小学教师；试用期",
    "School teacher or county hospital medic, on probation",
])  # fmt: skip
def test_names_that_hold_a_separator(cell: str) -> None:
    assert codes_reader(Known(codes.NEGATIVE_ITEMS))(cell) == ["teacher_medic", "probation"]
    english = "pregnant, nursing or grave family difficulty, not on the establishment, or seconded"
    assert codes_reader(Known(codes.NEGATIVE_ITEMS))(english) == ["care", "seconded"]


def test_codes_of_the_rounds_own() -> None:
    own = {"own1": "own1", "在读，全日制": "own1", "试用期": "own2", "own2": "own2"}
    read = codes_reader(Known(codes.NEGATIVE_ITEMS, own, open_=True))
    assert read("在读，全日制、试用期、处分、别的") == ["own1", "own2", "sanction", "别的"]


def test_an_unknown_code_has_its_nearest() -> None:
    with pytest.raises(Wrong) as caught:
        codes_reader(Known(codes.VILLAGE_TYPES))("脱贫村、软弱换散村")
    assert (caught.value.code, caught.value.value) == ("unknown_code", "软弱换散村")
    assert caught.value.details == {"list": "village_type", "nearest": "weak_org"}


@pytest.mark.parametrize("cell", [
    "党建5、政法2", "党建5;政法2", "党建:5；政法：2", "党建＝５，政法＝２", "party 5; law 2", "党建（5级）、政法2级",
    "党建5 政法2", "党建5级／政法 2级", "party=5\nlaw=2",
    "party building 5, political and legal 2",
])  # fmt: skip
def test_levels(cell: str) -> None:
    assert levels_reader(codes.SPECIALTIES)(cell) == {"party": 5, "law": 2}


@pytest.mark.parametrize(("cell", "code"), [
    ("党建", "level_missing"), ("5", "bad_entry"), ("党见5", "unknown_code"), ("党建5、党建4", "repeated_key"),
    ("党建5.5", "not_a_whole_number"), ("哈哈", "bad_entry"),
])  # fmt: skip
def test_wrong_levels(cell: str, code: str) -> None:
    with pytest.raises(Wrong) as caught:
        levels_reader(codes.SPECIALTIES)(cell)
    assert caught.value.code == code


def test_answers() -> None:
    own = {"c1": "c1", "政治素质好、作风正": "c1", "c2": "c2"}
    read = answers_reader(Known(None, own))
    assert read("政治素质好、作风正:是；c2：否、c3:、c4") == {"c1": True, "c2": False, "c3": None, "c4": True}
    for cell, code in {":是": "bad_entry", "c1:也许": "not_yes_or_no", "c1、c1": "repeated_key"}.items():
        with pytest.raises(Wrong, match=code):
            read(cell)


def test_words() -> None:
    assert read_names("布依语、苗语；无") == ["布依语", "苗语"]
    assert read_ids("００１、002") == ["001", "002"]


@pytest.mark.parametrize(("cell", "params"), [
    ("min_share=0.2", {"min_share": 0.2}),
    ("min_share＝20%；min_posts=15", {"min_share": 0.2, "min_posts": 15}),
    ("map＝｛软弱涣散村：［党建、政法］，矛盾突出村：[law]｝", {"map": {"weak_org": ["party", "law"], "conflict": ["law"]}}),
    ("items=处分、试用期", {"items": ["sanction", "probation"]}),
    ("items={c1: 政治素质好、作风正, c2: “是，好”}", {"items": {"c1": "政治素质好、作风正", "c2": "是，好"}}),
    ('{"a": {"b": [1, 2.5, null, true, "0.2"]}, "党建": "党建"}', {"a": {"b": [1, 2.5, None, True, "0.2"]}, "党建": "党建"}),
    ("units={花溪区/青岩镇: [001, U2]}", {"units": {"花溪区/青岩镇": ["001", "U2"]}}),
    ("by_type={脱贫村: {residents: 2, support_max: 1}}\nx=1", {"by_type": {"lifted": {"residents": 2, "support_max": 1}}, "x": 1}),
])  # fmt: skip
def test_parameters(cell: str, params: dict[str, Any]) -> None:
    assert read_params(cell) == params


@pytest.mark.parametrize(("cell", "code"), [
    ("a", "bad_params"), ("a=", "bad_params"), ("a=[1", "bad_params"), ("a={b}", "bad_params"), ("a=1;a=2", "repeated_key"),
    ("a=" + "[" * 50, "too_deep"), ("{" * 50, "bad_params"), ('a="\\x"', "bad_params"), ("=1", "bad_params"), ("a=1]", "bad_params"),
    ("a=[1,2]3", "bad_params"),
])  # fmt: skip
def test_wrong_parameters(cell: str, code: str) -> None:
    with pytest.raises(Wrong) as caught:
        read_params(cell)
    assert caught.value.code == code
