"""The user's own workbook, copied with every problem marked at its cell."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from matcher.codes import Text
from matcher.tables.atomic import write_whole
from matcher.tables.folding import trimmed
from matcher.tables.limits import Limits
from matcher.tables.schema import PROBLEM_SHEET
from matcher.tables.unpack import refuse, repacked, unpack
from matcher.words.problems import path, remedy, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.cell.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from matcher.codes import Language
    from matcher.problems import Problem

_FILLS = {"error": PatternFill("solid", fgColor="FFC7CE"), "warning": PatternFill("solid", fgColor="FFEB9C")}
_SEVERITIES = {"error": Text("错误", "error"), "warning": Text("提醒", "warning")}
_HEADERS = (
    (Text("序号", "No."), 6), (Text("级别", "Severity"), 8), (Text("工作表", "Sheet"), 16), (Text("行", "Row"), 7),
    (Text("栏目", "Column"), 18), (Text("单元格", "Cell"), 9), (Text("问题", "Problem"), 60),
    (Text("怎么改", "Remedy"), 60),
)  # fmt: skip
_AUTHOR = "核对"
#: Lines of a comment; a cell rarely has more than one problem.
_LINES = 12


def annotate(
    path_in: str | Path, path_out: str | Path, problems: Iterable[Problem], language: Language = "zh",
    *, limits: Limits | None = None,
) -> None:  # fmt: skip
    """Copy a workbook to ``path_out`` with a comment and a colour at every cell that has a problem.

    The copy also gets a sheet that lists all problems. The workbook at ``path_in`` is left as it is; the
    copy is for mending and may lack its pictures and charts.

    Parameters
    ----------
    path_in
        The user's workbook (.xlsx).
    path_out
        Where the copy shall stand; not the workbook itself.
    problems
        The problems, with their places, as :func:`matcher.tables.read_round` raises them.
    language
        Of the sentences.
    limits
        How much the workbook may hold.

    Raises
    ------
    InvalidInput
        When ``path_in`` is no workbook that can be opened and written again, or ``path_out`` is the same file.
    """
    path_in, path_out = Path(path_in), Path(path_out)
    if path_out.exists() and path_out.samefile(path_in):
        refuse("same_file", path_out)
    book = _opened(path_in, limits or Limits())
    listed = list(problems)
    for title, sheet_problems in _by_sheet(listed).items():
        if title in book.sheetnames:
            _mark(book[title], sheet_problems, language)
    _list(book, listed, language)
    buffer = io.BytesIO()
    book.save(buffer)
    write_whole(path_out, buffer.getvalue())


def _opened(path: Path, limits: Limits) -> Workbook:
    parts = unpack(path, limits, whole=True)
    try:
        with warnings.catch_warnings():
            # It warns of what it can't keep (pictures, extensions); the original has it all.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(repacked(parts))
        for sheet in book.worksheets:
            sheet.calculate_dimension()  # cells beyond the last column there may be are read, but never written
    except Exception:
        # Whatever a damaged part makes the library stumble over, the answer is the same.
        refuse("damaged_workbook", path)
    return book


def _by_sheet(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.location is not None and problem.location.cell:
            found.setdefault(problem.location.sheet, []).append(problem)
    return found


def _mark(sheet: Worksheet, problems: Sequence[Problem], language: Language) -> None:
    """Put the problems of one sheet at their cells."""
    by_cell: dict[str, list[Problem]] = {}
    for problem in problems:
        by_cell.setdefault(problem.location.cell if problem.location else "", []).append(problem)
    for address, there in by_cell.items():
        cell = _visible(sheet, address)
        worst = "error" if any(problem.severity == "error" for problem in there) else "warning"
        cell.fill = _FILLS[worst]
        lines = [_said(problem, language) for problem in there[:_LINES]]
        if cell.comment is not None:
            lines.insert(0, cell.comment.text)
        comment = Comment(_clean("\n".join(lines)), _AUTHOR)
        comment.width, comment.height = 320, 40 + 36 * len(lines)
        cell.comment = comment


def _visible(sheet: Worksheet, address: str) -> Cell:
    """Return the cell at ``address``, or the one that shows where it is part of a merged cell."""
    cell = sheet[address]
    for area in sheet.merged_cells.ranges:
        if address in area:
            cell = sheet.cell(area.min_row, area.min_col)
    return cell  # type: ignore[no-any-return]


def _said(problem: Problem, language: Language) -> str:
    stop = "。" if language == "zh" else ". "
    return f"{sentence(problem, language)}{stop}{remedy(problem, language)}{stop}".strip()


def _list(book: Workbook, problems: Sequence[Problem], language: Language) -> None:
    """Add the sheet that lists all problems, in place of one from an earlier copy."""
    title = PROBLEM_SHEET.in_(language)
    if title in book.sheetnames:
        del book[title]
    sheet = book.create_sheet(title, 0)
    for column, (header, width) in enumerate(_HEADERS, start=1):
        cell = sheet.cell(1, column, header.in_(language))
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    for number, problem in enumerate(problems, start=1):
        _list_one(sheet, number, problem, language)
    sheet.freeze_panes = "A2"
    book.active = 0


def _list_one(sheet: Worksheet, number: int, problem: Problem, language: Language) -> None:
    where = problem.location
    texts = [
        str(number), _SEVERITIES[problem.severity].in_(language), where.sheet if where else path(problem),
        str(where.row) if where and where.row else "", where.column if where else "", where.cell if where else "",
        sentence(problem, language), remedy(problem, language),
    ]  # fmt: skip
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(number + 1, column)
        # Written as text whatever it begins with: what a cell says must not become a formula here.
        cell.value = _clean(text)
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=column > len(texts) - 2, vertical="top")
    sheet.cell(number + 1, 2).fill = _FILLS[problem.severity]
    book = sheet.parent
    if where is not None and where.cell and book is not None and where.sheet in book.sheetnames:
        quoted = where.sheet.replace("'", "''")
        link = sheet.cell(number + 1, 6)
        link.hyperlink = f"#'{quoted}'!{where.cell}"


def _clean(text: str) -> str:
    return trimmed(text)[:32_000]
