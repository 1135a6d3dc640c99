"""Reading a round from a workbook, a folder of CSV files or a JSON document.

One way for all: the file becomes grids of cells, the cells become values, the values become a round
document together with the place of each, and the document becomes a round. What goes wrong on any of
these steps is gathered and raised at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matcher.problems import InvalidInput, Location, Problem
from matcher.round import Round
from matcher.tables.csv_folder import read_folder
from matcher.tables.headers import nearest_sheet, passed_over, sheet_named
from matcher.tables.hints import with_hints
from matcher.tables.json_file import read_json
from matcher.tables.limits import Limits
from matcher.tables.round_reader import read_fields
from matcher.tables.schema import SHEETS
from matcher.tables.source import FieldPlaces, Places, Source
from matcher.tables.table_reader import read_table
from matcher.tables.unpack import refuse
from matcher.tables.vocabulary import Vocabulary, vocabulary_of
from matcher.tables.workbook import read_workbook
from matcher.tables.wrong import UNREADABLE

if TYPE_CHECKING:
    from matcher.tables.grid import Grid

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".et", ".ods"})


def read_round(path: str | Path, *, limits: Limits | None = None) -> Round:
    """Read a round from ``path``.

    Parameters
    ----------
    path
        A workbook (.xlsx), a folder of CSV files, or a JSON document (.json).
    limits
        How much the file may hold.

    Raises
    ------
    InvalidInput
        With every problem of the file, each with its place.
    """
    return round_of(read_document(path, limits=limits))


def read_document(path: str | Path, *, limits: Limits | None = None) -> Source:
    """Read the plain document from ``path``, with the place of each record and field.

    Parameters and errors are those of :func:`read_round`; but what is wrong with sheets and cells is kept
    in :attr:`Source.problems`, and only a file that can't be read at all raises.
    """
    path = Path(path)
    limits = limits or Limits()
    if path.is_dir():
        return _source(path, read_folder(path, limits), limits, typed=False)
    if path.suffix.lower() == ".json":
        return Source(path, read_json(path, limits))
    if path.suffix.lower() not in _WORKBOOKS:
        refuse("unknown_file_type" if path.exists() else "file_missing", path)
    return _source(path, read_workbook(path, limits), limits, typed=True)


def round_of(source: Source) -> Round:
    """Return the round that a file holds.

    Raises
    ------
    InvalidInput
        With every problem of its sheets, cells and records, each with its place, in the file's order.
    """
    problems = list(source.problems)
    try:
        round_ = Round.from_document(source.document)
    except InvalidInput as error:
        new = (problem for problem in error.problems if not source.is_silent(problem))
        found = map(source.locate, with_hints(new, source.document))
        raise InvalidInput(source.in_order([*problems, *found])) from None
    if problems:
        raise InvalidInput(source.in_order(problems))
    return round_


def located_warnings(source: Source, round_: Round) -> tuple[Problem, ...]:
    """Return what is odd about a round that was read, each with its place in the file."""
    located = (source.locate(problem) for problem in round_.warnings)
    return tuple(source.in_order([*source.warnings, *located]))


@dataclass
class _Gathered:
    """What the sheets of one file gave so far."""

    document: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    places: dict[str, Places] = field(default_factory=dict)
    fields: FieldPlaces | None = None
    silent: set[tuple[str, int | None, str]] = field(default_factory=set)
    type_rows: dict[str, int] = field(default_factory=dict)


def _source(path: Path, grids: list[Grid], limits: Limits, *, typed: bool) -> Source:
    gathered = _Gathered()
    found = _recognized(grids, gathered)
    order = {table: index for index, table in enumerate(found)}
    vocabulary = Vocabulary(typed=typed, depth=limits.depth)
    if "rules" in found:
        _read(found, "rules", order, vocabulary, limits, gathered)
        vocabulary = vocabulary_of(gathered.document["rules"], typed=typed, depth=limits.depth)
    for table in found:
        if table != "rules":
            _read(found, table, order, vocabulary, limits, gathered)
    _missing_sheets(found, gathered)
    return Source(
        path, gathered.document, tuple(gathered.problems), tuple(gathered.warnings), gathered.places,
        gathered.fields, frozenset(gathered.silent), gathered.type_rows,
    )  # fmt: skip


def _recognized(grids: list[Grid], gathered: _Gathered) -> dict[str, Grid]:
    """Return the grids by table, in the file's order, and report those that are none or doubled."""
    found: dict[str, Grid] = {}
    for grid in grids:
        sheet = sheet_named(grid.name)
        where = Location(grid.title)
        if sheet is None:
            if not passed_over(grid.name) and not grid.is_empty:
                near = nearest_sheet(grid.name)
                details = {
                    "nearest_zh": near.title.zh if near else "",
                    "nearest_en": near.title.en if near else "",
                }
                gathered.problems.append(
                    Problem("unknown_sheet", value=grid.title, details=details).at(where)
                )
        elif sheet.table in found:
            details = {"first": found[sheet.table].title}
            gathered.problems.append(
                Problem("duplicate_sheet", sheet.table, value=grid.title, details=details).at(where)
            )
        else:
            found[sheet.table] = grid
    return found


def _read(
    found: dict[str, Grid], table: str, order: dict[str, int], vocabulary: Vocabulary, limits: Limits,
    gathered: _Gathered,
) -> None:  # fmt: skip
    grid = found[table]
    sheet = next(sheet for sheet in SHEETS if sheet.table == table)
    if table == "round":
        fields = read_fields(grid, sheet, vocabulary)
        gathered.document |= fields.values
        gathered.fields = FieldPlaces(grid.title, order[table], fields.rows)
        gathered.problems += fields.problems
        gathered.silent |= fields.silent
        return
    if grid.is_empty and not sheet.needed:
        return
    read = read_table(grid, sheet, order[table], vocabulary, limits)
    gathered.problems += read.problems
    gathered.warnings += read.warnings
    gathered.silent |= read.silent
    if read.places is not None:
        gathered.places[table] = read.places
    if table == "needs_by_type":
        _needs_by_type(read.records, gathered)
    else:
        gathered.document[table] = read.records


def _needs_by_type(records: list[dict[str, Any]], gathered: _Gathered) -> None:
    """Turn the rows of the sheet of needs by type into the map of the document."""
    needs: dict[str, Any] = {}
    for index, record in enumerate(records):
        type_ = record.get("type")
        if not isinstance(type_, str):
            if ("needs_by_type", index, "type") not in gathered.silent:
                problem = Problem("missing_field", "needs_by_type", index, "type")
                gathered.problems.append(_at(gathered, problem))
        elif type_ in gathered.type_rows:
            details = {"first": gathered.type_rows[type_]}
            problem = Problem("duplicate", "needs_by_type", index, "type", type_, details)
            gathered.problems.append(_at(gathered, problem))
        else:
            gathered.type_rows[type_] = index
            if record.get("needs") is not UNREADABLE:
                needs[type_] = record.get("needs", {})
    if needs:
        gathered.document["needs_by_type"] = needs


def _at(gathered: _Gathered, problem: Problem) -> Problem:
    sheet = next(sheet for sheet in SHEETS if sheet.table == problem.table)
    return gathered.places[problem.table].locate(problem, sheet)


def _missing_sheets(found: dict[str, Grid], gathered: _Gathered) -> None:
    for sheet in SHEETS:
        if sheet.needed and sheet.table not in found:
            details = {"zh": sheet.title.zh, "en": sheet.title.en}
            problem = Problem("missing_sheet", sheet.table, value=sheet.title.zh, details=details)
            gathered.problems.append(problem)
            gathered.silent |= {(sheet.table, None, name) for name in _quiet(sheet.table)}


def _quiet(table: str) -> tuple[str, ...]:
    """Return the fields about which a missing sheet makes everything else silent."""
    return ("id", "as_of") if table == "round" else ("", "id")
