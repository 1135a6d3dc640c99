"""From the grid of one sheet to the records of its table, with everything that is wrong on the way.

Cells are read column by column, each distinct text once: a roster repeats its words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from matcher.problems import InvalidInput, Location, Problem, shortened
from matcher.tables.column import Kind
from matcher.tables.folding import trimmed
from matcher.tables.grid import Grid, address, is_used
from matcher.tables.headers import Header, Placed, find_header
from matcher.tables.readers import Reader, item_reader_of, reader_of
from matcher.tables.scalars import text_of
from matcher.tables.source import Places
from matcher.tables.wrong import UNREADABLE, Wrong

if TYPE_CHECKING:
    from matcher.tables.column import Sheet
    from matcher.tables.limits import Limits
    from matcher.tables.vocabulary import Vocabulary

_FORMULA_SIGNS = "=+-@"
#: Kinds whose cells hold words of the planner's own, which may look like a formula.
_OWN_WORDS = frozenset({Kind.TEXT, Kind.ID, Kind.NAMES, Kind.IDS, Kind.CODES, Kind.ANSWERS})


@dataclass
class TableRead:
    """One table as it was read.

    Attributes
    ----------
    records
        The records, as in the round document.
    places
        Where they stand; None where no header was found.
    problems, warnings
        What is wrong and what is odd, each with its place.
    silent
        Places about which nothing more needs saying, as in :class:`matcher.tables.source.Source`.
    """

    records: list[dict[str, Any]] = field(default_factory=list)
    places: Places | None = None
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    silent: set[tuple[str, int | None, str]] = field(default_factory=set)


def read_table(grid: Grid, sheet: Sheet, order: int, vocabulary: Vocabulary, limits: Limits) -> TableRead:
    """Read one sheet.

    Parameters
    ----------
    grid
        Its cells.
    sheet
        Which sheet it is.
    order
        Its place in the file.
    vocabulary
        What words of the file's own mean.
    limits
        How long a cell may be.
    """
    header = find_header(grid, sheet)
    if header is None:
        return _without_header(grid, sheet)
    read = TableRead()
    for problem in header.problems:
        (read.problems if problem.severity == "error" else read.warnings).append(problem)
        if problem.code == "missing_column":
            read.silent.add((sheet.table, None, problem.field))
    indices = [placed.index for placed in header.placed]
    rows = [
        index
        for index in range(header.row + 1, len(grid.rows))
        if is_used([grid.rows[index][column] for column in indices])
    ]
    columns = {
        (placed.column.field, placed.key): (placed.index, placed.header) for placed in header.placed[::-1]
    }
    read.places = Places(grid.title, order, header.row, rows, columns)
    _Table(grid, sheet, header, rows, vocabulary, limits, read).fill()
    return read


def _without_header(grid: Grid, sheet: Sheet) -> TableRead:
    where = Location(grid.title, 1 if grid.rows else None)
    headers = [column.header.zh for column in sheet.columns if sheet.required(column)]
    problem = Problem("no_header", sheet.table, None, "", "", {"headers": headers}).at(where)
    return TableRead(problems=[problem], silent={(sheet.table, None, ""), (sheet.table, None, "id")})


class _Table:
    """One sheet while it is being read."""

    def __init__(
        self, grid: Grid, sheet: Sheet, header: Header, rows: list[int], vocabulary: Vocabulary, limits: Limits,
        read: TableRead,
    ) -> None:  # fmt: skip
        self.grid = grid
        self.sheet = sheet
        self.header = header
        self.rows = rows
        self.vocabulary = vocabulary
        self.limits = limits
        self.read = read

    def fill(self) -> None:
        """Read every column and put the records together."""
        fields: dict[str, list[Any]] = {}
        for placed in self.header.placed:
            if placed.part:
                continue
            values = self._column(placed)
            name = placed.column.field
            if placed.key:
                self._merge(fields.setdefault(name, [None] * len(self.rows)), values, placed)
            elif name in fields:
                self._merge_maps(fields[name], values, placed)
            else:
                fields[name] = values
        names = list(fields)
        self.read.records = [
            {name: value for name, value in zip(names, row, strict=True) if value is not None}
            for row in zip(*fields.values(), strict=True)
        ]

    def _column(self, placed: Placed) -> list[Any]:
        """Return the value of each record in one column."""
        cells = self._cells(placed)
        read = item_reader_of(placed.column) if placed.key else reader_of(placed.column, self.vocabulary)
        known: dict[str, Any] = {"": None}
        values: list[Any] = []
        for index, cell in enumerate(cells):
            if type(cell) is str:
                value = known.get(cell, known)
                if value is known:
                    value = self._value(index, placed, cell, read)
                    # A cell with something to say about it is looked at again wherever it stands.
                    if value is not UNREADABLE and cell[:1] not in _FORMULA_SIGNS:
                        known[cell] = value
            else:
                value = self._value(index, placed, cell, read)
            values.append(value)
        self._merged(placed, values)
        self._flawed(placed, values)
        return values

    def _cells(self, placed: Placed) -> list[Any]:
        """Return the cells of a column, the texts of its continuing columns appended."""
        rows = self.grid.rows
        cells = [rows[row][placed.index] for row in self.rows]
        parts = [p for p in self.header.placed if p.column is placed.column and p.part and not placed.key]
        for part in sorted(parts, key=lambda p: p.part):
            more = [rows[row][part.index] for row in self.rows]
            cells = [
                cell if rest == "" else text_of(cell) + text_of(rest)
                for cell, rest in zip(cells, more, strict=True)
            ]
        return cells

    def _value(self, index: int, placed: Placed, cell: Any, read: Reader) -> Any:
        try:
            if isinstance(cell, str):
                self._look_at(index, placed, cell)
            value = read(cell)
        except Wrong as wrong:
            value = shortened(wrong.value or text_of(cell))
            self._problem(index, placed, wrong.code, value, wrong.details)
            return wrong.instead
        return None if value in ([], {}) else value

    def _look_at(self, index: int, placed: Placed, cell: str) -> None:
        """Refuse a text too long to handle, and note one that looks like a formula."""
        most = self.limits.cell_length
        if len(cell) > most and not any(p.part for p in self.header.placed if p.column is placed.column):
            raise Wrong("cell_too_long", cell[:40], most=most)
        text = trimmed(cell)
        if text[:1] in _FORMULA_SIGNS and len(text) > 1 and placed.column.kind in _OWN_WORDS:
            if not text.strip("-—") or text[1:].replace(" ", "").replace("-", "").isdecimal():
                return
            problem = Problem("text_like_formula", self.sheet.table, index, placed.column.field, shortened(text), {},
                              "warning")  # fmt: skip
            self.read.warnings.append(problem.at(self._place(index, placed)))

    def _merge(self, maps: list[Any], values: list[Any], placed: Placed) -> None:
        """Put the values of a column that holds one key into the maps of its field."""
        key = placed.key
        if placed.column.kind is Kind.ANSWERS:
            key = self.vocabulary.conditions.get(key, key)
        for index, value in enumerate(values):
            if value is None or maps[index] is UNREADABLE:
                continue
            if value is UNREADABLE:
                maps[index] = UNREADABLE
            elif maps[index] is not None and key in maps[index]:
                self._problem(index, placed, "repeated_key", key, {})
                maps[index] = UNREADABLE
            else:
                maps[index] = {**(maps[index] or {}), key: value}

    def _merge_maps(self, maps: list[Any], values: list[Any], placed: Placed) -> None:
        """Put the maps of a field's own column beside what its single columns gave."""
        for index, value in enumerate(values):
            if value is UNREADABLE:
                maps[index] = UNREADABLE
            elif value is not None and maps[index] is not UNREADABLE:
                if maps[index] and set(value) & set(maps[index]):
                    self._problem(index, placed, "repeated_key", "、".join(set(value) & set(maps[index])), {})
                maps[index] = {**value, **(maps[index] or {})}

    def _merged(self, placed: Placed, values: list[Any]) -> None:
        """Report merged cells that several records would have to share."""
        for top, left, bottom, right in self.grid.merged:
            if not left <= placed.index <= right or bottom <= self.header.row:
                continue
            inside = range(bisect_left(self.rows, top), bisect_right(self.rows, bottom))
            if len(inside) > 1 and self.grid.rows[top][left] != "":
                if placed.index == left:
                    self._problem(inside[0], placed, "merged_cells", shortened(self.grid.rows[top][left]), {})
                for index in inside[1:]:
                    values[index] = UNREADABLE
                    self.read.silent.add((self.sheet.table, index, placed.column.field))

    def _flawed(self, placed: Placed, values: list[Any]) -> None:
        """Report cells with an error value or a formula that was never worked out."""
        if not self.grid.flaws:
            return
        for index, row in enumerate(self.rows):
            code = self.grid.flaws.get((row, placed.index))
            if code:
                self._problem(index, placed, code, "", {})
                values[index] = UNREADABLE

    def _problem(self, index: int, placed: Placed, code: str, value: str, details: dict[str, Any]) -> None:
        name = placed.column.field
        problem = Problem(code, self.sheet.table, index, name, value, details)
        self.read.problems.append(problem.at(self._place(index, placed)))
        self.read.silent.add((self.sheet.table, index, name))
        if len(self.read.problems) >= self.limits.problems:
            too_many = Problem("too_many_problems", self.sheet.table, details={"most": self.limits.problems})
            raise InvalidInput([*self.read.problems, too_many.at(Location(self.grid.title))])

    def _place(self, index: int, placed: Placed) -> Location:
        row = self.rows[index]
        return Location(self.grid.title, row + 1, placed.header, address(row, placed.index))
