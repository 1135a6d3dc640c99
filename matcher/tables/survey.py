"""How large a sheet really is, found out before any reader makes room for it.

A sheet of two cells, A1 and XFD1048576, is a few bytes long and seventeen billion cells large; a thousand
cells that share one text of ten megabytes are small as well. So each sheet is gone through once, cell by
cell, without keeping anything but counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from matcher.tables.grid import address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.tables.limits import Limits

_REFERENCE = re.compile(r"@?([A-Za-z]{0,4})(\d{1,8})")
_DIGITS = 10
_STRING_END = re.compile(rb"</(?:[^\s<>]*:)?si\s*>")


class Oversized(Exception):
    """A sheet is larger than allowed; ``code`` names the problem."""

    def __init__(self, code: str, most: int, cell: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.most = most
        self.cell = cell


@dataclass
class Survey:
    """What was found in one sheet.

    Attributes
    ----------
    rows, columns
        The last row and column that hold anything.
    shared
        Cells that point to a shared text.
    flaws
        Cells whose value is missing: an error value, or a formula that was never worked out.
    """

    rows: int = 0
    columns: int = 0
    shared: int = 0
    flaws: dict[tuple[int, int], str] = field(default_factory=dict)


def survey(sheet: bytes, limits: Limits) -> Survey:
    """Go through a sheet's XML and return how large it is.

    Raises
    ------
    Oversized
        When it is larger than ``limits`` allow.
    expat.ExpatError, ValueError
        When it is not well-formed, or refers to cells that can't be.
    """
    surveyor = _Surveyor(limits)
    surveyor.parse(sheet)
    return surveyor.found


def string_sizes(shared_strings: bytes) -> list[int]:
    """Return the size of each shared text in bytes, its markup included."""
    return [len(chunk) for chunk in _STRING_END.split(shared_strings)[:-1]]


def weigh(sheet: bytes, sizes: Sequence[int], limits: Limits) -> None:
    """Make sure that the shared texts of a sheet, each counted as often as it is used, are not too much.

    Parameters
    ----------
    sheet
        The sheet's XML.
    sizes
        What :func:`string_sizes` says.
    limits
        What is allowed.

    Raises
    ------
    Oversized
        When they are, or when one text is longer than a cell may be.
    """
    _Weigher(sizes, limits).parse(sheet)


class _Pass:
    """One pass over a sheet's XML."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start

    def parse(self, sheet: bytes) -> None:
        """Go through the whole sheet."""
        self.parser.Parse(sheet, True)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Look at the beginning of an element."""
        raise NotImplementedError


class _Surveyor(_Pass):
    """Follows the cells of a sheet: each has a reference, or stands right of the one before.

    It sees every cell of a large roster, so the letters of a column and the number of a row are worked
    out once and then only recognized.
    """

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.limits = limits
        self.found = Survey()
        self.reference = "@0"
        self.kind: str | None = None
        self.letters: set[str] = set()
        self.digits = ""
        self.formula = False

    def parse(self, sheet: bytes) -> None:
        """Go through the whole sheet."""
        super().parse(sheet)
        self._end_formula()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Look at the beginning of an element."""
        if name == "c":
            if self.formula:
                self._end_formula()
            self.reference = attributes.get("r") or self._beside()
            self.kind = attributes.get("t")
        elif name in ("v", "is"):
            self._content()
            if self.formula:
                self.parser.CharacterDataHandler = self._worked_out
        elif name == "row":
            self._end_formula()
            number = int(attributes["r"]) if "r" in attributes else self._position()[0] + 2
            self.reference = f"@{number}"
        elif name == "f":
            self._content()
            self.formula = self.kind not in ("str", "e")
        elif ":" in name:
            self.start(name.rpartition(":")[2], attributes)

    def _content(self) -> None:
        letters = self.reference.rstrip("0123456789")
        digits = self.reference[len(letters) :]
        if letters not in self.letters or digits != self.digits:
            self._extend()
            self.letters.add(letters)
            self.digits = digits
        if self.kind == "s":
            self.found.shared += 1
        elif self.kind == "e":
            self.found.flaws[self._position()] = "error_value"

    def _extend(self) -> None:
        found, limits = self.found, self.limits
        row, column = self._position()
        found.rows = max(found.rows, row + 1)
        found.columns = max(found.columns, column + 1)
        if found.rows > limits.rows:
            raise Oversized("too_many_rows", limits.rows)
        if found.columns > limits.columns:
            raise Oversized("too_many_columns", limits.columns)
        if found.rows * found.columns > limits.cells:
            raise Oversized("too_many_cells", limits.cells)

    def _position(self) -> tuple[int, int]:
        """Return row and column of the present cell, from 0; column -1 before the first of a row."""
        match = _REFERENCE.fullmatch(self.reference)
        if match is None:
            raise ValueError(self.reference)
        column = 0
        for letter in match[1].upper():
            column = column * 26 + ord(letter) - ord("A") + 1
        return int(match[2]) - 1, column - 1

    def _beside(self) -> str:
        row, column = self._position()
        return address(row, column + 1)

    def _worked_out(self, _text: str) -> None:
        self.formula = False
        self.parser.CharacterDataHandler = None

    def _end_formula(self) -> None:
        if self.formula:
            self.found.flaws[self._position()] = "formula_without_value"
        self.formula = False
        self.parser.CharacterDataHandler = None


class _Weigher(_Pass):
    """Adds up the shared texts that the cells of a sheet point to."""

    def __init__(self, sizes: Sequence[int], limits: Limits) -> None:
        super().__init__()
        self.parser.buffer_text = True
        self.sizes = sizes
        self.limits = limits
        self.reference = ""
        self.is_shared = False
        self.total = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Look at the beginning of an element."""
        local = name.rpartition(":")[2]
        self.parser.CharacterDataHandler = None
        if local == "c":
            self.is_shared = attributes.get("t") == "s"
            self.reference = attributes.get("r", "")
        elif local == "v" and self.is_shared:
            self.parser.CharacterDataHandler = self._index

    def _index(self, text: str) -> None:
        index = int(text) if text.isdecimal() and len(text) < _DIGITS else 0
        size = self.sizes[index] if index < len(self.sizes) else 0
        self.total += size
        # Markup and several bytes a character: only what can't be a text of the allowed length is too long.
        if size > 16 * self.limits.cell_length:
            raise Oversized("cell_too_long", self.limits.cell_length, self.reference)
        if self.total > self.limits.text_bytes:
            raise Oversized("too_much_text", self.limits.text_bytes // 2**20)
