"""What the pages tell the reader to do is done: shell and Python blocks are run, page by page, in order."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import shlex
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from api.cli import main
from matcher import Round, Settings, check, solve
from matcher.tables import read_round, write_csv
from tests.docs.pages import DOCS, ROOT, blocks, comments, lines, name, written

if TYPE_CHECKING:
    from pathlib import Path

SHELL_PAGES = [page for page in written() if blocks(page, "shell")]
#: Their Python is looked at elsewhere.
ELSEWHERE = (DOCS / "tutorials", DOCS / "notebooks")
PYTHON_PAGES = [page for page in written() if blocks(page, "python") and page.parent not in ELSEWHERE]
#: Commands that are looked at elsewhere: the tests would run themselves.
NOT_RUN = {"./dev test"}


@pytest.mark.slow
@pytest.mark.parametrize("page", SHELL_PAGES, ids=name)
def test_shell_blocks_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for pair in comments(page).get("files", "").split():
        target, _, source = pair.partition("=")
        shutil.copy(ROOT / source, tmp_path / target)
    (tmp_path / "data").symlink_to(ROOT / "data")
    for block in blocks(page, "shell"):
        for line in lines(block):
            if line not in NOT_RUN:
                status, said = _run(line)
                assert status == 0, f"{name(page)}:{block.line}: {line}\n{said}"


def _run(line: str) -> tuple[int, str]:
    """Run one line in the current folder; return its status and what it said."""
    words = shlex.split(line)
    if words[0] == "cp":
        shutil.copy(words[1], words[2])
        return 0, ""
    arguments = words[1:] if words[0] == "matcher" or words[1] == "demo" else words[2:]
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
        status = main(arguments)
    return int(status), out.getvalue() + err.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("page", PYTHON_PAGES, ids=name)
def test_python_blocks_run(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    namespace: dict[str, Any] = {}
    exec(comments(page).get("given", ""), namespace)
    for block in blocks(page, "python"):
        exec(compile("\n" * block.line + block.text, str(page), "exec"), namespace)


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in written() if "says" in comments(page)], ids=name)
def test_quoted_output_is_what_the_command_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command = comments(page)["says"]
    _, _, below = page.read_text("utf-8").partition(f"<!-- says: {command} -->")
    quoted = below.split("```")[1].partition("\n")[2].strip()
    assert quoted
    assert quoted in _run(command)[1]


def test_readme_names_folders_that_exist() -> None:
    layout = blocks(ROOT / "README.md", "text")[-1].text
    named = re.findall(r"(?<![\w/])((?:matcher|data|docs|tests)/[\w/]*)", layout)
    assert len(named) > 10
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", [ROOT / "README.md"], ids=name)
def test_links_of_the_readme_resolve(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text("utf-8"))
    assert len(links) > 5
    assert [link for link in links if not (page.parent / link).exists()] == []


def _rule_rows() -> list[list[str]]:
    """Return the examples of the guide's rules table, without their explanation."""
    text = (DOCS / "zh" / "guide.md").read_text("utf-8")
    table = re.search(r"<!-- rules -->\n\n(.*?)\n\n", text, re.DOTALL)
    assert table
    return [[cell.strip() for cell in line.strip("|").split("|")][:4] for line in table[1].splitlines()[2:]]


@pytest.mark.parametrize("row", _rule_rows(), ids=lambda row: f"{row[0]} {row[3] or row[1] or row[2]}")
def test_rules_of_the_chinese_guide_can_be_read(row: list[str], tmp_path: Path) -> None:
    write_csv(read_round(ROOT / "data/samples/stress/twins/round.xlsx"), tmp_path / "round")
    with (tmp_path / "round" / "规则表.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["规则", "方式", "权重", "参数"], row])
    read = read_round(tmp_path / "round").rules[0]
    assert read.id == row[0]
    assert bool(read.params) == bool(row[3])


def test_the_smallest_round_can_be_solved() -> None:
    block = blocks(DOCS / "formats" / "round.md", "json")[0]
    round_ = Round.from_document(json.loads(block.text))
    result = solve(round_, Settings(effort="quick"))
    assert result.status == "optimal"
    assert result.best is not None
    assert check(round_, result.best).ok
