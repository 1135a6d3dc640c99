"""One sheet as it was read: cells, before anyone knows what they mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet or CSV file, from A1 on.

    Attributes
    ----------
    title
        The sheet's title, or the file's name, as its owner sees it.
    name
        What the sheet is called, to find out which one it is (the file's name without ``.csv``).
    rows
        The cells, row by row; an empty cell is "".
    flaws
        Cells (row, column; from 0) whose value is missing although something is there: the code says what.
    merged
        Merged areas of several rows as (first row, first column, last row, last column), from 0.
    """

    title: str
    name: str
    rows: list[list[Any]]
    flaws: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return not any(is_used(row) for row in self.rows)


def is_used(row: list[Any]) -> bool:
    """Return whether a row holds anything but blanks."""
    return any(cell != "" and not (isinstance(cell, str) and not cell.strip()) for cell in row)


def address(row: int, column: int) -> str:
    """Return the address of a cell (row and column from 0) as Excel writes it: ``C7``."""
    return f"{letters(column)}{row + 1}"


def letters(column: int) -> str:
    """Return the letters of a column (from 0): 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
