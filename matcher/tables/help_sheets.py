"""The two sheets written for people: how to fill in every column, and all the codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher import codes
from matcher.codes import CodeList, Text
from matcher.rulebook import catalogue
from matcher.tables.column import Kind
from matcher.tables.grid import letters
from matcher.tables.schema import CODE_SHEET, HELP_SHEET, SHEETS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.codes import Language
    from matcher.tables.styles import Styles

#: Where each code list stands in the workbook, for drop-down lists.
CodeRanges = dict[str, str]

_HEADERS = (
    (Text("工作表", "Sheet"), 16), (Text("栏目", "Column"), 18), (Text("必填", "Needed"), 8),
    (Text("形式", "Form"), 24), (Text("含义和填法", "Meaning"), 70), (Text("例", "Example"), 34),
)  # fmt: skip
_INTRODUCTION = Text(
    "红色栏名必填。栏目顺序可变，中英文栏名都可以；表上方可留一行标题。多项内容用顿号、逗号、分号或换行分开。"
    "编码按文本填写，前面的0会保留；年月写成2025-05或“2025年5月”。“填写说明”“代码表”两张表不读取。",
    "Headers in red must be filled in. Columns may stand in any order, with Chinese or English headers; a title may stand "
    "above them. Several values in a cell are separated by commas, semicolons or new lines. Ids are text and keep "
    "leading zeros; write months as 2025-05. The sheets of help and codes are not read.",
)
_FORMS = {
    Kind.TEXT: Text("文字", "text"),
    Kind.ID: Text("编码（文本）", "id (text)"),
    Kind.WHOLE: Text("整数", "whole number"),
    Kind.NUMBER: Text("数字", "number"),
    Kind.DATE: Text("日期", "date"),
    Kind.MONTH: Text("年月", "month"),
    Kind.YES_NO: Text("是/否", "yes or no"),
    Kind.CODE: Text("选一项，见代码表", "one code, see the code sheet"),
    Kind.CODES: Text("可多项，见代码表", "several codes, see the code sheet"),
    Kind.NAMES: Text("文字，可多项", "text, several"),
    Kind.IDS: Text("编码，可多项", "ids, several"),
    Kind.LEVELS: Text("专长+等级，可多项", "specialty and level, several"),
    Kind.ANSWERS: Text("条件:是/否，可多项", "condition: yes or no, several"),
    Kind.RULE: Text("规则代码或名称", "rule id or name"),
    Kind.PARAMS: Text("参数名=值", "name=value"),
}
_CODE = Text("代码", "Code")
_RULE_HEADERS = (
    (Text("规则代码", "Rule id"), 20), (Text("规则名称", "Rule"), 20), (Text("参数", "Parameters"), 34),
    (Text("含义", "Meaning"), 90),
)  # fmt: skip


def code_lists() -> Iterator[CodeList]:
    """Yield every code list that some column takes its codes from, each once."""
    lists = [column.codes for sheet in SHEETS for column in sheet.columns if column.codes is not None]
    yield from {list_.name: list_ for list_ in (*lists, codes.WILLINGNESS)}.values()


def write_help(book: Any, styles: Styles, language: Language) -> None:
    """Write the sheet that explains every column."""
    worksheet = book.add_worksheet(HELP_SHEET.in_(language))
    worksheet.merge_range(0, 0, 0, len(_HEADERS) - 1, _INTRODUCTION.in_(language), styles.wrapped)
    worksheet.set_row(0, 64)
    _head(worksheet, 1, _HEADERS, styles, language)
    row = 2
    for sheet in SHEETS:
        cells = [
            sheet.title,
            Text("", ""),
            Text("是", "yes") if sheet.needed else Text("", ""),
            Text("", ""),
            sheet.help,
        ]
        _texts(worksheet, row, [cell.in_(language) for cell in cells], styles)
        row += 1
        for column in sheet.columns:
            needed = Text("是", "yes").in_(language) if sheet.required(column) else ""
            form, meaning = _FORMS[column.kind].in_(language), column.help.in_(language)
            names = [sheet.title.in_(language), column.header.in_(language)]
            _texts(worksheet, row, [*names, needed, form, meaning, column.example], styles)
            row += 1
    worksheet.freeze_panes(2, 0)


def write_codes(book: Any, styles: Styles, language: Language) -> CodeRanges:
    """Write the sheet of all codes and return where each list stands."""
    title = CODE_SHEET.in_(language)
    worksheet = book.add_worksheet(title)
    ranges: CodeRanges = {}
    at = 0
    for list_ in code_lists():
        names = [code.text.in_(language) for code in list_.codes]
        first = _absolute(1, at)
        ranges[list_.name] = f"='{title}'!{first}:{_absolute(len(names), at)}"
        columns = [(list_.text, 24)] + ([(_CODE, 18)] if names != list(list_) else [])
        _head(worksheet, 0, columns, styles, language, at)
        for row, (name, code) in enumerate(zip(names, list_, strict=True), start=1):
            _texts(worksheet, row, [name, code][: len(columns)], styles, at)
        at += len(columns) + 1
    _head(worksheet, 0, _RULE_HEADERS, styles, language, at)
    for row, rule in enumerate(catalogue().values(), start=1):
        params = ", ".join(rule.Params.model_fields)
        _texts(
            worksheet,
            row,
            [rule.id, rule.name.in_(language), params, rule.sentence.in_(language)],
            styles,
            at,
        )
    worksheet.freeze_panes(1, 0)
    return ranges


def _head(worksheet: Any, row: int, headers: Any, styles: Styles, language: Language, at: int = 0) -> None:
    for index, (header, width) in enumerate(headers, start=at):
        worksheet.write_string(row, index, header.in_(language), styles.header)
        worksheet.set_column(index, index, width)


def _texts(worksheet: Any, row: int, texts: list[str], styles: Styles, at: int = 0) -> None:
    for index, text in enumerate(texts, start=at):
        if text:
            worksheet.write_string(row, index, text, styles.wrapped)


def _absolute(row: int, column: int) -> str:
    return f"${letters(column)}${row + 1}"
