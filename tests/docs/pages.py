"""The pages as text: their code blocks, and what a hidden comment says of a page or of the block below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!-- (\w[\w ]*): (.*?) -->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A code block.

    Attributes
    ----------
    language
        The word behind the fence.
    text
        What stands in it.
    line
        The line of the page on which it begins.
    """

    language: str
    text: str
    line: int


def written() -> list[Path]:
    """Return every page that people write: those that a build writes anew are left out."""
    pages = [
        page for page in DOCS.rglob("*.md") if page.relative_to(DOCS).parts[0] not in ("generated", "rules")
    ]
    return [ROOT / "README.md", *sorted(pages)]


def name(page: Path) -> str:
    """Return a page's name for a test's id."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, *languages: str) -> list[Block]:
    """Return the code blocks of a page in the given languages, in order."""
    text = page.read_text("utf-8")
    found = [
        Block(match[1], match[2], text.count("\n", 0, match.start()) + 1) for match in _BLOCK.finditer(text)
    ]
    return [block for block in found if block.language in languages]


def comments(page: Path) -> dict[str, str]:
    """Return what hidden comments say, by their first words: ``<!-- files: … -->``."""
    return {match[1]: match[2].strip() for match in _COMMENT.finditer(page.read_text("utf-8"))}


def lines(block: Block) -> list[str]:
    """Return the commands of a shell block."""
    return [line for line in block.text.splitlines() if line.strip() and not line.startswith("#")]
