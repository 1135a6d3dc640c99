"""``matcher synth``, ``template`` and ``convert``: rounds in every form."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import openpyxl
import pytest

from matcher import Round
from matcher.synth.stress import stress
from matcher.tables import read_round
from tests.cli.ran import nothing_but

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.ran import Program


@pytest.mark.parametrize("name", ["round.xlsx", "round.json", "folder"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_stress_round_in_every_form(run: Program, tmp_path: Path, name: str, language: str) -> None:
    out = tmp_path / name
    ran = run("synth", "--stress", "twins", out, "--lang", language)
    assert ran.status == 0
    assert str(out) in ran.out
    assert read_round(out) == Round.from_document(stress("twins").build())


def test_a_county_of_a_kind_and_of_a_size(run: Program, tmp_path: Path) -> None:
    assert run("synth", "huaxi", tmp_path / "a.json", "--seed", "3").status == 0
    assert run("synth", "huaxi", tmp_path / "b.json", "--seed", "3").status == 0
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert run("synth", "--villages", "25", "--candidates", "160", tmp_path / "c.json").status == 0
    sizes = read_round(tmp_path / "c.json")
    assert (len(sizes.villages), len(sizes.cadres)) == (25, 160)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("x.json",), "要么写一种县的名称"),
        (("huaxi", "--villages", "30", "x.json"), "要么写一种县的名称"),
        (("huaxi", "louxing", "x.json"), "要么写一种县的名称"),
        (("huaxii", "x.json"), "没有“huaxii”这种县"),
        (("--stress", "none", "x.json"), "没有“none”这个压力案例"),
        (("--villages", "3", "x.json"), "合成不了这样的县"),
        (("huaxi", "x.txt"), "后缀应为"),
        (("huaxi",), "要么写一种县的名称"),
    ],
)
def test_what_can_not_be_made(
    run: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("synth", *arguments)
    assert (ran.status, said in ran.err) == (2, True)
    assert nothing_but(tmp_path)


@pytest.mark.parametrize(("language", "sheet"), [("zh", "干部表"), ("en", "Cadres")])
def test_a_template(run: Program, tmp_path: Path, language: str, sheet: str) -> None:
    out = tmp_path / "template.xlsx"
    assert run("template", out, "--lang", language).status == 0
    assert sheet in openpyxl.load_workbook(out).sheetnames
    assert run("template", tmp_path / "template.json").status == 2


def test_there_and_back_again(run: Program, twins: Path, tmp_path: Path) -> None:
    way = [twins, tmp_path / "1.xlsx", tmp_path / "2", tmp_path / "3.json"]
    for source, out in pairwise(way):
        assert run("convert", source, out, "--lang", "en").status == 0
    assert read_round(way[-1]) == read_round(twins)
    assert run("convert", twins, tmp_path / "4", "--encoding", "gb18030").status == 0
    assert read_round(tmp_path / "4") == read_round(twins)


def test_a_round_that_is_not_valid_is_not_converted(run: Program, tmp_path: Path) -> None:
    source = tmp_path / "round.json"
    source.write_text('{"id": "x"}', "utf-8")
    ran = run("convert", source, tmp_path / "out.xlsx")
    assert ran.status == 2
    assert nothing_but(tmp_path, source)


def test_a_folder_with_other_files_is_left_alone(run: Program, twins: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "letter.txt").write_text("dear", "utf-8")
    ran = run("convert", twins, folder)
    assert ran.status == 2
    assert nothing_but(folder, folder / "letter.txt")
