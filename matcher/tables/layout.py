"""What stands where in a written file: headers and cells of every sheet, the same for workbook and CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matcher.tables.cells import Cell, writer_of
from matcher.tables.schema import ROUND_HEADERS, SHEETS, Column, Sheet
from matcher.tables.vocabulary import Vocabulary, vocabulary_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from matcher.codes import Language
    from matcher.round import Round

#: Longer texts go on in further columns; a cell holds 32,767 characters.
_PIECE = 32_000


@dataclass(frozen=True)
class Page:
    """One sheet as it is written.

    Attributes
    ----------
    sheet
        Which sheet it is.
    title
        Its title in the language of the file.
    columns
        For each column, the column of the schema; None for the columns of the round's own sheet.
    headers
        The header row.
    rows
        The rows below it.
    """

    sheet: Sheet
    title: str
    columns: tuple[Column | None, ...]
    headers: tuple[str, ...]
    rows: list[list[Cell]]


def pages(round_: Round | None, language: Language) -> Iterator[Page]:
    """Yield every sheet of a round in the order of the schema; empty ones where ``round_`` is None."""
    document: Mapping[str, Any] = round_.document() if round_ else {}
    vocabulary = vocabulary_of(document.get("rules", ()))
    for sheet in SHEETS:
        if sheet.table == "round":
            yield _own_page(sheet, document, vocabulary, language)
        elif sheet.table == "needs_by_type":
            yield _page(sheet, _needs(round_), vocabulary, language)
        else:
            yield _page(sheet, document.get(sheet.table, ()), vocabulary, language)


def _needs(round_: Round | None) -> list[Mapping[str, Any]]:
    if round_ is None:
        return []
    return [{"type": type_, "needs": dict(needs)} for type_, needs in round_.needs_by_type.items()]


def _own_page(sheet: Sheet, document: Mapping[str, Any], vocabulary: Vocabulary, language: Language) -> Page:
    rows: list[list[Cell]] = []
    for column in sheet.columns:
        value = document.get(column.field)
        if column.field == "schema":
            value = "round/1"
        cell = None if value is None else writer_of(column, vocabulary, language)(value)
        rows.append([column.header.in_(language), cell, column.help.in_(language)])
    headers = tuple(header.in_(language) for header in ROUND_HEADERS)
    return Page(sheet, sheet.title.in_(language), (None, None, None), headers, rows)


def _page(
    sheet: Sheet, records: Sequence[Mapping[str, Any]], vocabulary: Vocabulary, language: Language
) -> Page:
    written = [_cells(column, records, vocabulary, language) for column in sheet.columns]
    columns: list[Column | None] = []
    headers: list[str] = []
    contents: list[list[Cell]] = []
    for column, cells in zip(sheet.columns, written, strict=True):
        for part, piece in enumerate(_pieces(cells)):
            columns.append(column)
            headers.append(_header(column, part, language))
            contents.append(piece)
    rows = [list(row) for row in zip(*contents, strict=True)]
    return Page(sheet, sheet.title.in_(language), tuple(columns), tuple(headers), rows)


def _cells(
    column: Column, records: Sequence[Mapping[str, Any]], vocabulary: Vocabulary, language: Language
) -> list[Cell]:
    write = writer_of(column, vocabulary, language)
    values = (record.get(column.field) for record in records)
    return [None if value is None else write(value) for value in values]


def _pieces(cells: list[Cell]) -> Iterator[list[Cell]]:
    """Yield the column, cut into as many as its longest text needs."""
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    if longest <= _PIECE:
        yield cells
        return
    for start in range(0, longest, _PIECE):
        yield [
            (cell[start : start + _PIECE] or None) if isinstance(cell, str) else None if start else cell
            for cell in cells
        ]


def _header(column: Column, part: int, language: Language) -> str:
    name = column.header.in_(language)
    if not part:
        return name
    return f"{name}（续{part}）" if language == "zh" else f"{name} (continued {part})"
