"""Writing a round: as a workbook, a folder of CSV files, or JSON; and an empty workbook to fill in."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Literal

from matcher.tables.atomic import whole_folder, write_whole
from matcher.tables.csv_folder import escaped
from matcher.tables.headers import sheet_named
from matcher.tables.layout import Page, pages
from matcher.tables.workbook_writer import workbook_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.codes import Language
    from matcher.round import Round

Encoding = Literal["utf-8-sig", "utf-8", "gb18030"]


def write_workbook(round_: Round, path: str | Path, language: Language = "zh") -> None:
    """Write ``round_`` as a workbook to ``path``.

    Reading it gives the same round again. Every text is written as text, so that none becomes a formula.

    Parameters
    ----------
    round_
        The round.
    path
        Where the workbook shall stand; what stood there is replaced.
    language
        Of titles, headers and codes.
    """
    write_whole(path, workbook_bytes(round_, language))


def write_template(path: str | Path, language: Language = "zh") -> None:
    """Write an empty workbook to ``path``, with headers, drop-down lists, help and all codes."""
    write_whole(path, workbook_bytes(None, language))


def write_csv(
    round_: Round, folder: str | Path, language: Language = "zh", encoding: Encoding = "utf-8-sig"
) -> None:
    """Write ``round_`` as a folder of CSV files, one a sheet.

    Reading it gives the same round again. A text that a spreadsheet would take for a formula gets an
    apostrophe in front, which reading takes off.

    Parameters
    ----------
    round_
        The round.
    folder
        Where the folder shall stand; a folder with only such files in it is replaced.
    language
        Of file names, headers and codes.
    encoding
        UTF-8 with a mark (which Excel needs) or without, or GB18030.

    Raises
    ------
    InvalidInput
        When ``folder`` holds other files.
    """
    with whole_folder(folder, is_ours=_is_ours) as new:
        for page in pages(round_, language):
            (new / f"{page.title}.csv").write_bytes(_csv(page).encode(encoding))


def write_json(round_: Round, path: str | Path) -> None:
    """Write ``round_`` as its JSON document to ``path``."""
    text = json.dumps(round_.document(), ensure_ascii=False, indent=1)
    write_whole(path, f"{text}\n".encode())


def _csv(page: Page) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(page.headers)
    writer.writerows(
        ["" if cell is None else escaped(cell) if isinstance(cell, str) else repr(cell) for cell in row]
        for row in page.rows
    )
    return buffer.getvalue()


def _is_ours(file: Path) -> bool:
    return file.suffix.lower() == ".csv" and sheet_named(file.stem) is not None
