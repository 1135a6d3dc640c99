"""What a sheet and a column of the round's tables are made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from matcher.round.records import TABLES

if TYPE_CHECKING:
    from matcher.codes import CodeList, Text


class Kind(Enum):
    """What stands in the cells of a column."""

    TEXT = "text"
    ID = "id"
    WHOLE = "whole number"
    NUMBER = "number"
    DATE = "date"
    MONTH = "month"
    YES_NO = "yes or no"
    CODE = "one code"
    CODES = "several codes"
    NAMES = "several words"
    IDS = "several ids"
    LEVELS = "specialty to level"
    ANSWERS = "condition to yes or no"
    RULE = "rule"
    PARAMS = "parameters of a rule"


#: Columns whose map may be spread over several columns, one a key: ``需求·党建``.
SPREADABLE = frozenset({Kind.LEVELS, Kind.ANSWERS})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet (for the round's own sheet: a row).

    Attributes
    ----------
    field
        The field's name in the round document.
    header
        The header that is written, Chinese and English.
    kind
        What stands in its cells.
    help
        What it means and how it is filled in.
    example
        An example as a planner would write it.
    aliases
        Other headers that are understood.
    codes
        The list that a code comes from.
    open
        True when the round may have codes of its own besides the list's.
    blank
        Words that mean the same as an empty cell, besides the general ones.
    """

    field: str
    header: Text
    kind: Kind
    help: Text
    example: str = ""
    aliases: tuple[str, ...] = ()
    codes: CodeList | None = None
    open: bool = False
    blank: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook, or a file of the CSV folder.

    Attributes
    ----------
    table
        The table's name in the round document; ``round`` for the round's own fields.
    title
        The title that is written, Chinese and English.
    help
        What the sheet is for.
    columns
        The columns in the order in which they are written.
    aliases
        Other titles that are understood.
    needed
        True when a round can't do without the sheet.
    """

    table: str
    title: Text
    help: Text
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()
    needed: bool = False

    def column(self, field: str) -> Column | None:
        """Return the column of ``field``, or None."""
        return next((column for column in self.columns if column.field == field), None)

    def required(self, column: Column) -> bool:
        """Return whether every record must fill in ``column``."""
        if self.table == "round":
            return column.field in ("id", "as_of")
        record = TABLES.get(self.table)
        return record is None or record.model_fields[column.field].is_required()
