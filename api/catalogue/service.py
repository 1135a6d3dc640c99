"""Rules, terms and codes with their help, the empty workbook, and the samples; made once."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from api.problems import Refused
from matcher import codes
from matcher.codes import CodeList
from matcher.rulebook import RuleBook
from matcher.tables.workbook_writer import workbook_bytes

if TYPE_CHECKING:
    from matcher.codes import Language

#: The samples, in the repository that holds the package; where only the package is installed there are none.
SAMPLES: Final = Path(codes.__file__).parent.parent / "data" / "samples"


@cache
def rules() -> list[dict[str, Any]]:
    """Return the screening and plan rules with their defaults."""
    book = RuleBook.of(())
    return [item.described() for items in (book.screening, book.plan) for item in items]


@cache
def terms() -> list[dict[str, Any]]:
    """Return the score terms with their defaults."""
    return [item.described() for item in RuleBook.of(()).terms]


@cache
def code_lists() -> list[dict[str, Any]]:
    """Return the code lists, each code with its names and other spellings."""
    lists = {list_.name: list_ for list_ in vars(codes).values() if isinstance(list_, CodeList)}
    return [
        {
            "name": list_.name,
            "text": {"zh": list_.text.zh, "en": list_.text.en},
            "codes": [
                {"code": code.code, "zh": code.zh, "en": code.en, "aliases": list(code.aliases)}
                for code in list_.codes
            ],
        }
        for list_ in lists.values()
    ]


@cache
def template(language: Language) -> bytes:
    """Return the empty workbook of a round, with headers, drop-down lists and help."""
    return workbook_bytes(None, language)


@cache
def demos() -> dict[str, dict[str, Any]]:
    """Return the sample rounds by name; everybody in them is invented."""
    files = sorted(SAMPLES.glob("*/round.json"))
    return {file.parent.name: json.loads(file.read_text(encoding="utf-8")) for file in files}


def demo_heads() -> list[dict[str, Any]]:
    """Return the samples without their tables."""
    return [
        {
            "name": name,
            "title": document["name"],
            "villages": len(document["villages"]),
            "units": len(document["units"]),
            "cadres": len(document["cadres"]),
        }
        for name, document in demos().items()
    ]


def demo(name: str) -> dict[str, Any]:
    """Return a sample as a ``round/1`` document.

    Raises
    ------
    Refused
        With the code ``not_found``.
    """
    found = demos().get(name)
    if found is None:
        raise Refused("not_found")
    return found
