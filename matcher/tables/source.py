"""What a file held: its document, and where each record and field of it stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from matcher.problems import Location, Problem
from matcher.tables.grid import address
from matcher.tables.schema import BY_TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from matcher.tables.column import Sheet


@dataclass(frozen=True)
class Places:
    """Where the records and fields of one table stand.

    Attributes
    ----------
    title
        The sheet's title or the file's name.
    order
        The sheet's place in the file, from 0.
    header
        The row of the headers, from 0.
    rows
        The row of each record, from 0.
    columns
        Column index and header of each field, and of each key that has a column of its own.
    """

    title: str
    order: int
    header: int
    rows: list[int]
    columns: Mapping[tuple[str, str], tuple[int, str]]

    def locate(self, problem: Problem, sheet: Sheet) -> Problem:
        """Return ``problem`` with the place of its record and field."""
        key = str(problem.details.get("inside", "")).partition(".")[0]
        index, header = self.columns.get(
            (problem.field, key), self.columns.get((problem.field, ""), (None, ""))
        )
        if not header and problem.field:
            header = next(
                (name for (field_, _), (_, name) in self.columns.items() if field_ == problem.field), ""
            )
        if not header and (column := sheet.column(problem.field)):
            header = column.header.zh
        row = self.header if problem.row is None else self.rows[problem.row]
        cell = address(row, index) if index is not None else ""
        return _with_first_row(problem, self.rows).at(Location(self.title, row + 1, header, cell))


@dataclass(frozen=True)
class FieldPlaces:
    """Where the round's own fields stand: one row a field."""

    title: str
    order: int
    rows: Mapping[str, tuple[int, int, str]]

    def locate(self, problem: Problem) -> Problem:
        """Return ``problem`` with the place of its field."""
        row, column, name = self.rows.get(problem.field, (None, 0, ""))
        if row is None:
            listed = BY_TABLE["round"].column(problem.field)
            return problem.at(Location(self.title, column=listed.header.zh if listed else problem.field))
        return problem.at(Location(self.title, row + 1, name, address(row, column)))


@dataclass(frozen=True)
class Source:
    """A file that was read: the plain document, what is wrong with its cells, and where everything stands.

    Attributes
    ----------
    path
        The file or folder.
    document
        What it says, as a round document; cells that can't be read hold a mark that no field accepts.
    problems
        What is wrong with its sheets, headers and cells, each with its place.
    warnings
        What is odd about its cells, each with its place.
    places
        By table, where its records stand; empty for JSON, which is located by paths.
    fields
        Where the round's own fields stand.
    silent
        Places about which nothing more needs saying, as the cause was reported: (table, row, field); a row
        of None stands for all rows, a field of "" for all fields.
    type_rows
        Index of the row of each village type in the sheet of needs by type.
    """

    path: Path
    document: dict[str, Any]
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    places: Mapping[str, Places] = field(default_factory=dict)
    fields: FieldPlaces | None = None
    silent: frozenset[tuple[str, int | None, str]] = frozenset()
    type_rows: Mapping[str, int] = field(default_factory=dict)

    def locate(self, problem: Problem) -> Problem:
        """Return ``problem`` with its place in the file; unchanged where the file is JSON."""
        if problem.location is not None:
            return problem
        if problem.table == "round" and problem.field == "needs_by_type" and "needs_by_type" in self.places:
            return self._locate_need(problem)
        if problem.table == "round":
            return self.fields.locate(problem) if self.fields else problem
        places = self.places.get(problem.table)
        return places.locate(problem, BY_TABLE[problem.table]) if places else problem

    def _locate_need(self, problem: Problem) -> Problem:
        """Locate a problem inside ``needs_by_type``, which has a sheet with a row a type."""
        type_, _, rest = str(problem.details.get("inside", "")).partition(".")
        details = {**problem.details, "inside": rest}
        inner = replace(problem, field="needs", details=details, row=self.type_rows.get(type_))
        located = self.places["needs_by_type"].locate(inner, BY_TABLE["needs_by_type"])
        return replace(problem, location=located.location)

    def is_silent(self, problem: Problem) -> bool:
        """Return whether ``problem`` only follows from one that was reported already."""
        table, field_ = problem.table, problem.field
        if problem.code == "dangling_id" and (str(problem.details.get("target")), None, "id") in self.silent:
            return True
        if problem.code == "empty_table":
            return (table, None, "") in self.silent
        return bool({(table, problem.row, field_), (table, None, field_), (table, None, "")} & self.silent)

    def in_order(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return the problems by sheet, row and column, as they stand in the file."""
        orders = {places.title: places.order for places in self.places.values()}
        if self.fields:
            orders[self.fields.title] = self.fields.order

        def place(problem: Problem) -> tuple[int, int, int, str]:
            where = problem.location
            if where is None or not where.sheet:
                return (-1, 0, 0, "")
            return (orders.get(where.sheet, len(orders)), where.row or 0, len(where.cell), where.cell)

        return sorted(problems, key=place)


def _with_first_row(problem: Problem, rows: list[int]) -> Problem:
    """Say in which row the first of two equal records stands."""
    first = problem.details.get("first")
    if not isinstance(first, int) or first >= len(rows):
        return problem
    return replace(problem, details={**problem.details, "first_row": rows[first] + 1})
