"""A printed page as data: heading, lines, tables and notes; what stands in the cells, not how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from matcher.codes import Text

Cell = str | int | float | None
#: How a column's cells look: text on the left or in the middle, a whole number, an index, an amount.
Look = Literal["text", "middle", "whole", "index", "amount"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    width
        In characters of the standard font; a Chinese character takes two.
    """

    header: Text
    width: float
    look: Look = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table under its caption.

    Attributes
    ----------
    empty
        What stands there when the table has no rows.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: Text | None = None
    empty: Text | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A label and what belongs to it, above the tables."""

    label: Text
    value: str | int


@dataclass(frozen=True, slots=True)
class Page:
    """A worksheet.

    Attributes
    ----------
    title
        On the sheet's tab.
    heading
        Above the tables.
    tables
        One after the other in the same columns; the header of a sheet with one table repeats on every page.
    """

    title: Text
    heading: Text
    tables: tuple[Table, ...]
    lines: tuple[Line, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that set the widths: those of the widest table."""
        return max((table.columns for table in self.tables), key=len)
