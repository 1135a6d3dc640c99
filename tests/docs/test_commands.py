"""Every command and option that a page names exists."""

from __future__ import annotations

import re
import shlex
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from api.cli.app import program
from tests.docs.pages import ROOT, blocks, lines, name, written

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

PAGES = pytest.mark.parametrize("page", written(), ids=name)
GROUPS: dict[str, Any] = program("en").commands
#: Every command by its full name, of one word or two.
COMMANDS: dict[str, Any] = {
    f"{name} {own}".strip(): command
    for name, group in GROUPS.items()
    for own, command in getattr(group, "commands", {"": group}).items()
}
#: What the shell itself brings.
ELSEWHERE = {"cp"}
_SPAN = re.compile(r"`([^`\n]+)`")


def _options(command: str) -> set[str]:
    return {option for parameter in COMMANDS[command].params for option in parameter.opts} | {"--help"}


EVERY_OPTION = {option for command in COMMANDS for option in _options(command)}


def _dev_commands() -> set[str]:
    usage = subprocess.run([str(ROOT / "dev"), "help"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"^\./dev (\w+)", usage, re.MULTILINE))


def _check_line(line: str) -> None:
    words = shlex.split(line)
    if words[0] in ELSEWHERE:
        return
    if words[0] == "./dev":
        assert words[1] in _dev_commands(), line
        if words[1] != "matcher":
            return
        words = words[1:]
    assert words[0] == "matcher", line
    command = _command(words[1:])
    assert command in COMMANDS, line
    named = {word.partition("=")[0] for word in words if word.startswith("--")}
    assert named <= _options(command), line


def _command(words: list[str]) -> str:
    """Return the full name of the command that is typed."""
    return " ".join(words[: 2 if hasattr(GROUPS.get(words[0]), "commands") else 1])


@PAGES
def test_commands_in_shell_blocks_exist(page: Path) -> None:
    for block in blocks(page, "shell"):
        for line in lines(block):
            _check_line(line)
    # Those of a console are not run by the tests: they need a service, or do not end by themselves.
    for block in blocks(page, "console"):
        for line in lines(block):
            if line.startswith(("matcher ", "./dev ")):
                _check_line(line)


@PAGES
def test_commands_in_sentences_exist(page: Path) -> None:
    for span in _SPAN.findall(page.read_text("utf-8")):
        words = span.split()
        if len(words) > 1 and words[0] == "./dev" and words[1].isalpha():
            assert words[1] in _dev_commands(), span
            words = words[1:]
        if len(words) > 1 and words[0] == "matcher" and words[1].isalpha() and words[1].islower():
            assert _command(words[1:]) in COMMANDS or words[1:] in [[group] for group in GROUPS], span
        if name(page).startswith("docs/decisions"):
            continue
        assert {word for word in words if re.fullmatch(r"--[a-z-]+", word)} <= EVERY_OPTION, span


def test_every_command_and_option_is_on_the_reference_page(reference_pages: ModuleType) -> None:
    text = reference_pages.parts()["commands"]
    for command in COMMANDS:
        section = text.partition(f"## {command}\n")[2].partition("\n## ")[0]
        assert section, command
        for option in _options(command) - {"--help"}:
            if option.startswith("--"):
                assert f"`{option}" in section, f"{command} {option}"
