"""Writing a workbook: the round's sheets with their looks, drop-down lists and help."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from matcher.codes import Text
from matcher.tables.column import Column, Kind
from matcher.tables.help_sheets import CodeRanges, write_codes, write_help
from matcher.tables.layout import Page, pages
from matcher.tables.schema import ROUND_HEADERS, Sheet
from matcher.tables.styles import Styles

if TYPE_CHECKING:
    from datetime import date

    from matcher.codes import Language
    from matcher.round import Round

_NUMBERS = frozenset({Kind.WHOLE, Kind.NUMBER})
_CHOICES = frozenset({Kind.CODE, Kind.YES_NO})
#: Rows below the last one that have drop-down lists too.
_ROOM = 2_000
_WIDEST, _NARROWEST, _LOOKED_AT = 44, 9, 200
_NOT_LISTED = Text("请从下拉列表中选择，见代码表。", "Please choose from the list; see the code sheet.")


def workbook_bytes(round_: Round | None, language: Language) -> bytes:
    """Return the workbook of a round; an empty one to fill in where ``round_`` is None."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    try:
        _fill(book, round_, language)
    finally:
        book.close()
    return buffer.getvalue()


def _fill(book: Any, round_: Round | None, language: Language) -> None:
    # One round gives one file, byte for byte: the file's own date is the round's.
    day: date | None = round_.as_of if round_ else None
    created = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(2000, 1, 1, tzinfo=UTC)
    book.set_properties({"title": round_.name if round_ else "", "created": created.replace(tzinfo=None)})
    styles = Styles(book)
    written = [(page, book.add_worksheet(page.title)) for page in pages(round_, language)]
    write_help(book, styles, language)
    ranges = write_codes(book, styles, language)
    for page, worksheet in written:
        _write_page(worksheet, page, styles, language)
        if page.sheet.table == "round":
            worksheet.set_column(2, 2, 60)
        else:
            _help(worksheet, page, language)
            _choices(worksheet, page, ranges, language)
    written[0][1].activate()


def _write_page(worksheet: Any, page: Page, styles: Styles, language: Language) -> None:
    sheet = page.sheet
    for index, (column, header) in enumerate(zip(page.columns, page.headers, strict=True)):
        needed = column is not None and sheet.required(column)
        worksheet.write_string(0, index, header, styles.needed if needed else styles.header)
        style = styles.plain if column is not None and column.kind in _NUMBERS else styles.text
        worksheet.set_column(index, index, _width(page, index), style)
        for number, row in enumerate(page.rows, start=1):
            cell = row[index]
            if cell is None:
                if column is None:
                    worksheet.write_blank(number, index, None, styles.text)
            elif isinstance(cell, str):
                worksheet.write_string(number, index, cell, styles.text)
            else:
                worksheet.write_number(number, index, cell, style)
    worksheet.set_row(0, 24)
    named = sheet.column("name") is not None and sheet.table != "round"
    worksheet.freeze_panes(1, 2 if named else 0)
    if sheet.table != "round":
        worksheet.autofilter(0, 0, max(1, len(page.rows)), len(page.headers) - 1)
    elif language:
        _mark_needed(worksheet, sheet, styles, language)


def _mark_needed(worksheet: Any, sheet: Sheet, styles: Styles, language: Language) -> None:
    """Show in the round's own sheet which items can't stay blank."""
    for row, column in enumerate(sheet.columns, start=1):
        style = styles.needed if sheet.required(column) else styles.item
        worksheet.write_string(row, 0, column.header.in_(language), style)


def _width(page: Page, index: int) -> float:
    cells = [
        page.headers[index],
        *(str(row[index]) for row in page.rows[:_LOOKED_AT] if row[index] is not None),
    ]
    widest = max(sum(1 if character.isascii() else 2 for character in cell[:_WIDEST]) for cell in cells)
    return min(_WIDEST, max(_NARROWEST, widest + 3))


def _help(worksheet: Any, page: Page, language: Language) -> None:
    """Put what a column means at its header."""
    for index, column in enumerate(page.columns):
        if column is not None:
            worksheet.write_comment(0, index, comment_of(column, language), {"x_scale": 2, "y_scale": 1.2})


def comment_of(column: Column, language: Language) -> str:
    """Return what stands in the comment at a column's header."""
    example = Text("例：", "For example: ").in_(language) + column.example if column.example else ""
    return "\n".join(part for part in (column.help.in_(language), example) if part)


def _choices(worksheet: Any, page: Page, ranges: CodeRanges, language: Language) -> None:
    """Give the columns of codes their drop-down lists."""
    for index, column in enumerate(page.columns):
        if column is None or column.kind not in _CHOICES:
            continue
        worksheet.data_validation(
            1, index, len(page.rows) + _ROOM, index,
            {
                "validate": "list",
                "source": ranges[column.codes.name if column.codes else "yes_no"],
                "error_type": "warning",
                "error_title": column.header.in_(language)[:32],
                "error_message": _NOT_LISTED.in_(language),
            },
        )  # fmt: skip


__all__ = ["ROUND_HEADERS", "comment_of", "workbook_bytes"]
