"""Writing pages as a workbook for printing: A4 landscape, repeated headers, page numbers, a place to sign."""

from __future__ import annotations

import io
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any

import xlsxwriter

from matcher.exports.looks import Looks
from matcher.words import result as result_words
from matcher.words import roster as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.codes import Language
    from matcher.exports.material import Background
    from matcher.exports.page import Cell, Page, Table

_A4 = 9
#: Excel's own limit of characters in a cell, with room for the mark of a cut.
_LONGEST = 32_000
_LINE_HEIGHT = 16
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.7, "bottom": 0.7}


def workbook_of(pages: Sequence[Page], background: Background) -> bytes:
    """Return the pages as a workbook; the same pages give the same bytes."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    as_of, language = background.round.as_of, background.language
    book.set_properties({"title": _name(background), "created": datetime(as_of.year, as_of.month, as_of.day)})
    looks = Looks(book)
    for page in pages:
        _Sheet(book.add_worksheet(page.title.in_(language)), page, background, looks).write()
    book.close()
    return buffer.getvalue()


def _name(background: Background) -> str:
    return background.round.name or background.round.id


class _Sheet:
    """One page on its way into a worksheet, from top to bottom."""

    def __init__(self, worksheet: Any, page: Page, background: Background, looks: Looks) -> None:
        self.worksheet = worksheet
        self.page = page
        self.background = background
        self.looks = looks
        self.language: Language = background.language
        self.last = len(page.columns) - 1
        self.width = sum(column.width for column in page.columns)
        self.row = 0

    def write(self) -> None:
        """Write heading, lines, tables and the place to sign, and set up the printing."""
        for index, column in enumerate(self.page.columns):
            self.worksheet.set_column(index, index, column.width)
        draft = result_words.DRAFT.in_(self.language)
        heading = self.page.heading.in_(self.language)
        self._across(
            f"{heading}（{draft}）" if self.language == "zh" else f"{heading} ({draft})",
            self.looks.heading,
            30,
        )
        self._across(self._about(), self.looks.about, 20)
        for line in self.page.lines:
            self._line(line.label.in_(self.language), line.value)
        for table in self.page.tables:
            self._table(table)
        self._sign()
        self._print()

    def _about(self) -> str:
        round_ = self.background.round
        parts = {
            "name": _name(self.background), "as_of": round_.as_of, "starts_on": round_.starts_on or round_.as_of,
            "months": round_.term_months,
        }  # fmt: skip
        return words.ABOUT.in_(self.language).format(**parts)

    def _across(self, text: str, look: Any, height: float) -> None:
        """Write one text over the whole width."""
        self._merge(self.row, 0, text, look)
        self.worksheet.set_row(self.row, height)
        self.row += 1

    def _merge(self, row: int, first: int, text: str, look: Any) -> None:
        """Write a text from a column to the last one; a text that starts like a formula stays text."""
        if first < self.last:
            self.worksheet.merge_range(row, first, row, self.last, "", look)
        self.worksheet.write_string(row, first, _cut(text), look)

    def _line(self, label: str, value: str | int) -> None:
        self.worksheet.write_string(self.row, 0, label, self.looks.label)
        text = str(value)
        self._merge(self.row, 1, text, self.looks.value)
        room = self.width - self.page.columns[0].width
        self.worksheet.set_row(self.row, _LINE_HEIGHT * max(1, ceil(_cells(text) / room)) + 4)
        self.row += 1

    def _table(self, table: Table) -> None:
        if table.caption is not None:
            self.row += 1
            self._across(table.caption.in_(self.language), self.looks.caption, 22)
        header = self.row
        for index, column in enumerate(table.columns):
            self.worksheet.write_string(header, index, column.header.in_(self.language), self.looks.header)
        self.worksheet.set_row(header, self._header_height(table))
        for number, row in enumerate(table.rows, start=header + 1):
            self._row(number, table, row)
        self.row = header + 1 + len(table.rows)
        if not table.rows and table.empty is not None:
            self._across(table.empty.in_(self.language), self.looks.text, 20)
        if len(self.page.tables) == 1:
            self.worksheet.freeze_panes(header + 1, 0)
            self.worksheet.repeat_rows(header)
            self.worksheet.autofilter(header, 0, max(header + 1, self.row - 1), self.last)

    def _header_height(self, table: Table) -> float:
        lines = max(ceil(_cells(c.header.in_(self.language)) / max(1.0, c.width - 1)) for c in table.columns)
        return max(24, _LINE_HEIGHT * lines + 6)

    def _row(self, number: int, table: Table, row: tuple[Cell, ...]) -> None:
        for index, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            look = self.looks.of(column.look)
            if cell is None or cell == "":
                self.worksheet.write_blank(number, index, None, look)
            elif isinstance(cell, str):
                self.worksheet.write_string(number, index, _cut(cell), look)
            else:
                self.worksheet.write_number(number, index, cell, look)
        # Printing programs differ in how they fit wrapped rows, so the height is set.
        pairs = zip(table.columns, row, strict=True)
        lines = max(_lines(str(cell), column.width) for column, cell in pairs if cell is not None)
        self.worksheet.set_row(number, _LINE_HEIGHT * lines + 2)

    def _sign(self) -> None:
        """Leave a place to sign."""
        self.row += 1
        self._across(words.DRAFT_NOTE.in_(self.language), self.looks.note, 20)
        labels = [label.in_(self.language) for label in words.SIGNATURES]
        room = int(self.width / len(labels))
        signatures = "".join(label + " " * max(8, int(room - _cells(label))) for label in labels).rstrip()
        self._across(signatures, self.looks.note, 32)

    def _print(self) -> None:
        sheet, draft = self.worksheet, result_words.DRAFT.in_(self.language)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(**_MARGINS)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_header(f"&L{words.INTERNAL.in_(self.language)}&R{draft}")
        name = _name(self.background).replace("&", "&&")
        sheet.set_footer(f"&L{name[:100]}&R{words.PAGE.in_(self.language)}")


def _cells(text: str) -> float:
    """Return how wide a text of 10 points is, in characters of the standard font."""
    return sum(0.95 if character.isascii() else 1.9 for character in text)


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column."""
    return sum(max(1, ceil(_cells(line) / max(1.0, width - 1))) for line in text.split("\n"))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
