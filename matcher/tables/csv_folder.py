"""Reading a folder of CSV files: one grid a file, UTF-8 or GB18030."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING, Any

from matcher.problems import InvalidInput, Location, Problem
from matcher.tables.grid import Grid
from matcher.tables.unpack import read_bytes, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from matcher.tables.limits import Limits

#: Signs at the beginning of a text from which a spreadsheet would make a formula of it.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def read_folder(path: Path, limits: Limits) -> list[Grid]:
    """Return the CSV files of the folder at ``path``, in the order of their names.

    Raises
    ------
    InvalidInput
        When there are none, or some can't be read.
    """
    files = sorted(file for file in path.iterdir() if file.suffix.lower() == ".csv" and file.is_file())
    if not files:
        refuse("no_csv_files", path)
    if len(files) > limits.parts:
        refuse("too_many_parts", path, most=limits.parts)
    grids: list[Grid] = []
    problems: list[Problem] = []
    left = limits.file_bytes
    for file in files:
        try:
            data = read_bytes(file, left) if file.stat().st_size else b""
            grids.append(_grid(file, data, limits))
            left -= len(data)
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput(problems)
    return grids


def escaped(text: str) -> str:
    """Return a text as it stands in a CSV file: one that looks like a formula gets an apostrophe in front."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_SIGNS) else text


def _unescaped(text: str) -> str:
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_SIGNS) else text


def _grid(file: Path, data: bytes, limits: Limits) -> Grid:
    reader = csv.reader(io.StringIO(_decoded(file, data), newline=""), strict=True)
    rows: list[list[Any]] = []
    cells = 0
    try:
        for row in _rows(reader):
            rows.append(row)
            cells += len(row)
            if len(rows) > limits.rows:
                _oversized("too_many_rows", file, limits.rows)
            if len(row) > limits.columns:
                _oversized("too_many_columns", file, limits.columns)
            if cells > limits.cells:
                _oversized("too_many_cells", file, limits.cells)
    except csv.Error as error:
        where = Location(file.name, reader.line_num)
        raise InvalidInput([Problem("bad_csv", details={"message": str(error)}).at(where)]) from None
    width = max(map(len, rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    return Grid(file.name, file.stem, rows)


def _rows(reader: Iterator[list[str]]) -> Iterator[list[Any]]:
    for row in reader:
        yield [_unescaped(cell) if cell[:1] == "'" else cell for cell in row]


def _oversized(code: str, file: Path, most: int) -> None:
    raise InvalidInput([Problem(code, details={"most": most}).at(Location(file.name))])


def _decoded(file: Path, data: bytes) -> str:
    """Decode UTF-8, with or without a mark at its beginning, else GB18030."""
    marked = data.startswith(codecs.BOM_UTF8)
    for encoding in ("utf-8-sig",) if marked else ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return refuse("unknown_encoding", file)
