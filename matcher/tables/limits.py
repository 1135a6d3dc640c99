"""How much a file may hold before it is refused unread."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.problems import MOST_PROBLEMS


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader accepts; the defaults admit 20,000 cadres and 3,000 villages with room to spare.

    Attributes
    ----------
    file_bytes
        Size of the file; of all its files together for a folder.
    unpacked_bytes
        Size of a workbook's parts once unpacked.
    parts
        Number of parts in a workbook's package, or of files in a folder.
    sheets
        Number of sheets.
    rows, columns
        Extent of one sheet.
    cells
        Area of one sheet, from A1 to its last cell.
    cell_length
        Characters in one cell; Excel's own limit.
    text_bytes
        Text of all cells of a sheet together, a shared text counted each time it is used.
    problems
        Problems with the cells of one sheet, after which reading it stops.
    depth
        How deep lists and maps may be nested, in JSON and in rule parameters.
    """

    file_bytes: int = 64 * 2**20
    unpacked_bytes: int = 256 * 2**20
    parts: int = 2_000
    sheets: int = 64
    rows: int = 300_000
    columns: int = 256
    cells: int = 6_000_000
    cell_length: int = 32_767
    text_bytes: int = 512 * 2**20
    problems: int = MOST_PROBLEMS
    depth: int = 20
