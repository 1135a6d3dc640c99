"""What a stress round is: a document, maybe cells as people type them, and the answer it must get."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell with a formula, and the value that the program that saved the file computed.

    Attributes
    ----------
    text
        The formula, ``=`` included.
    value
        The value saved with it.
    """

    text: str
    value: str | int | float


Cell = str | int | float | bool | date | datetime | Formula | None
#: Table name to rows; a row has the id of its record and the cells that are typed in an odd way. All
#: other cells stand as the document says.
Cells = Mapping[str, list[dict[str, Cell]]]


@dataclass(frozen=True, slots=True)
class Expected:
    """The answer that a stress round must get.

    Attributes
    ----------
    status
        The exit status: 0 a verified plan, 3 infeasible.
    rules
        Rules that the answer must name; others may stand beside them.
    subjects
        Ids, codes and townships that it must name.
    amount
        By how much the round falls short; None where nothing is to be counted.
    warnings
        Codes of the warnings that it must give.
    kept
        Posts that every best plan has.
    moves
        How many posts of the baseline the best plan changes.
    lossless
        Whether the cells, written to a workbook and read again, must give exactly the document.
    repeatable
        Whether the point is that every run gives the same posts.
    """

    status: int
    rules: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    amount: int | None = None
    warnings: tuple[str, ...] = ()
    kept: tuple[Document, ...] = ()
    moves: int | None = None
    lossless: bool = False
    repeatable: bool = False


@dataclass(frozen=True, slots=True)
class Stress:
    """A stress round.

    Attributes
    ----------
    name
        What it is called.
    text
        What is odd about it, in a sentence.
    build
        Makes its document.
    expected
        The answer that it must get.
    mended
        A change of the ``rules`` and ``decisions`` tables that makes an infeasible round feasible.
    cells
        Cells as people type them, where that is the point.
    """

    name: str
    text: str
    build: Callable[[], Document]
    expected: Expected
    mended: Callable[[Document], Document] | None = None
    cells: Cells = field(default_factory=dict)
