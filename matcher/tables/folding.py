"""One spelling for what people type in many: trimming, full-width forms, and the way to write text exactly.

Reading trims every text and folds full-width digits, letters and signs in ids, codes, numbers and dates.
Names and free text are only trimmed, as normalization would change rare characters. A text that reading
would change (an id with a full-width digit, a name with a blank at its end) is written in straight quotes
as a JSON string, and reading takes exactly those quoted texts literally; whatever else a planner quotes
stays as it is.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable

#: How a text is read when it isn't quoted; None where it means a blank.
Plain = Callable[[str], str | None]

_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_EDGES = " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + _INVISIBLE + "".join(
    chr(code) for code in range(0x2000, 0x200B)
)  # fmt: skip
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_UNSEEN = re.compile(r"[^\S ]|[\x7f-\x9f\u200b-\u200f\u2060\ufeff\ufffe\uffff]")

#: Words that stand for an empty cell wherever no free text is asked for.
BLANK_WORDS = frozenset({"无", "/", "\\", "-", "--", "—", "——", "–", "n/a", "N/A"})


def trimmed(text: str) -> str:
    """Return ``text`` without blanks at its ends and without control characters; nothing else changes."""
    if text.isprintable() and text[:1] != " " and text[-1:] != " ":
        return text
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip(_EDGES)


def folded(text: str) -> str:
    """Return ``text`` trimmed, with full-width digits, letters and signs in their usual form (NFKC)."""
    return trimmed(text if text.isascii() else unicodedata.normalize("NFKC", text))


def filled(text: str) -> str | None:
    """Return ``text`` folded, or None where it only says that there is nothing."""
    result = folded(text)
    return None if result in BLANK_WORDS or not result else result


def exactly(text: str, plain: Plain) -> str:
    """Return how ``text`` is written so that :func:`literal` reads it back exactly."""
    if text.startswith('"'):
        return text if literal(text, plain) == text else quoted(text)
    return text if plain(text) == text else quoted(text)


def literal(cell: str, plain: Plain, strict: Plain | None = None) -> str | None:
    """Return the text that ``cell`` stands for: quoted where only quotes could write it, else ``plain``.

    Parameters
    ----------
    cell
        What stands in the cell, or the item of a list.
    plain
        How an unquoted text is read.
    strict
        How the writer judges what may go unquoted, where that is less than ``plain`` reads.
    """
    if cell.startswith('"'):
        text = unquoted(cell)
        if text is not None and exactly(text, strict or plain) == cell:
            return text
    return plain(cell)


def quoted(text: str) -> str:
    """Return ``text`` as a JSON string in which every character can be seen."""
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def unquoted(text: str) -> str | None:
    """Return what the JSON string ``text`` says, or None where it isn't one."""
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, str) else None
