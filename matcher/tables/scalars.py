"""Cells that hold one thing: an id, a text, a number, yes or no."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import Any

from matcher.codes import WILLINGNESS
from matcher.tables.folding import filled, folded, literal, trimmed
from matcher.tables.wrong import Wrong

#: From here on a number in Excel has lost digits (it keeps 15).
_LOST_DIGITS = 1e15
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?([eE][+-]?\d{1,3})?|[+-]?\.\d+")
_TICKS = {"✓": True, "✔": True, "☑": True, "对": True, "✗": False, "✘": False, "x": False, "错": False}


def text_of(cell: Any) -> str:
    """Return a cell as text: whole numbers without ``.0``, dates in ISO form."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def read_text(cell: Any) -> str | None:
    """Return a name or free text, trimmed; None where it is blank."""
    return literal(trimmed(text_of(cell)), trimmed) or None


def read_id(cell: Any) -> str | None:
    """Return an id as text; a number is written out, with a complaint where Excel has lost its digits.

    Raises
    ------
    Wrong
        For a number too long for Excel, or something that Excel made a date or time of.
    """
    if isinstance(cell, str):
        return literal(trimmed(cell), filled)
    text = text_of(cell)
    if isinstance(cell, float) and abs(cell) >= _LOST_DIGITS:
        raise Wrong("digits_lost", text, instead=text)
    if not isinstance(cell, float | int):
        raise Wrong("date_in_id", text, instead=text)
    return text


def read_number(cell: Any) -> int | float | None:
    """Return a number, as a whole one where it is whole.

    Raises
    ------
    Wrong
        When the cell holds no number.
    """
    if isinstance(cell, str):
        text = filled(cell)
        if text is None:
            return None
        if not _NUMBER.fullmatch(text):
            raise Wrong("not_a_number", text)
        cell = float(text.replace(",", ""))
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not math.isfinite(cell):
        raise Wrong("not_a_number", text_of(cell))
    return int(cell) if float(cell).is_integer() else cell


def read_whole(cell: Any) -> int | None:
    """Return a whole number.

    Raises
    ------
    Wrong
        When the cell holds no number, or one with a fraction.
    """
    number = read_number(cell)
    if isinstance(number, float):
        raise Wrong("not_a_whole_number", text_of(number))
    return number


def read_yes_no(cell: Any) -> bool | None:
    """Return yes or no (是 否 √ × 1 0 …), None where the cell says neither.

    Raises
    ------
    Wrong
        When the cell says something else.
    """
    if isinstance(cell, bool):
        return cell
    word = folded(text_of(cell))
    found = WILLINGNESS.find(word)
    if found is not None:
        return found == "yes"
    tick = _TICKS.get(word.casefold())
    if tick is None and filled(word) is not None:
        raise Wrong("not_yes_or_no", word)
    return tick
