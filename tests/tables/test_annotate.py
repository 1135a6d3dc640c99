"""The user's own workbook comes back with every problem at its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from matcher.problems import InvalidInput, Problem
from matcher.tables import annotate, located_warnings, read_document, read_round, round_of
from matcher.words.problems import sentence
from tests.api.rounds.hostile import many_columns
from tests.tables.samples import least, write_cells
from tests.tables.test_mistakes import SHEETS

if TYPE_CHECKING:
    from pathlib import Path


def _own_workbook(path: Path) -> tuple[Path, tuple[Problem, ...]]:
    """Return a planner's workbook with a style, a formula, a comment and mistakes."""
    book = openpyxl.load_workbook(write_cells(path, SHEETS))
    sheet: Any = book["干部表"]
    sheet["B2"].font = Font(bold=True)
    sheet["C3"].comment = Comment("本人说的", "李")
    sheet["P1"] = "备注"
    sheet["P2"] = "=LEN(B2)"
    sheet["B3"] = "=cmd"
    sheet["B3"].data_type = "s"
    book.save(path)
    with pytest.raises(InvalidInput) as caught:
        read_round(path)
    return path, caught.value.problems


def test_every_problem_is_marked_at_its_cell(tmp_path: Path) -> None:
    path, problems = _own_workbook(tmp_path / "round.xlsx")
    before = path.read_bytes()
    annotate(path, tmp_path / "marked.xlsx", problems)
    assert path.read_bytes() == before
    book: Any = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    for problem in problems:
        where = problem.location
        assert where is not None
        if where.cell:
            cell = book[where.sheet][where.cell]
            assert sentence(problem, "zh") in cell.comment.text
            assert cell.fill.fgColor.rgb == "00FFC7CE"
    assert "本人说的" in book["干部表"]["C3"].comment.text
    assert book["干部表"]["B2"].font.bold
    assert (book["干部表"]["P2"].value, book["干部表"]["P2"].data_type) == ("=LEN(B2)", "f")
    assert (book["干部表"]["B3"].value, book["干部表"]["B3"].data_type) == ("=cmd", "s")


def test_the_list_of_problems(tmp_path: Path) -> None:
    path, problems = _own_workbook(tmp_path / "round.xlsx")
    annotate(path, tmp_path / "marked.xlsx", problems)
    book: Any = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert book.sheetnames[0] == "问题清单"
    rows = list(book["问题清单"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(problems)
    assert rows[0][2:6] == ("选派轮次", "4", "任期月数", "B4")
    # The marked copy can be mended and read again; its list is no table of the round.
    with pytest.raises(InvalidInput) as caught:
        read_round(tmp_path / "marked.xlsx")
    assert len(caught.value.problems) == len(problems)
    annotate(tmp_path / "marked.xlsx", tmp_path / "again.xlsx", caught.value.problems)
    assert openpyxl.load_workbook(tmp_path / "again.xlsx").sheetnames.count("问题清单") == 1


def test_warnings_are_yellow_and_formulas_stay_text(tmp_path: Path) -> None:
    sheets = least(
        干部表=[
            ["干部编码", "姓名", "出生年月", "单位编码", "职务"],
            ["C1", "=1+1", "1985-07", "U1", "@x\x02y"],
        ]
    )
    path = write_cells(tmp_path / "round.xlsx", sheets)
    source = read_document(path)
    warnings = located_warnings(source, round_of(source))
    assert "text_like_formula" in {warning.code for warning in warnings}
    annotate(path, tmp_path / "marked.xlsx", warnings, "en")
    book: Any = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert book["干部表"]["B2"].fill.fgColor.rgb == "00FFEB9C"
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_problem_in_a_merged_cell(tmp_path: Path) -> None:
    path = write_cells(tmp_path / "round.xlsx", least())
    book: Any = openpyxl.load_workbook(path)
    book["村情表"].merge_cells("C2:C3")
    book.save(path)
    with pytest.raises(InvalidInput) as caught:
        read_round(path)
    annotate(path, tmp_path / "marked.xlsx", caught.value.problems)
    marked: Any = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert marked["村情表"]["C2"].comment is not None


def test_never_over_the_original(tmp_path: Path) -> None:
    path = write_cells(tmp_path / "round.xlsx", least())
    before = path.read_bytes()
    with pytest.raises(InvalidInput) as caught:
        annotate(path, path, [])
    assert caught.value.problems[0].code == "same_file"
    assert path.read_bytes() == before
    (tmp_path / "no.xlsx").write_bytes(b"no")
    with pytest.raises(InvalidInput):
        annotate(tmp_path / "no.xlsx", tmp_path / "marked.xlsx", [])
    assert not (tmp_path / "marked.xlsx").exists()


def test_a_workbook_that_can_be_read_and_not_written_again(tmp_path: Path) -> None:
    path, out = tmp_path / "wide.xlsx", tmp_path / "marked.xlsx"
    path.write_bytes(many_columns())  # beyond the last column that there may be
    with pytest.raises(InvalidInput) as refused:
        annotate(path, out, [], "zh")
    assert [problem.code for problem in refused.value.problems] == ["damaged_workbook"]
    assert not out.exists()
