"""``matcher rules``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from matcher import constraints, scoring, screening
from matcher.words import command_line as words
from tests.cli.ran import read

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.codes import Language
    from tests.cli.ran import Program

EVERY = [*screening.RULES, *constraints.RULES, *scoring.TERMS]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_is_listed_with_its_name(run: Program, language: str) -> None:
    ran = run("rules", "--lang", language)
    assert ran.status == 0
    assert all(rule.id in ran.out and getattr(rule.name, language) in ran.out for rule in EVERY)


def test_the_catalogue_as_data(run: Program, tmp_path: Path) -> None:
    assert run("rules", "--json", tmp_path / "rules.json").status == 0
    listed = read(tmp_path / "rules.json")["rules"]
    assert [entry["id"] for entry in listed] == [rule.id for rule in EVERY]
    assert all(entry["sentence"]["zh"] and entry["sentence"]["en"] for entry in listed)
    young = next(entry for entry in listed if entry["id"] == "young_share")
    assert (young["mode"], young["weight"]) == ("soft", 30)
    assert "min_share" in young["params_schema"]["properties"]


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: f"{rule.id}")
def test_one_rule_in_full(run: Program, rule: object) -> None:
    id_, why = rule.id, rule.why.zh  # type: ignore[attr-defined]
    ran = run("rules", id_)
    assert (ran.status, why in ran.out) == (0, True)


def test_by_name_and_by_no_name(run: Program) -> None:
    assert "young_share" in run("rules", "年轻干部比例").out
    ran = run("rules", "young_shares")
    assert (ran.status, "是不是“young_share”" in ran.err) == (2, True)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [80, 100, 120, 140])
def test_no_character_is_lost_on_a_narrow_screen(
    run: Program, monkeypatch: pytest.MonkeyPatch, language: Language, columns: int
) -> None:
    whole = Counter("".join(run("rules", "--lang", language).out.split()).replace("─", ""))
    monkeypatch.setenv("COLUMNS", str(columns))
    ran = run("rules", "--lang", language)
    shown = Counter("".join(ran.out.split()).replace("─", ""))
    headers = Counter("".join(text.in_(language) for text in (words.RULE_ID, words.DEFAULT)) * 3)
    assert {character for character in whole - shown if character not in headers} == set()
    assert (whole - shown) <= headers
    assert max(cell_len(line) for line in ran.out.splitlines()[:-1]) <= columns
