"""The schema of the round's tables: every sheet and column, their names, order and meaning.

This is the one place that relates the fields of a round document to what stands in a workbook or a CSV
folder; reading, writing, templates and help all follow it. The columns themselves are listed in
:mod:`matcher.tables.sheets`, one file a sheet.
"""

from __future__ import annotations

from typing import Final

from matcher.codes import Text
from matcher.tables.column import SPREADABLE, Column, Kind, Sheet
from matcher.tables.sheets.cadres import CADRES
from matcher.tables.sheets.postings import BASELINE, DECISIONS, INCUMBENTS, SUITABILITY
from matcher.tables.sheets.round_sheet import ROUND
from matcher.tables.sheets.rules import RULES
from matcher.tables.sheets.units import UNITS
from matcher.tables.sheets.villages import NEEDS_BY_TYPE, VILLAGES

__all__ = [
    "BY_TABLE",
    "CODE_SHEET",
    "HELP_SHEET",
    "PROBLEM_SHEET",
    "SHEETS",
    "SPREADABLE",
    "Column",
    "Kind",
    "Sheet",
]

#: The sheets in the order in which they are written.
SHEETS: Final = (
    ROUND, VILLAGES, UNITS, CADRES, INCUMBENTS, DECISIONS, SUITABILITY, BASELINE, RULES, NEEDS_BY_TYPE,
)  # fmt: skip

#: The sheets by the name of their table.
BY_TABLE: Final = {sheet.table: sheet for sheet in SHEETS}

#: Sheets that hold no data of the round: they are written for people and passed over when reading.
HELP_SHEET: Final = Text("填写说明", "How to fill in")
CODE_SHEET: Final = Text("代码表", "Codes")
PROBLEM_SHEET: Final = Text("问题清单", "Problems")

#: Headers of the round's own sheet, which has a row a field.
ROUND_HEADERS: Final = (Text("项目", "Item"), Text("内容", "Content"), Text("说明", "Help"))

#: Columns that people keep for themselves: a running number, and remarks where the table has no such field.
RUNNING_NUMBER: Final = ("序号", "No.", "No", "#", "行号")
REMARKS: Final = ("备注", "说明", "Notes", "Remarks")
