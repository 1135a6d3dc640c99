"""Sheets and columns are recognized in any order, either language and many spellings."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, get_args

import openpyxl
import pytest

from matcher import codes
from matcher.codes import Language
from matcher.problems import InvalidInput, Problem
from matcher.round.records import TABLES
from matcher.tables import located_warnings, read_document, read_round, round_of, write_workbook
from matcher.tables.headers import sheet_named
from matcher.tables.schema import BY_TABLE, SHEETS, SPREADABLE, Kind
from matcher.words.problems import TABLES as TABLE_NAMES
from tests.tables.samples import least, small_round, write_cells

if TYPE_CHECKING:
    from pathlib import Path


def _problems(path: Path) -> list[tuple[str, str | None]]:
    with pytest.raises(InvalidInput) as caught:
        read_round(path)
    return [
        (problem.code, problem.location.cell if problem.location else None)
        for problem in caught.value.problems
    ]


def test_the_schema_has_every_field_of_every_table() -> None:
    for name, record in TABLES.items():
        assert {column.field for column in BY_TABLE[name].columns} == set(record.model_fields)
    assert {sheet.table: sheet.title for sheet in SHEETS} == TABLE_NAMES


def test_every_column_has_its_words() -> None:
    for sheet in SHEETS:
        for column in sheet.columns:
            assert all((column.header.zh, column.header.en, column.help.zh, column.help.en)), column
            assert (column.codes is not None) == (column.kind in (Kind.CODE, Kind.CODES, Kind.LEVELS)), column
            if column.kind in SPREADABLE:
                assert column.kind is Kind.ANSWERS or column.codes is codes.SPECIALTIES


def test_no_two_columns_share_a_spelling() -> None:
    for sheet in SHEETS:
        owner: dict[str, str] = {}
        for column in sheet.columns:
            for name in {column.field, column.header.zh, column.header.en, *column.aliases}:
                key = "".join(name.split()).casefold()
                assert owner.setdefault(key, column.field) == column.field, (sheet.table, name)


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("seed", range(5))
def test_any_order_of_columns_and_sheets(tmp_path: Path, language: Language, seed: int) -> None:
    round_ = small_round()
    write_workbook(round_, tmp_path / "round.xlsx", language)
    rows = {
        sheet.title: [list(row) for row in sheet.values]
        for sheet in openpyxl.load_workbook(tmp_path / "round.xlsx")
    }
    shuffled = list(rows.items())
    random.Random(seed).shuffle(shuffled)
    for title, cells in shuffled:
        sheet = sheet_named(title)
        if sheet is not None and sheet.table != "round":
            order = random.Random(seed).sample(range(len(cells[0])), len(cells[0]))
            cells[:] = [[row[index] for index in order] for row in cells]
    write_cells(tmp_path / "shuffled.xlsx", dict(shuffled))
    assert read_round(tmp_path / "shuffled.xlsx").digest == round_.digest


def test_both_languages_and_field_names_in_one_workbook(tmp_path: Path) -> None:
    sheets = least()
    sheets["cadres"] = [["Cadre ID", "姓名*", "birth_month", "单位编码（必填）", " Political\nstatus "],
                        ["C1", "张三", "1985-07", "U1", "Party member"]]  # fmt: skip
    del sheets["干部表"]
    (cadre,) = read_round(write_cells(tmp_path / "round.xlsx", sheets)).cadres
    assert (cadre.id, cadre.political_status) == ("C1", "中共党员")


_ABOVE: list[list[list[Any]]] = [
    [], [["某某县村情表"]], [[None], ["某某县村情表"], ["2025年5月", None, "填表人：李某"]], [[None], [None], [None], [None]],
]  # fmt: skip


@pytest.mark.parametrize("above", _ABOVE)
def test_titles_and_empty_rows(tmp_path: Path, above: list[list[Any]]) -> None:
    body = [
        ["村编码", "村名", "乡镇"],
        [None],
        ["V1", "一村", "甲镇"],
        ["　", " "],
        ["V2", "二村", "乙镇"],
        ["V2", "三村", "乙镇"],
    ]
    path = write_cells(tmp_path / "round.xlsx", least(村情表=[*above, *body]))
    with pytest.raises(InvalidInput) as caught:
        read_round(path)
    (problem,) = caught.value.problems
    assert problem.code == "duplicate"
    assert problem.location is not None
    assert problem.location.row == len(above) + 6
    assert problem.location.cell == f"A{len(above) + 6}"
    assert problem.details["first_row"] == len(above) + 5


def test_a_header_below_the_fifth_row_is_not_found(tmp_path: Path) -> None:
    above: list[list[Any]] = [["说明"]] * 5
    path = write_cells(
        tmp_path / "round.xlsx", least(村情表=[*above, ["村编码", "村名", "乡镇"], ["V1", "一村", "甲镇"]])
    )
    assert _problems(path) == [("no_header", "")]


def test_a_column_a_key(tmp_path: Path) -> None:
    villages = [["村编码", "村名", "乡镇", "需求·党建", "需求.law", "Needs：产业经济", "需求"],
                ["V1", "一村", "甲镇", 5, "2", 0, None], ["V2", "二村", "乙镇", None, None, None, "党建3"],
                ["V3", "三村", "丙镇", "4级", None, None, "政法3"]]  # fmt: skip
    cadres = [["干部编码", "姓名", "出生年月", "单位编码", "专长·党建", "专长·财务", "资格条件·政治素质好", "资格条件·c2"],
              ["C1", "张三", "1985-07", "U1", 4, 0, "是", "×"], ["C2", "李四", "1990-01", "U1", None, "无", None, "是"]]  # fmt: skip
    rules = [["规则", "参数"], ["资格条件", "items={c1: 政治素质好, c2: 身体好}"]]
    round_ = read_round(
        write_cells(tmp_path / "round.xlsx", least(村情表=villages, 干部表=cadres, 规则表=rules))
    )
    assert [dict(village.needs) for village in round_.villages] == [{"party": 5, "law": 2, "industry": 0}, {"party": 3},
                                                                   {"party": 4, "law": 3}]  # fmt: skip
    assert [dict(cadre.specialties) for cadre in round_.cadres] == [{"party": 4}, {}]
    assert [dict(cadre.conditions) for cadre in round_.cadres] == [{"c1": True, "c2": False}, {"c2": True}]
    assert round_.rules[0].id == "qualification"


def test_wrong_values_in_columns_of_keys_stand_at_their_cells(tmp_path: Path) -> None:
    villages = [["村编码", "村名", "乡镇", "需求·党建", "需求·政法", "需求", "需求·养殖"],
                ["V1", "一村", "甲镇", 9, None, None, None], ["V2", "二村", "乙镇", "高", None, None, None],
                ["V3", "三村", "丙镇", 3, None, "党建3", None]]  # fmt: skip
    assert _problems(write_cells(tmp_path / "round.xlsx", least(村情表=villages))) == [
        ("unknown_header", "G1"), ("too_large", "D2"), ("not_a_whole_number", "D3"), ("repeated_key", "F4"),
    ]  # fmt: skip


def test_headers_that_are_wrong(tmp_path: Path) -> None:
    villages = [["村编码", "村名", "乡镇", "村名称", "备注", "哈哈哈", None, "村類型", "序号"],
                ["V1", "一村", "甲镇", None, "好", "x", "y", None, 1]]  # fmt: skip
    units = [["单位编码", "单位层级", "备注"], ["U1", "县", "老单位"]]
    path = write_cells(tmp_path / "round.xlsx", least(村情表=villages, 单位表=units))
    assert _problems(path) == [
        ("duplicate_header", "D1"), ("unknown_header", "F1"), ("unknown_header", "H1"), ("data_without_header", "G2"),
        ("missing_column", ""),
    ]  # fmt: skip
    (warning,) = read_document(path).warnings
    assert (warning.code, warning.location and warning.location.cell) == ("ignored_column", "C1")
    with pytest.raises(InvalidInput) as caught:
        read_round(path)
    assert caught.value.problems[2].details["nearest"] == "types"
    assert caught.value.problems[-1].field == "name"


def test_sheets_that_are_wrong(tmp_path: Path) -> None:
    sheets: dict[str, list[list[Any]]] = {
        "村情表": [["村编码", "村名", "乡镇"], ["V1", "一村", "甲镇"]],
        "Villages": [["村编码", "村名", "乡镇"], ["V1", "一村", "甲镇"]],
        "在岗表": [["干部编码", "村编码", "岗位"], ["C1", "V1", "队员"], ["C2", "V9", "队员"]],
        "锁定單": [["锁定类型"], ["锁定"]],
        "Sheet1": [],
        "填写说明": [["随便"]],
        "代码表": [["随便"]],
    }
    path = write_cells(tmp_path / "round.xlsx", sheets)
    with pytest.raises(InvalidInput) as caught:
        read_round(path)
    found = [(p.code, p.table, p.location.sheet if p.location else "") for p in caught.value.problems]
    assert found == [
        ("missing_sheet", "round", ""), ("missing_sheet", "units", ""), ("missing_sheet", "cadres", ""),
        ("dangling_id", "incumbents", "在岗表"), ("duplicate_sheet", "villages", "Villages"), ("unknown_sheet", "", "锁定單"),
    ]  # fmt: skip
    assert caught.value.problems[-1].details["nearest_zh"] == "锁定表"


def test_the_rounds_own_sheet(tmp_path: Path) -> None:
    own = [["某县选派轮次表"], ["轮次编号", "HX", "说明"], ["哈哈", "x"], ["计算年龄日期", "2025-13-01"], ["任期月数", "两年"],
           ["轮次编号", "HY"], ["任期起始日", 45809], ["交接天数", None], ["填表人签字"]]  # fmt: skip
    assert _problems(write_cells(tmp_path / "round.xlsx", least(选派轮次=own))) == [
        ("unknown_item", "A3"), ("impossible_date", "B4"), ("not_a_number", "B5"), ("duplicate_header", "A6"),
        ("date_serial", "B7"),
    ]  # fmt: skip


def test_what_the_round_lacks_is_located(tmp_path: Path) -> None:
    path = write_cells(tmp_path / "round.xlsx", least(选派轮次=[["项目", "内容"], ["计算年龄日期", None]]))
    with pytest.raises(InvalidInput) as caught:
        read_round(path)
    found = {problem.field: problem for problem in caught.value.problems}
    assert set(found) == {"id", "as_of"}
    assert found["as_of"].location is not None
    assert (found["as_of"].location.cell, found["as_of"].location.column) == ("B2", "计算年龄日期")
    assert found["id"].location is not None
    assert (found["id"].location.sheet, found["id"].location.cell) == ("选派轮次", "")


def test_needs_by_type(tmp_path: Path) -> None:
    needs = [["村类型", "需求"], ["一般村", "党建9"], ["软弱涣散村", "党建5"], ["软弱村", "党建5"], ["weak_org", "政法2"],
             [None, "政法2"], ["抵边村", "党建"]]  # fmt: skip
    assert _problems(write_cells(tmp_path / "round.xlsx", least(类型需求表=needs))) == [
        ("too_large", "B2"), ("unknown_code", "A4"), ("duplicate", "A5"), ("missing_field", "A6"), ("level_missing", "B7"),
    ]  # fmt: skip


def test_warnings_are_located_too(tmp_path: Path) -> None:
    sheets = least(在岗表=[["干部编码", "村编码", "岗位"], ["C1", "V1", "队员"]])
    source = read_document(write_cells(tmp_path / "round.xlsx", sheets))
    found: list[Problem] = list(located_warnings(source, round_of(source)))
    assert [(p.code, p.location.sheet, p.location.row) for p in found if p.location] == [
        ("types_do_not_add_up", "村情表", 1), ("no_needs", "村情表", 2), ("no_needs", "村情表", 3), ("since_blank", "在岗表", 2),
    ]  # fmt: skip
