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
_STRINGS = "sharedstrings.xml"
#: Parts besides the sheets that the reader needs.
_NEEDED = (_STRINGS, "styles.xml", ".rels", "[content_types].xml")
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
        book = _book_of(parts)
        sheets = _sheets_of(parts, book)
        kept = _kept(parts, book, sheets)
        surveys = _surveyed(kept, sheets, path, limits)
    except (ElementTree.ParseError, expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, InvalidInput):
            raise
        refuse("damaged_workbook", path)
    return _grids(kept, surveys, path)


def _book_of(parts: dict[str, bytes]) -> str:
    """Return the name of the part that lists the sheets."""
    for item in ElementTree.fromstring(_part(parts, "_rels/.rels")):
        if item.get("Type", "").endswith("/officeDocument"):
            return _name(parts, item.get("Target", ""))
    raise KeyError("officeDocument")


def _sheets_of(parts: dict[str, bytes], book: str) -> dict[str, str]:
    """Return the sheets' titles with the names of their parts, in the order of the workbook."""
    folder, _, file = book.rpartition("/")
    relations = {
        item.get("Id", ""): (item.get("Type", ""), item.get("Target", ""))
        for item in ElementTree.fromstring(_part(parts, f"{folder}/_rels/{file}.rels"))
    }
    sheets: dict[str, str] = {}
    for item in ElementTree.fromstring(parts[book]).iter():
        if item.tag.endswith("}sheet"):
            kind, target = relations[item.get(_RELATION) or item.get(_STRICT_RELATION) or ""]
            if kind.endswith("/worksheet"):
                sheets[item.get("name", "")] = _name(
                    parts, target if target.startswith("/") else f"{folder}/{target}"
                )
    return sheets


def _name(parts: dict[str, bytes], name: str) -> str:
    """Return the name under which a part is listed: case and a leading slash do not count."""
    wanted = name.lstrip("/").lower()
    for listed in parts:
        if listed.lower() == wanted:
            return listed
    raise KeyError(name)


def _part(parts: dict[str, bytes], name: str) -> bytes:
    return parts[_name(parts, name)]


def _kept(parts: dict[str, bytes], book: str, sheets: dict[str, str]) -> dict[str, bytes]:
    """Return the parts that the reader gets: what it needs to know the sheets, and the sheets."""
    kept = {
        name: data
        for name, data in parts.items()
        if name in (book, *sheets.values()) or name.lower().endswith(_NEEDED)
    }
    texts = [name for name, data in kept.items() if survey.string_sizes(data)]
    if any(not name.lower().endswith(_STRINGS) for name in texts) or len(texts) > 1:
        raise ValueError(texts)
    return kept


def _surveyed(
    kept: dict[str, bytes], sheets: dict[str, str], path: Path, limits: Limits
) -> dict[str, survey.Survey]:
    """Survey every part that the reader may take for a sheet; refuse the workbook when one is too large."""
    if len(sheets) > limits.sheets:
        refuse("too_many_sheets", path, most=limits.sheets)
    sizes = [
        size
        for name, data in kept.items()
        if name.lower().endswith(_STRINGS)
        for size in survey.string_sizes(data)
    ]
    titles = {name: title for title, name in sheets.items()}
    found: dict[str, survey.Survey] = {}
    problems: list[Problem] = []
    for name, data in kept.items():
        title = titles.get(name, path.name)
        try:
            found[name] = _survey(data, sizes, limits)
        except survey.Oversized as error:
            where = Location(title, cell=error.cell)
            problems.append(Problem(error.code, details={"most": error.most}).at(where))
    if problems:
        raise InvalidInput(problems)
    return {title: found[name] for title, name in sheets.items()}


def _survey(sheet: bytes, sizes: list[int], limits: Limits) -> survey.Survey:
    found = survey.survey(sheet, limits)
    longest = max(sizes, default=0)
    if found.shared * longest > limits.text_bytes or longest > limits.cell_length:
        survey.weigh(sheet, sizes, limits)
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
