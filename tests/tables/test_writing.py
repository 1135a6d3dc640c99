"""What written workbooks look like: text stays text, lists to choose from, help; templates."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any, get_args

import openpyxl
import pytest

from matcher import codes
from matcher.codes import Language
from matcher.problems import InvalidInput
from matcher.rulebook import catalogue
from matcher.tables import read_round, write_template, write_workbook
from matcher.tables.schema import CODE_SHEET, HELP_SHEET, SHEETS, Kind
from tests.tables.samples import small_round

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = get_args(Language)


def _opened(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "round.xlsx"
    write_workbook(small_round(), path)
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name)
    cells = {cell.value: cell for row in _opened(path)["干部表"].iter_rows() for cell in row}
    assert cells["=cmd|' /C calc'!A0"].data_type == "s"


def test_ids_stay_text_while_typing(tmp_path: Path) -> None:
    write_workbook(small_round(), tmp_path / "round.xlsx")
    sheet = _opened(tmp_path / "round.xlsx")["干部表"]
    header = [cell.value for cell in sheet[1]]
    for name in ("干部编码", "出生年月", "单位编码"):
        cell = sheet.cell(2, header.index(name) + 1)
        assert cell.number_format == "@"
        assert cell.data_type == "s"
        assert sheet.column_dimensions[cell.column_letter].number_format == "@"
    assert sheet.cell(2, 1).value == "0001"


@pytest.mark.parametrize("language", LANGUAGES)
def test_drop_down_lists(tmp_path: Path, language: Language) -> None:
    write_template(tmp_path / "template.xlsx", language)
    book = _opened(tmp_path / "template.xlsx")
    listed = book[CODE_SHEET.in_(language)]
    for sheet in SHEETS[1:]:
        page = book[sheet.title.in_(language)]
        lists = {
            str(item.sqref).split(":")[0].rstrip("0123456789"): item.formula1
            for item in page.data_validations.dataValidation
        }
        for cell in page[1]:
            column = next(column for column in sheet.columns if column.header.in_(language) == cell.value)
            if column.kind not in (Kind.CODE, Kind.YES_NO):
                assert cell.column_letter not in lists
                continue
            area = lists[cell.column_letter].split("!")[1].replace("$", "")
            names = [row[0].value for row in listed[area]]
            known = column.codes or codes.WILLINGNESS
            assert [known.find(str(name)) for name in names] == list(known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_help(tmp_path: Path, language: Language) -> None:
    write_template(tmp_path / "template.xlsx", language)
    book = _opened(tmp_path / "template.xlsx")
    assert book.sheetnames == [
        *(sheet.title.in_(language) for sheet in SHEETS),
        HELP_SHEET.in_(language),
        CODE_SHEET.in_(language),
    ]
    explained = {(row[0], row[1]) for row in book[HELP_SHEET.in_(language)].iter_rows(values_only=True)}
    codes_written = {
        value for row in book[CODE_SHEET.in_(language)].iter_rows(values_only=True) for value in row
    }
    assert set(catalogue()) <= codes_written
    for sheet in SHEETS:
        for column in sheet.columns:
            assert (sheet.title.in_(language), column.header.in_(language)) in explained
        if sheet.table != "round":
            page = book[sheet.title.in_(language)]
            assert [cell.value for cell in page[1]] == [
                column.header.in_(language) for column in sheet.columns
            ]
            for cell, column in zip(page[1], sheet.columns, strict=True):
                assert cell.comment is not None
                assert column.help.in_(language) in cell.comment.text
            assert page.freeze_panes is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_only_wants_filling_in(tmp_path: Path, language: Language) -> None:
    write_template(tmp_path / "template.xlsx", language)
    with pytest.raises(InvalidInput) as caught:
        read_round(tmp_path / "template.xlsx")
    assert {(p.code, p.table, p.field) for p in caught.value.problems} == {
        ("missing_field", "round", "id"), ("missing_field", "round", "as_of"), ("empty_table", "villages", ""),
        ("empty_table", "units", ""), ("empty_table", "cadres", ""),
    }  # fmt: skip
    assert all(problem.location is not None and problem.location.sheet for problem in caught.value.problems)


def test_a_template_filled_in_by_hand_is_a_round(tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx")
    book = _opened(tmp_path / "template.xlsx")
    typed: dict[str, dict[str, Any]] = {
        "村情表": {"村编码": "0012", "村名": "一村", "乡镇": "甲镇", "村类型": "脱贫村、边境村"},
        "单位表": {"单位编码": 7, "单位名称": "农业局", "单位层级": "县级"},
        "干部表": {
            "干部编码": "C1",
            "姓名": "张三",
            "出生年月": 1985.7,
            "单位编码": "7",
            "政治面貌": "中共党员",
        },
    }
    for title, values in typed.items():
        header = [cell.value for cell in book[title][1]]
        for name, value in values.items():
            book[title].cell(2, header.index(name) + 1, value)
    own = {row[0].value: row[1] for row in book["选派轮次"].iter_rows(min_row=2)}
    own["轮次编号"].value = "HX"
    own["计算年龄日期"].value = "2025年5月1日"
    book.save(tmp_path / "filled.xlsx")
    round_ = read_round(tmp_path / "filled.xlsx")
    assert round_.villages[0].types == ("lifted", "border")
    assert (round_.units[0].id, round_.cadres[0].birth_month) == ("7", "1985-07")
