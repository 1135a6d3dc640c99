"""``matcher demo``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher import Plan, Round, check
from matcher.cli.commands import demo
from matcher.synth.stress import stress
from matcher.tables import write_workbook
from tests.cli.ran import nothing_but, read

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.cli.ran import Program


def test_shows_the_whole_way(run: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = Round.from_document(stress("twins").build())
    sample = tmp_path / "round.xlsx"
    write_workbook(round_, sample)
    monkeypatch.setattr(demo, "SAMPLE", sample)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    ran = run("demo")
    assert ran.status == 0
    for said in ("审查规则", "驻村工作队（建议稿）", "得分", "上界", "方案已按选派数据逐条复核"):
        assert said in ran.out
    folder = tmp_path / "here" / "build" / "demo"
    assert str(folder) in ran.out
    assert check(round_, Plan.from_document(read(folder / "plan.json"))).ok
    assert nothing_but(folder, folder / "plan.json", folder / "roster.xlsx")


def test_a_missing_sample_is_named(run: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "SAMPLE", tmp_path / "round.xlsx")
    monkeypatch.chdir(tmp_path)
    ran = run("demo")
    assert (ran.status, "找不到示例数据" in ran.err) == (2, True)
    assert nothing_but(tmp_path)


def test_the_sample_is_where_it_is_looked_for() -> None:
    assert demo.SAMPLE.is_file()
