"""Which sheet is which and which column is which, whatever their order, language and spelling."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from matcher.problems import Location, Problem, shortened
from matcher.tables.column import SPREADABLE, Column, Sheet
from matcher.tables.folding import folded, trimmed
from matcher.tables.grid import Grid, address
from matcher.tables.scalars import text_of
from matcher.tables.schema import (
    CODE_SHEET,
    HELP_SHEET,
    PROBLEM_SHEET,
    REMARKS,
    ROUND_HEADERS,
    RUNNING_NUMBER,
    SHEETS,
)

#: The header row is looked for in this many rows from the top.
HEADER_ROWS = 5
_SPREAD = re.compile(r"\s*[·.:：/\-—–・•]\s*")
_CONTINUED = re.compile(r"(.*)[(（](?:续|continued )(\d+)[)）]", re.DOTALL | re.IGNORECASE)
#: As much of a heading as is likened to others.
_LIKENED = 100
_NOTE = re.compile(r"[(（\[【].*?[)）\]】]|[*＊]")


@dataclass(frozen=True, slots=True)
class Placed:
    """A column of the schema and where it stands.

    Attributes
    ----------
    index
        The column's index in the sheet, from 0.
    column
        What it is.
    header
        The header as written.
    key
        The key whose value it holds (``需求·党建``); "" for the whole field.
    part
        0, or the number of a column that continues the field's text.
    """

    index: int
    column: Column
    header: str
    key: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class Header:
    """The header row of a sheet: its index and the columns found in it, with what is wrong."""

    row: int
    placed: tuple[Placed, ...]
    problems: tuple[Problem, ...]


def sheet_named(name: str) -> Sheet | None:
    """Return the sheet that a title (or the name of a CSV file) means."""
    return _sheets().get(_key(name))


def passed_over(name: str) -> bool:
    """Return whether a title is that of a sheet written for people only."""
    helpers = (HELP_SHEET, CODE_SHEET, PROBLEM_SHEET)
    return _key(name) in {_key(word) for title in helpers for word in (title.zh, title.en)}


def nearest_sheet(name: str) -> Sheet | None:
    """Return the sheet whose title is most like ``name``."""
    near = difflib.get_close_matches(_key(name), list(_sheets()), n=1, cutoff=0.4)
    return _sheets()[near[0]] if near else None


def find_header(grid: Grid, sheet: Sheet) -> Header | None:
    """Return the header row: of the first five rows the one with the most known headers; None without any."""
    counts = [_known(row, sheet) for row in grid.rows[:HEADER_ROWS]]
    if not any(counts):
        return None
    return _header(grid, sheet, counts.index(max(counts)))


def _known(row: list[Any], sheet: Sheet) -> int:
    """Return how many cells of a row are known headers; a single cell is a title, whatever it says."""
    texts = [text for cell in row if cell != "" and (text := trimmed(text_of(cell)))]
    return sum(_column(text, sheet) is not None for text in texts) if len(texts) > 1 else 0


def round_field(text: str, sheet: Sheet) -> Column | None:
    """Return the field of the round's own sheet that the first cell of a row names."""
    return _columns(sheet).get(_key(text)) or _columns(sheet).get(_key(_NOTE.sub("", text)))


def is_round_header(text: str) -> bool:
    """Return whether the first cell of a row is the header of the round's own sheet."""
    return _key(text) in {_key(ROUND_HEADERS[0].zh), _key(ROUND_HEADERS[0].en), "字段", "field"}


def nearest_header(text: str, sheet: Sheet) -> Column | None:
    """Return the column whose header is most like ``text``."""
    near = difflib.get_close_matches(_key(text[:_LIKENED]), list(_columns(sheet)), n=1, cutoff=0.5)
    return _columns(sheet)[near[0]] if near else None


def _header(grid: Grid, sheet: Sheet, row: int) -> Header:
    placed: list[Placed] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, str, int], str] = {}
    for index, cell in enumerate(grid.rows[row]):
        text = trimmed(text_of(cell))
        where = Location(grid.title, row + 1, shortened(text), address(row, index))
        if not text:
            problems += _without_header(grid, sheet, row, index)
            continue
        found = _placed(index, text, sheet)
        if found is None:
            problems += _unknown(text, sheet, where)
        elif (name := (found.column.field, found.key, found.part)) in seen:
            details = {"first": seen[name]}
            problems.append(
                Problem(
                    "duplicate_header", sheet.table, None, found.column.field, shortened(text), details
                ).at(where)
            )
        else:
            seen[name] = text
            placed.append(found)
    problems += _missing(grid, sheet, row, {field for field, _, _ in seen})
    return Header(row, tuple(placed), tuple(problems))


def _placed(index: int, text: str, sheet: Sheet) -> Placed | None:
    column = _column(text, sheet)
    if column is not None:
        return Placed(index, column, text)
    continued = _CONTINUED.fullmatch(text)
    column = _columns(sheet).get(_key(continued[1])) if continued else None
    if continued and column is not None:
        return Placed(index, column, text, part=int(continued[2]))
    start, sign, key = _parted(text)
    column = _columns(sheet).get(_key(start)) if sign else None
    if column is None or column.kind not in SPREADABLE or not key:
        return None
    if column.codes is not None:
        key = column.codes.find(folded(key)) or ""
    return Placed(index, column, text, key) if key else None


def _parted(text: str) -> tuple[str, str, str]:
    match = _SPREAD.search(text)
    return (
        (text, "", "") if match is None else (text[: match.start()], match[0], trimmed(text[match.end() :]))
    )


def _unknown(text: str, sheet: Sheet, where: Location) -> list[Problem]:
    if _key(text) in {_key(word) for word in RUNNING_NUMBER}:
        return []
    if _key(text) in {_key(word) for word in REMARKS}:
        return [Problem("ignored_column", sheet.table, None, "", text, {}, "warning").at(where)]
    near = nearest_header(text, sheet)
    details = {"nearest": near.field if near else "", "nearest_zh": near.header.zh if near else "",
               "nearest_en": near.header.en if near else ""}  # fmt: skip
    return [Problem("unknown_header", sheet.table, None, "", shortened(text), details).at(where)]


def _without_header(grid: Grid, sheet: Sheet, row: int, index: int) -> list[Problem]:
    """Return a problem where a column without a header holds data."""
    for below in range(row + 1, len(grid.rows)):
        cell: Any = grid.rows[below][index] if index < len(grid.rows[below]) else ""
        if cell != "" and trimmed(text_of(cell)):
            where = Location(grid.title, below + 1, "", address(below, index))
            return [Problem("data_without_header", sheet.table, None, "", shortened(cell)).at(where)]
    return []


def _missing(grid: Grid, sheet: Sheet, row: int, fields: set[str]) -> list[Problem]:
    where = Location(grid.title, row + 1)
    return [
        Problem("missing_column", sheet.table, None, column.field, column.header.zh,
                {"zh": column.header.zh, "en": column.header.en}).at(where)
        for column in sheet.columns
        if sheet.required(column) and column.field not in fields
    ]  # fmt: skip


def _column(text: str, sheet: Sheet) -> Column | None:
    """Return the column that a header means, with or without remarks in brackets."""
    columns = _columns(sheet)
    found = columns.get(_key(text))
    if found is None and not _CONTINUED.fullmatch(text):
        found = columns.get(_key(_NOTE.sub("", text)))
    return found


@cache
def _sheets() -> dict[str, Sheet]:
    names: dict[str, Sheet] = {}
    for sheet in SHEETS:
        for name in (sheet.table, sheet.title.zh, sheet.title.en, *sheet.aliases):
            names.setdefault(_key(name), sheet)
    return names


#: The columns of each sheet by every spelling of their headers.
_by_header: dict[str, dict[str, Column]] = {}


def _columns(sheet: Sheet) -> dict[str, Column]:
    known = _by_header.get(sheet.table)
    if known is None:
        known = {}
        for column in sheet.columns:
            for name in (column.field, column.header.zh, column.header.en):
                known.setdefault(_key(name), column)
        for column in sheet.columns:
            for name in column.aliases:
                known.setdefault(_key(name), column)
        _by_header[sheet.table] = known
    return known


def _key(text: str) -> str:
    """Return the spelling under which names are compared: no blanks, no lines, no case."""
    return "".join(folded(text).split()).replace("_", "").casefold()
