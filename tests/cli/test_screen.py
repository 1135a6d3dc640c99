"""``matcher screen``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

from tests.cli.ran import read, round_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.ran import Program


def test_says_who_passes_and_who_does_not(run: Program, tmp_path: Path) -> None:
    path = round_file(tmp_path, "short_pool")
    ran = run("screen", path, "--json", tmp_path / "s.json", "--xlsx", tmp_path / "s.xlsx")
    assert ran.status == 0
    document = read(tmp_path / "s.json")
    without = [entry["cadre"] for entry in document["cadres"] if not entry["roles"]]
    assert without
    assert f"{len(without)}名不能担任任何岗位" in ran.out
    assert all(cadre in ran.out for cadre in without)
    refused = {entry["cadre"] for entry in document["screening"] if entry["everywhere"]}
    assert set(without) == refused
    sheet = openpyxl.load_workbook(tmp_path / "s.xlsx")["资格审查表"]
    assert any(row[3].value == "不合格" for row in sheet.iter_rows(min_row=4))


def test_a_refusal_says_what_it_covers(run: Program, tmp_path: Path) -> None:
    path = round_file(tmp_path, "native_cluster")
    run("screen", path, "--json", tmp_path / "s.json")
    entries = [entry for entry in read(tmp_path / "s.json")["screening"] if entry["rule"] == "recusal"]
    village = next(entry for entry in entries if "village" in entry)
    assert village["covers"]["zh"].endswith("各岗位")
    assert village["covers"]["en"].startswith("every post at")
    assert village["reason"]["en"]


def test_english(run: Program, twins: Path) -> None:
    ran = run("screen", twins, "--lang", "en")
    assert "Who passes for which role" in ran.out
    assert "first secretary" in ran.out


def test_named_picks_without_a_post_are_named(run: Program, tmp_path: Path) -> None:
    path = round_file(tmp_path, "short_pool")
    document = read(path)
    flagged = next(cadre for cadre in document["cadres"] if cadre.get("flags"))
    flagged["named_pick"] = True
    path = round_file(tmp_path, "short_pool", cadres=document["cadres"])
    assert f"点名抽派但不能担任任何岗位：{flagged['name']}" in run("screen", path).out
