"""Dates and months as planners write them: Excel dates, 1985-07, 1985.7, 1985年7月3日, 198507 and the like."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, NamedTuple

from matcher.tables.folding import folded
from matcher.tables.wrong import Wrong

FIRST_YEAR, LAST_YEAR = 1900, 2100
_MONTHS = 12

_SPELLED = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)?")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_MIDNIGHT = re.compile(r"[T ]\s*0?0:00(:00(\.0+)?)?Z?$")
_SERIAL = re.compile(r"[1-7]\d{4}(\.\d+)?")
#: The number 1985.1 may have been typed as 1985.1 or as 1985.10: Excel drops the last zero.
_AMBIGUOUS = re.compile(r"\d{4}\.1")


class Day(NamedTuple):
    """A date, or a month where ``day`` is None."""

    year: int
    month: int
    day: int | None


def read_date(cell: Any, *, typed: bool = True) -> str:
    """Return the ISO date that a cell says; a month alone is its first day.

    Parameters
    ----------
    cell
        What stands in the cell.
    typed
        False where the file (CSV) can't tell numbers from text.

    Raises
    ------
    Wrong
        When it says no date, an impossible one, or one that can be read in two ways.
    """
    text = folded(cell) if isinstance(cell, str) else ""
    if _ISO.fullmatch(text):
        return _possible(Day(int(text[:4]), int(text[5:7]), int(text[8:])), text).isoformat()
    day = _read(cell, "not_a_date", typed)
    return _possible(day, str(cell), FIRST_YEAR, LAST_YEAR).isoformat()


def read_month(cell: Any, *, typed: bool = True) -> str:
    """Return the month (``YYYY-MM``) that a cell says; of a whole date, its month.

    Parameters and errors are those of :func:`read_date`.
    """
    day = _read(cell, "not_a_month", typed)
    return _possible(day, str(cell), FIRST_YEAR, LAST_YEAR).isoformat()[:7]


def _read(cell: Any, code: str, typed: bool) -> Day:
    if isinstance(cell, date | datetime):
        return Day(cell.year, cell.month, cell.day)
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise Wrong(code, str(cell))
    if isinstance(cell, str):
        text = _MIDNIGHT.sub("", folded(cell))
    else:
        text, typed = _digits(cell), False
    text = "".join(text.split())
    if not typed and _AMBIGUOUS.fullmatch(text):
        raise Wrong("ambiguous_month", text, year=text[:4])
    match = _SPELLED.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is None:
        raise Wrong("date_serial" if _SERIAL.fullmatch(text) else code, text)
    return Day(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)


def _digits(number: float) -> str:
    return str(int(number)) if float(number).is_integer() else repr(number)


def _possible(day: Day, text: str, first: int = date.min.year, last: int = date.max.year) -> date:
    """Return ``day`` as a date, or refuse the 13th month and the 30th of February."""
    if not first <= day.year <= last:
        raise Wrong("impossible_date", text, first_year=first, last_year=last)
    if day.day is None and 1 <= day.month <= _MONTHS:
        return date(day.year, day.month, 1)
    try:
        return date(day.year, day.month, day.day or 0)
    except ValueError:
        raise Wrong("impossible_date", text, first_year=first, last_year=last) from None
