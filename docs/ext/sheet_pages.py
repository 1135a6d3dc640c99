"""The tables of a round: for planners a sheet at a time (Chinese), for programs a table at a time (fields)."""

from __future__ import annotations

from annotated_types import Ge, Le
from code_pages import link
from markdown import cell, code, table

from matcher.codes import Text
from matcher.round.fields import RoundFields
from matcher.round.records import TABLES
from matcher.tables.column import Column, Kind, Sheet
from matcher.tables.help_sheets import _FORMS as FORMS
from matcher.tables.schema import SHEETS

#: What stands in JSON for what stands in a cell.
_JSON = {
    Kind.TEXT: "text",
    Kind.ID: "id (text)",
    Kind.WHOLE: "whole number",
    Kind.NUMBER: "number",
    Kind.DATE: "`YYYY-MM-DD`",
    Kind.MONTH: "`YYYY-MM`",
    Kind.YES_NO: "`true` / `false`",
    Kind.CODE: "{list}",
    Kind.CODES: "list of {list}",
    Kind.NAMES: "list of texts",
    Kind.IDS: "list of ids",
    Kind.LEVELS: "map of {list} to level",
    Kind.ANSWERS: "map of condition to `true` / `false`",
    Kind.RULE: "id of a rule or term",
    Kind.PARAMS: "map of parameters",
}
#: Limits from here on only keep out mistakes.
_TOO_LARGE = 10_000
#: Fields of the document that have no column of their own.
_WITHOUT_COLUMN = {"needs_by_type": ("map of type to needs", "Needs of a village whose own are all blank, by its "
                   "types; types not given keep the [built-in ones](#needs-by-type). In a workbook a sheet of its own.")}  # fmt: skip


def planners_table(sheet: Sheet) -> str:
    """Return a sheet's columns for somebody who fills it in, in Chinese."""
    rows = []
    for column in sheet.columns:
        needed = "**必填**" if sheet.required(column) else ""
        example = code(column.example)
        rows.append(
            [cell(column.header.zh), needed, cell(FORMS[column.kind].zh), cell(column.help.zh), example]
        )
    return table(["栏目", "必填", "形式", "含义和填法", "例"], rows, "sheet")


def fields_table(sheet: Sheet) -> str:
    """Return a table's fields for somebody who writes a program."""
    model = RoundFields if sheet.table == "round" else TABLES[sheet.table]
    rows = []
    for name, field in model.model_fields.items():
        shown = field.alias or name
        column = sheet.column(shown)
        if column is None:
            form, meaning = _WITHOUT_COLUMN[shown]
            rows.append([code(shown), form, meaning])
            continue
        needed = "**Needed.** " if sheet.required(column) else ""
        rows.append(
            [
                f"{code(shown)}<br>{cell(column.header.zh)}",
                _form(column) + _limits(field),
                needed + _meaning(column),
            ]
        )
    return table(["field", "form", "meaning"], rows, "fields")


def _form(column: Column) -> str:
    list_ = link(column.codes) if column.codes is not None else "word"
    return _JSON[column.kind].format(list=list_)


def _meaning(column: Column) -> str:
    text = (
        Text("", "") if column.codes is not None and column.help.en == "See the code sheet." else column.help
    )
    return cell(text.en)


def _limits(field: object) -> str:
    """Return the least and the most of a number, where it has both."""
    least = [item.ge for item in getattr(field, "metadata", ()) if isinstance(item, Ge)]
    most = [item.le for item in getattr(field, "metadata", ()) if isinstance(item, Le)]
    return f" {least[0]} to {most[0]}" if least and most and abs(float(str(most[0]))) < _TOO_LARGE else ""


def sheets() -> dict[str, Sheet]:
    """Return the sheets by table."""
    return {sheet.table: sheet for sheet in SHEETS}
