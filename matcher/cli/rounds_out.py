"""Writing a round in the form that the name of the place asks for: workbook, JSON, or a folder of CSV files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.cli.outputs import check_folder, check_outputs, naming, written
from matcher.tables import write_csv, write_json, write_workbook
from matcher.words import command_line as words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matcher.cli.desk import Desk
    from matcher.round import Round
    from matcher.tables.writing import Encoding


def check_round_out(out: Path, inputs: Sequence[Path] = (), *, force: bool = False) -> None:
    """Refuse a place where no round can be written, before any work is done."""
    if out.suffix:
        check_outputs({"OUT": out}, inputs, force=force)
    else:
        check_folder("OUT", out, inputs)


def write_round(desk: Desk, round_: Round, out: Path, encoding: Encoding = "utf-8-sig") -> None:
    """Write a round whole or not at all, and say so."""
    with naming(out):
        if not out.suffix:
            write_csv(round_, out, desk.language, encoding)
        elif out.suffix.lower() == ".json":
            write_json(round_, out)
        else:
            write_workbook(round_, out, desk.language)
    written(desk, words.ROUND_FILE, out)
