"""Reading the round's own sheet, which has a row a field: the item in column A, its content in column B."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from matcher.problems import Location, Problem, shortened
from matcher.tables.folding import trimmed
from matcher.tables.grid import Grid, address
from matcher.tables.headers import HEADER_ROWS, is_round_header, nearest_header, round_field
from matcher.tables.readers import reader_of
from matcher.tables.scalars import text_of
from matcher.tables.wrong import Wrong

if TYPE_CHECKING:
    from matcher.tables.column import Column, Sheet
    from matcher.tables.vocabulary import Vocabulary

_CONTENT = 1


@dataclass
class FieldsRead:
    """The round's own fields as they were read, with the row of each (from 0) and its name there."""

    values: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    silent: set[tuple[str, int | None, str]] = field(default_factory=set)


def read_fields(grid: Grid, sheet: Sheet, vocabulary: Vocabulary) -> FieldsRead:
    """Read the round's own fields from ``grid``."""
    read = FieldsRead()
    for row, cells in enumerate(grid.rows):
        name = trimmed(text_of(cells[0])) if cells else ""
        content = cells[_CONTENT] if len(cells) > _CONTENT else ""
        if not name or is_round_header(name):
            continue
        column = round_field(name, sheet)
        where = Location(grid.title, row + 1, name, address(row, 0))
        if column is None:
            # A title above the items, or a remark below them, is no item.
            if content != "" and (read.rows or row >= HEADER_ROWS or nearest_header(name, sheet)):
                read.problems.append(_unknown(name, sheet).at(where))
        elif column.field in read.rows:
            details = {"first": read.rows[column.field][2]}
            read.problems.append(
                Problem("duplicate_header", "round", None, column.field, name, details).at(where)
            )
        else:
            read.rows[column.field] = (row, _CONTENT, name)
            _read_content(read, grid, row, column, vocabulary)
    return read


def _read_content(read: FieldsRead, grid: Grid, row: int, column: Column, vocabulary: Vocabulary) -> None:
    cell = grid.rows[row][_CONTENT] if len(grid.rows[row]) > _CONTENT else ""
    try:
        if (row, _CONTENT) in grid.flaws:
            raise Wrong(grid.flaws[row, _CONTENT])
        value = None if cell == "" else reader_of(column, vocabulary)(cell)
    except Wrong as wrong:
        text = shortened(wrong.value or text_of(cell))
        where = Location(grid.title, row + 1, read.rows[column.field][2], address(row, _CONTENT))
        problem = Problem(wrong.code, "round", None, column.field, text, wrong.details)
        read.problems.append(problem.at(where))
        read.silent.add(("round", None, column.field))
        value = None
    if value is not None:
        read.values[column.field] = value


def _unknown(name: str, sheet: Sheet) -> Problem:
    near = nearest_header(name, sheet)
    details = {"nearest": near.field if near else "", "nearest_zh": near.header.zh if near else "",
               "nearest_en": near.header.en if near else ""}  # fmt: skip
    return Problem("unknown_item", "round", None, "", shortened(name), details)
