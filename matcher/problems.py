"""Problems with what was given: data first, said in words by :mod:`matcher.words`.

Every reader and validator collects :class:`Problem` objects and raises one :class:`InvalidInput`
with all of them, so that a planner mends a workbook once and not error by error.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Severity = Literal["error", "warning"]

#: Problems after which looking for more stops: nobody mends so many one by one, and a file of a million false
#: rows must not keep its reader for a minute.
MOST_PROBLEMS = 50_000


@dataclass(frozen=True, slots=True)
class Location:
    """Where a problem stands, as the person who wrote the file sees it.

    Attributes
    ----------
    sheet
        The sheet's title in a workbook, or the file's name in a CSV folder.
    row
        The row as Excel numbers it (the header is row 1), or the line of a CSV file.
    column
        The header of the column, as written in the file.
    cell
        The cell's address, such as ``C7``.
    """

    sheet: str = ""
    row: int | None = None
    column: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong (or odd) in the input.

    Attributes
    ----------
    code
        What is wrong, one of :data:`matcher.words.problems.SENTENCES`.
    table
        The table of the round (``cadres``), or ``round`` for its own fields, or ``""``.
    row
        Index of the record in its table, from 0; None when no single record is at fault.
    field
        Name of the field, as in the round document.
    value
        What stands there, shortened.
    details
        What else the sentence needs (the list of codes, the nearest code, the limit …).
    severity
        ``error`` refuses the input, ``warning`` does not.
    location
        Where it stands in the file that was read, where a file was read.
    """

    code: str
    table: str = ""
    row: int | None = None
    field: str = ""
    value: str = ""
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    severity: Severity = "error"
    location: Location | None = None

    def at(self, location: Location) -> Problem:
        """Return the same problem with the place in the file that was read."""
        return replace(self, location=location)

    def document(self) -> dict[str, Any]:
        """Return the problem as JSON data, with its sentence and remedy in both languages."""
        from matcher.words.problems import remedy, sentence  # noqa: PLC0415 - words know problems, not the reverse

        where = self.location
        return {
            "code": self.code,
            "severity": self.severity,
            "table": self.table or None,
            "index": self.row,
            "field": self.field or None,
            "value": self.value or None,
            "sheet": where.sheet if where else None,
            "row": where.row if where else None,
            "column": where.column if where else None,
            "cell": where.cell if where else None,
            "details": dict(self.details),
            "message": {"zh": sentence(self, "zh"), "en": sentence(self, "en")},
            "remedy": {"zh": remedy(self, "zh"), "en": remedy(self, "en")},
        }


class MatcherError(Exception):
    """Base of every error that the matcher raises on purpose."""


class InvalidInput(MatcherError, ValueError):
    """What was given can't be used; carries every problem found, not just the first.

    Attributes
    ----------
    problems
        The errors, in the order of the tables.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self._summary())

    def _summary(self) -> str:
        from matcher.words.problems import line  # noqa: PLC0415 - words know problems, not the reverse

        shown = [line(problem, "en") for problem in self.problems[:20]]
        more = len(self.problems) - len(shown)
        if more > 0:
            shown.append(f"… and {more} more")
        return f"{len(self.problems)} problem(s) in the input:\n" + "\n".join(f"- {text}" for text in shown)


def shortened(value: object, limit: int = 60) -> str:
    """Return ``value`` as text of at most ``limit`` characters, for messages."""
    # What can't be written as UTF-8 (half a character) can't be printed either.
    text = "" if value is None else str(value).encode("utf-8", "replace").decode()
    return text if len(text) <= limit else text[: limit - 1] + "…"
