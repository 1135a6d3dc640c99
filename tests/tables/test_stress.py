"""Stress rounds typed into a workbook as people type them give exactly their documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from matcher.round import Round
from matcher.synth.stress import STRESS, Stress
from matcher.tables import located_warnings, read_document, read_round, round_of, write_csv, write_workbook
from matcher.tables.schema import BY_TABLE
from tests.tables.samples import write_cells

if TYPE_CHECKING:
    from pathlib import Path


def _typed(path: Path, stress: Stress, round_: Round) -> Path:
    """Write the round as a workbook with the odd cells of the stress round in their places."""
    write_workbook(round_, path)
    book = openpyxl.load_workbook(path)
    sheets: dict[str, list[list[Any]]] = {sheet.title: [list(row) for row in sheet.values] for sheet in book}
    for table, odd in stress.cells.items():
        sheet = BY_TABLE[table]
        rows = sheets[sheet.title.zh]
        by_id = {row[0]: row for row in rows}
        for cells in odd:
            for field, cell in cells.items():
                column = sheet.column(field)
                assert column is not None
                by_id[cells["id"]][rows[0].index(column.header.zh)] = cell
    return write_cells(path, sheets)


@pytest.mark.parametrize("stress", STRESS, ids=lambda stress: stress.name)
def test_stress(tmp_path: Path, stress: Stress) -> None:
    document = stress.build()
    round_ = Round.from_document(document)
    source = read_document(_typed(tmp_path / "round.xlsx", stress, round_))
    read = round_of(source)
    assert read.document() == round_.document()
    for table in ("villages", "units", "cadres", "decisions"):
        for given, kept in zip(document.get(table, ()), read.document().get(table, ()), strict=True):
            filled = {key: value for key, value in given.items() if value not in (None, "", [], {})}
            assert {key: kept.get(key) for key in filled} == filled
    codes = {warning.code for warning in located_warnings(source, read)}
    # What screening warns of is not known here.
    assert set(stress.expected.warnings) - {"pick_refused"} <= codes
    write_csv(round_, tmp_path / "csv")
    assert read_round(tmp_path / "csv").digest == round_.digest
