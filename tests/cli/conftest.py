"""A program to run, a small round, and the same round solved once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from matcher import Settings, solve
from matcher.cli import main
from matcher.tables import read_round
from tests.cli.ran import Program, round_file

if TYPE_CHECKING:
    from pathlib import Path

    from matcher import Result


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's own settings out, and tables wide enough to keep sentences whole."""
    for name in ("MATCHER_LANG", "MATCHER_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "400")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


@pytest.fixture
def twins(tmp_path: Path) -> Path:
    """Return a round of four villages without anything odd about it."""
    return round_file(tmp_path)


@pytest.fixture(scope="session")
def solved_twins(tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder = tmp_path_factory.mktemp("solved")
    return solve(read_round(round_file(folder)), Settings(effort="quick"))


@pytest.fixture
def result_file(tmp_path: Path, solved_twins: Result) -> Path:
    path = tmp_path / "result.json"
    path.write_text(solved_twins.json_text(), "utf-8")
    return path


@pytest.fixture(scope="session")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a round, ``round.json``, and two ranked plans of it, ``result.json``."""
    folder = tmp_path_factory.mktemp("questions")
    twins = round_file(folder)
    shutil.move(twins, folder / "round.json")
    arguments = ["--plans", "2", "--min-distance", "0.3", "--method", "columns"]
    assert main(["solve", str(folder / "round.json"), *arguments, "--json", str(folder / "result.json")]) == 0
    return folder
