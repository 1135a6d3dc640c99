"""Typing cells over a workbook that was written, the way people type: for stress rounds and tests."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl

from matcher.tables.atomic import write_whole
from matcher.tables.schema import BY_TABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from matcher.codes import Language


def overtype(path: Path, cells: Mapping[str, Sequence[Mapping[str, Any]]], language: Language = "zh") -> None:
    """Replace cells of a workbook in place.

    Parameters
    ----------
    path
        A workbook written by :func:`matcher.tables.write_workbook`.
    cells
        Table name to rows, each with the ``id`` of its record and the cells to type over by field. A cell with
        ``text`` and ``value`` is a formula with the value that was saved with it.
    language
        The language in which the workbook was written.
    """
    book = openpyxl.load_workbook(path)
    formulas: dict[str, Any] = {}
    for table, rows in cells.items():
        sheet = BY_TABLE[table]
        worksheet = book[sheet.title.in_(language)]
        headers = {column.field: column.header.in_(language) for column in sheet.columns}
        _type_over(worksheet, rows, headers, formulas)
    saved = io.BytesIO()
    book.save(saved)
    write_whole(path, _with_values(saved, formulas))


def _type_over(
    worksheet: Worksheet,
    rows: Sequence[Mapping[str, Any]],
    headers: Mapping[str, str],
    formulas: dict[str, Any],
) -> None:
    """Type the rows over one sheet; formulas are noted with their values."""
    columns = {str(cell.value): number for number, cell in enumerate(worksheet[1], start=1)}
    named = columns[headers["id"]]
    lines = {str(worksheet.cell(row, named).value): row for row in range(2, worksheet.max_row + 1)}
    for row in rows:
        for field, value in row.items():
            if field == "id" and str(value) in lines:
                continue
            cell = worksheet.cell(lines[str(row["id"])], columns[headers[field]])
            cell.number_format = "General"
            if hasattr(value, "text"):
                cell.value = value.text
                formulas[value.text.removeprefix("=")] = value.value
            else:
                cell.value = value


def _with_values(saved: io.BytesIO, formulas: Mapping[str, Any]) -> bytes:
    """Return the workbook with the value that a spreadsheet program would have saved in each formula's cell."""
    result = io.BytesIO()
    with zipfile.ZipFile(saved) as archive, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in archive.infolist():
            content = archive.read(info)
            if info.filename.startswith("xl/worksheets/sheet"):
                text = content.decode()
                for formula, value in formulas.items():
                    cell = re.compile(rf"<f>{re.escape(formula)}</f><v\s*/?>(</v>)?")
                    text = cell.sub(f"<f>{formula}</f><v>{value}</v>", text)
                content = text.encode()
            copy.writestr(info.filename, content)
    return result.getvalue()
