"""``matcher validate``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

from matcher.synth.stress import stress
from matcher.tables import write_workbook
from tests.cli.ran import nothing_but, read, round_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.ran import Program


def _workbook(folder: Path) -> Path:
    """Write a workbook with two mistakes: a birth month and a unit that is not there."""
    from matcher import Round  # noqa: PLC0415

    path = folder / "round.xlsx"
    write_workbook(Round.from_document(stress("twins").build()), path)
    book = openpyxl.load_workbook(path)
    sheet = book["干部表"]
    headers = {str(cell.value): number for number, cell in enumerate(sheet[1], start=1)}
    sheet.cell(2, headers["出生年月"]).value = "1985-13"
    sheet.cell(3, headers["单位编码"]).value = "U99"
    book.save(path)
    return path


def test_a_valid_round_with_its_warnings(run: Program, tmp_path: Path) -> None:
    ran = run("validate", round_file(tmp_path, "does_not_add_up"))
    assert ran.status == 0
    assert "提醒" in ran.out
    assert "数据有效" in ran.out
    english = run("validate", tmp_path / "does_not_add_up.json", "--lang", "en")
    assert "warning" in english.out


def test_every_problem_has_its_place_and_remedy(run: Program, tmp_path: Path) -> None:
    path, marked, listed = _workbook(tmp_path), tmp_path / "marked.xlsx", tmp_path / "problems.json"
    ran = run("validate", path, "--annotate", marked, "--json", listed)
    assert ran.status == 2
    assert "1985-13" in ran.out
    assert "U99" in ran.out
    assert "round.xlsx：2处错误。错误改正后才能核对提醒事项。" in ran.out
    report = read(listed)
    assert report["valid"] is False
    assert [(p["sheet"], p["row"]) for p in report["problems"]] == [("干部表", 2), ("干部表", 3)]
    assert all(p["message"]["zh"] and p["remedy"]["en"] for p in report["problems"])
    book = openpyxl.load_workbook(marked)
    cells = [report["problems"][i]["cell"] for i in (0, 1)]
    assert all(book["干部表"][cell].comment is not None for cell in cells)


def test_only_a_workbook_can_be_annotated(run: Program, twins: Path) -> None:
    ran = run("validate", twins, "--annotate", twins.with_name("x.xlsx"))
    assert (ran.status, "只有 .xlsx 工作簿能加批注" in ran.err) == (2, True)
    assert nothing_but(twins.parent, twins)


def test_a_file_that_is_none(run: Program, tmp_path: Path) -> None:
    assert "找不到文件“x.xlsx”" in run("validate", tmp_path / "x.xlsx").err
    (tmp_path / "x.xlsx").write_bytes(b"nothing like a workbook")
    ran = run("validate", tmp_path / "x.xlsx", "--annotate", tmp_path / "y.xlsx")
    assert ran.status == 2
    assert "x.xlsx" in ran.err
    assert nothing_but(tmp_path, tmp_path / "x.xlsx")


def test_names_do_not_steer_the_terminal(run: Program, tmp_path: Path) -> None:
    document = stress("twins").build()
    document["cadres"][0]["unit"] = "\x1b[31m[bold]U9[/bold]"
    path = round_file(tmp_path, cadres=document["cadres"])
    ran = run("validate", path)
    assert ran.status == 2
    assert "\x1b" not in ran.out
    assert "[bold]U9[/bold]" in ran.out


def test_many_problems_are_cut_short_on_the_screen_only(run: Program, tmp_path: Path) -> None:
    document = stress("twins").build()
    cadres = [{**document["cadres"][0], "id": f"N{i}", "unit": "U99"} for i in range(60)]
    path = round_file(tmp_path, cadres=cadres)
    ran = run("validate", path, "--json", tmp_path / "all.json")
    assert "……另有20处" in ran.out
    assert len(read(tmp_path / "all.json")["problems"]) == 60
