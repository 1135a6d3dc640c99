"""Follows the tutorial on adding a rule to the letter, in a copy of the project: every block of it works."""

import ast
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TUTORIAL = ROOT / "docs" / "tutorials" / "add_a_rule.md"
COPIED = (
    "matcher",
    "docs/ext",
    *(f"tests/{name}" for name in ("outside", "rulekit", "screening", "constraints", "scoring")),
)
#: What is run of the tutorial's commands, to see that they are of use; the whole test suite is not.
COMMAND = re.compile(r"\$ \./dev test (tests/.*)")


@dataclass(frozen=True)
class Block:
    """A block of code: its language and its text; a first line ``# path`` names the file that it is."""

    language: str
    text: str

    @property
    def path(self) -> str:
        match = re.match(r"# ([\w/]+\.(?:py|yaml))\n", self.text)
        return match[1] if match else ""

    @property
    def content(self) -> str:
        return self.text.split("\n", 1)[1] if self.path else self.text


def blocks() -> list[Block]:
    found = re.findall(
        r"^```(\w+)\n(.*?)^```$", TUTORIAL.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    return [Block(language, text) for language, text in found]


def patched(text: str, diff: str) -> str:
    """The text with the lines of a diff that are new put behind the lines that stand before them."""
    lines = text.splitlines()
    at = 0
    for line in diff.splitlines():
        if line.startswith("+"):
            lines.insert(at, line[1:])
            at += 1
        elif line != "@@":
            assert lines[at:].count(line[1:]) == 1, f"no such line in the registry: {line}"
            at = lines.index(line[1:], at) + 1
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the tutorial was followed: its files written, its lines added."""
    copy = tmp_path_factory.mktemp("project")
    for folder in COPIED:
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for block in blocks():
        path = copy / block.path
        if block.language == "diff":
            path.write_text(patched(path.read_text(encoding="utf-8"), block.content), encoding="utf-8")
        elif block.path:
            assert not path.exists(), f"the tutorial's {block.path} is there already"
            path.write_text(block.content, encoding="utf-8")
    return copy


def run(project: Path, *arguments: str) -> str:
    """Run Python in the copy, where ``matcher`` is the copy's; return what it says, or fail with it."""
    environment = {**os.environ, "PYTHONPATH": str(project), "PYTHONUTF8": "1"}
    environment = {key: value for key, value in environment.items() if not key.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_block_is_of_a_kind_that_is_run_here() -> None:
    languages = [block.language for block in blocks()]
    assert set(languages) == {"python", "diff", "yaml", "pycon", "console"}
    assert [block.path for block in blocks() if block.language in ("python", "diff", "yaml")] == [
        "matcher/constraints/township_people.py",
        "matcher/constraints/__init__.py",
        "tests/constraints/cases/township_people.yaml",
    ]


def test_the_rule_is_one_file_and_its_lines() -> None:
    """Beside the new files, the tutorial changes the registry alone, by two lines."""
    (diff,) = [block for block in blocks() if block.language == "diff"]
    assert len([line for line in diff.content.splitlines() if line.startswith("+")]) == 2


def test_its_commands_pass(project: Path) -> None:
    commands = [match[1] for block in blocks() for match in COMMAND.finditer(block.text)]
    assert commands
    for command in commands:
        said = run(project, "-m", "pytest", "-q", "-p", "no:cacheprovider", *command.split())
        assert re.search(r"\d+ passed", said)
        assert "failed" not in said


def test_its_sessions_answer_as_printed(project: Path) -> None:
    sessions = "\n".join(block.text for block in blocks() if block.language == "pycon")
    (project / "session.txt").write_text(sessions, encoding="utf-8")
    tried = "import doctest, sys; sys.exit(doctest.testfile('session.txt', False, encoding='utf-8').failed)"
    assert sessions.count(">>>") > 10
    run(project, "-c", tried)


def test_the_names_that_it_imports_exist(project: Path) -> None:
    """Those for types only too, which running the rule does not show."""
    (source,) = [block for block in blocks() if block.language == "python"]
    imports = [node for node in ast.walk(ast.parse(source.content)) if isinstance(node, ast.ImportFrom)]
    lines = [ast.unparse(node) for node in imports if node.module != "__future__"]
    run(project, "-c", "\n".join(lines))


def test_its_files_are_written_as_the_project_writes(project: Path) -> None:
    file = "matcher/constraints/township_people.py"
    run(project, "-m", "ruff", "check", "--no-cache", file, "matcher/constraints/__init__.py")
    run(project, "-m", "ruff", "format", "--no-cache", "--check", file, "matcher/constraints/__init__.py")
