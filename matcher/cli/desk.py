"""Where a command speaks: results on standard output, progress and refusals on standard error."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matcher.codes import Language, Text

#: Columns of a table that is not shown on a terminal.
_WIDTH = 120
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table on the screen."""

    header: Text
    right: bool = False
    least: int | None = None


class Desk:
    """The two streams of a command, in one language.

    Parameters
    ----------
    language
        The language of everything said.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self.out = _console(sys.stdout)
        self.err = _console(sys.stderr)

    def words(self, text: Text, **data: Any) -> str:
        """Return ``text`` in the language, filled with ``data``."""
        return text.in_(self.language).format(**data)

    def say(self, text: Text, **data: Any) -> None:
        """Print a sentence."""
        self.out.print(plain(self.words(text, **data)), soft_wrap=True)

    def note(self, text: Text, **data: Any) -> None:
        """Print a sentence on standard error."""
        self.err.print(plain(self.words(text, **data)), soft_wrap=True)

    def table(
        self,
        columns: Sequence[Column],
        rows: Iterable[Sequence[object]],
        title: Text | None = None,
        **data: Any,
    ) -> None:
        """Print a table."""
        self.out.print(self._table(columns, rows, title, data))

    def complain(
        self, columns: Sequence[Column], rows: Iterable[Sequence[object]], title: Text | None = None
    ) -> None:
        """Print a table on standard error."""
        self.err.print(self._table(columns, rows, title, {}))

    def _table(
        self,
        columns: Sequence[Column],
        rows: Iterable[Sequence[object]],
        title: Text | None,
        data: dict[str, Any],
    ) -> Table:
        shown = Table(
            box=box.SIMPLE_HEAD, title=self.words(title, **data) if title else None, title_justify="left",
            title_style="bold", pad_edge=False,
        )  # fmt: skip
        for column in columns:
            header = column.header.in_(self.language)
            justify = "right" if column.right else "left"
            shown.add_column(header, justify=justify, overflow="fold", min_width=column.least)  # type: ignore[arg-type]
        for row in rows:
            shown.add_row(*(plain("" if cell is None else str(cell)) for cell in row))
        return shown


def plain(text: str) -> str:
    """Return ``text`` without control characters: what stands in a file must not steer the terminal."""
    return _CONTROL.sub(" ", text)


def _console(stream: Any) -> Console:
    """Return a console that takes every text as it is; names may hold brackets and rare characters."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")
    terminal = stream.isatty()
    width = None if terminal or os.environ.get("COLUMNS") else _WIDTH
    return Console(file=stream, markup=False, emoji=False, highlight=False, width=width)
