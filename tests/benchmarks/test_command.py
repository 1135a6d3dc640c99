"""``matcher bench`` says what it can't do; the measuring itself is tested where it stands."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from benchmarks.command import Use, line, spoken
from benchmarks.experiments import Asked
from benchmarks.rounds import cases_of
from benchmarks.targets import Finding
from matcher.cli import main


def test_away_from_the_repository_it_says_where_to_go(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there = importlib.import_module

    def without(name: str, *more: Any) -> Any:
        if name.startswith("benchmarks"):
            raise ModuleNotFoundError(name=name)
        return there(name, *more)

    monkeypatch.setattr(importlib, "import_module", without)
    assert main(["bench", "table", "--lang", "en"]) == 2
    assert "run ./dev matcher bench" in capsys.readouterr().err


@pytest.mark.parametrize(
    "given",
    [
        ["nothing"],
        ["table", "--rounds", "nowhere"],
        ["peers", "--methods", "magic"],
        ["table", "--cores", "4096"],
    ],
)
def test_what_is_unknown_is_refused(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", *given, "--lang", "en"]) == 2
    assert "can't be measured" in capsys.readouterr().err


def test_the_command_is_repeated_in_the_report() -> None:
    asked = Asked(rounds=("huaxi", "size"), seeds=1, seconds=20)
    assert spoken("peers", asked, Use()) == (
        "matcher bench peers --rounds huaxi,size --seeds 1 --seconds 20 --cores 2 --memory 16"
    )


def test_seeds_that_were_never_used_can_be_asked_for() -> None:
    asked = Asked(rounds=("huaxi",), seeds=2, first_seed=4)
    (case,) = cases_of(["huaxi"])
    assert list(asked.seeds_of(case)) == [4, 5]
    assert spoken("table", asked, Use()) == (
        "matcher bench table --rounds huaxi --seeds 2 --first-seed 4 --cores 2 --memory 16"
    )


def test_a_miss_says_by_how_much() -> None:
    missed = Finding("huaxi: proven optimal", "within 15 s", "17.5 s", met=False, missed_by="2.5 s")
    assert line(missed) == "MISSED  huaxi: proven optimal within 15 s: 17.5 s  missed by 2.5 s"
