"""Reading a workbook: from a guarded package to one grid a sheet."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

from matcher.problems import InvalidInput, Location, Problem
from matcher.tables import survey
from matcher.tables.grid import Grid
from matcher.tables.unpack import refuse, repacked, unpack

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.tables.limits import Limits

#: Merged areas of several rows that are looked at, in one sheet.
_MERGED = 1_000
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def read_workbook(path: Path, limits: Limits) -> list[Grid]:
    """Return the sheets of the workbook at ``path``, in its order.

    Raises
    ------
    InvalidInput
        When the file is no workbook, damaged, locked, or larger than ``limits`` allow.
    """
    parts = unpack(path, limits)
    try:
        sheets = _sheets_of(parts)
        surveys = _surveyed(parts, sheets, path, limits)
    except (ElementTree.ParseError, expat.ExpatError, KeyError, ValueError) as error:
        if isinstance(error, InvalidInput):
            raise
        refuse("damaged_workbook", path)
    return _grids(parts, surveys, path)


def _sheets_of(parts: dict[str, bytes]) -> dict[str, str]:
    """Return the sheets' titles with the names of their parts, in the order of the workbook."""
    book = next(name for name in parts if name.lower().endswith("workbook.xml"))
    folder, _, file = book.rpartition("/")
    relations = {
        item.get("Id", ""): item.get("Target", "")
        for item in ElementTree.fromstring(_part(parts, f"{folder}/_rels/{file}.rels"))
    }
    sheets: dict[str, str] = {}
    for item in ElementTree.fromstring(parts[book]).iter():
        if item.tag.endswith("}sheet"):
            target = relations.get(item.get(_RELATION) or item.get(_STRICT_RELATION) or "", "")
            sheets[item.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
    return sheets


def _part(parts: dict[str, bytes], name: str) -> bytes:
    """Return a part by its name, whose case does not count."""
    found = parts.get(name)
    if found is None:
        found = next((data for key, data in parts.items() if key.lower() == name.lstrip("/").lower()), None)
    if found is None:
        raise KeyError(name)
    return found


def _surveyed(
    parts: dict[str, bytes], sheets: dict[str, str], path: Path, limits: Limits
) -> dict[str, survey.Survey]:
    """Survey every worksheet and refuse the workbook when one is too large."""
    if len(sheets) > limits.sheets:
        refuse("too_many_sheets", path, most=limits.sheets)
    strings = next((data for name, data in parts.items() if name.lower().endswith("sharedstrings.xml")), b"")
    sizes = survey.string_sizes(strings)
    longest = max(sizes, default=0)
    found: dict[str, survey.Survey] = {}
    problems: list[Problem] = []
    for title, name in sheets.items():
        if "worksheet" not in name.lower() and "chartsheet" in name.lower():
            continue
        sheet = _part(parts, name)
        try:
            found[title] = survey.survey(sheet, limits)
            if found[title].shared * longest > limits.text_bytes or longest > limits.cell_length:
                survey.weigh(sheet, sizes, limits)
        except survey.Oversized as error:
            where = Location(title, cell=error.cell)
            problems.append(Problem(error.code, details={"most": error.most}).at(where))
    if problems:
        raise InvalidInput(problems)
    return found


def _grids(parts: dict[str, bytes], surveys: dict[str, survey.Survey], path: Path) -> list[Grid]:
    try:
        book = CalamineWorkbook.from_filelike(repacked(parts))
        return [_grid(book, title, found) for title, found in surveys.items()]
    except (CalamineError, OSError, ValueError):
        refuse("damaged_workbook", path)
    except BaseException as error:
        # A panic of the reader's native code is no Exception; everything else goes on its way.
        if type(error).__name__ != "PanicException":
            raise
        refuse("damaged_workbook", path)


def _grid(book: CalamineWorkbook, title: str, found: survey.Survey) -> Grid:
    if not found.rows:
        return Grid(title, title, [])
    sheet = book.get_sheet_by_name(title)
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    areas = ((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    tall = (area for area in areas if area[2] > area[0])
    return Grid(title, title, rows, found.flaws, tuple(islice(tall, _MERGED)))
