"""Problems with a whole file, a sheet or a header, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.words.wording import Wording, wording

if TYPE_CHECKING:
    from collections.abc import Mapping

FILES: Mapping[str, Wording] = {
    "file_missing": wording(
        "找不到文件“{value}”", "请检查路径和文件名",
        "there is no file “{value}”", "check the path and the name",
    ),
    "file_unreadable": wording(
        "文件“{value}”打不开（{message}）", "请检查权限，或先在其他程序中关闭它",
        "the file “{value}” can't be opened ({message})", "check its permissions, or close it in other programs",
    ),
    "file_empty": wording(
        "文件“{value}”是空的", "请重新导出或另选文件",
        "the file “{value}” is empty", "export it again or choose another",
    ),
    "file_too_large": wording(
        "文件“{value}”超过{most}MB", "请删去图片和无关的工作表后再试",
        "the file “{value}” is larger than {most} MB", "remove pictures and sheets that don't belong to the round",
    ),
    "unknown_file_type": wording(
        "不认识文件“{value}”的类型", "请用 .xlsx 工作簿、CSV 文件夹或 .json 文件",
        "the type of the file “{value}” is unknown", "use an .xlsx workbook, a folder of CSV files or a .json file",
    ),
    "not_a_workbook": wording(
        "“{value}”不是 Excel 工作簿", "请用 Excel 或 WPS 打开后另存为 .xlsx",
        "“{value}” is not an Excel workbook", "open it in Excel and save it as .xlsx",
    ),
    "damaged_workbook": wording(
        "工作簿“{value}”已损坏或不完整", "请用 Excel 打开修复，另存为 .xlsx，或重新取得文件",
        "the workbook “{value}” is damaged or incomplete", "open it in Excel to repair it and save it as .xlsx",
    ),
    "encrypted_workbook": wording(
        "工作簿“{value}”设了密码", "请在 Excel 中取消打开密码后另存",
        "the workbook “{value}” is protected by a password", "remove the password in Excel and save it again",
    ),
    "old_workbook": wording(
        "“{value}”是旧版 .xls 格式", "请在 Excel 或 WPS 中另存为 .xlsx",
        "“{value}” has the old .xls format", "save it as .xlsx",
    ),
    "other_workbook": wording(
        "“{value}”不是 .xlsx 格式的工作簿", "请在 Excel 或 WPS 中另存为 .xlsx",
        "“{value}” is a workbook of another format", "save it as .xlsx",
    ),
    "macro_workbook": wording(
        "工作簿“{value}”含有宏", "请另存为不含宏的 .xlsx",
        "the workbook “{value}” contains macros", "save it as .xlsx without macros",
    ),
    "too_many_parts": wording(
        "“{value}”里的部件或文件超过{most}个", "请删去图片、附件和无关内容后再试",
        "“{value}” holds more than {most} parts or files", "remove pictures and whatever doesn't belong to the round",
    ),
    "unpacks_too_large": wording(
        "工作簿“{value}”解压后超过{most}MB", "请删去图片和无关的工作表后再试",
        "the workbook “{value}” is larger than {most} MB once unpacked",
        "remove pictures and sheets that don't belong to the round",
    ),
    "xml_with_dtd": wording(
        "工作簿“{value}”的部件“{part}”含有不允许的内容", "请用 Excel 打开后另存为新的 .xlsx",
        "the part “{part}” of the workbook “{value}” holds declarations that are not allowed",
        "open it in Excel and save it as a new .xlsx",
    ),
    "too_many_sheets": wording(
        "工作簿“{value}”的工作表超过{most}张", "请删去无关的工作表",
        "the workbook “{value}” has more than {most} sheets", "remove sheets that don't belong to the round",
    ),
    "too_many_rows": wording(
        "超过{most}行", "请删去下方多余的行（选中整行后删除，不是清空内容）",
        "there are more than {most} rows", "delete the needless rows below the data",
    ),
    "too_many_columns": wording(
        "超过{most}列", "请删去右侧多余的列（选中整列后删除，不是清空内容）",
        "there are more than {most} columns", "delete the needless columns right of the data",
    ),
    "too_many_cells": wording(
        "单元格范围超过{most}格", "请删去数据以外零散的内容",
        "the cells in use span more than {most}", "delete whatever stands far away from the data",
    ),
    "too_much_text": wording(
        "文字总量超过{most}MB", "请缩短过长的单元格",
        "the texts add up to more than {most} MB", "shorten the longest cells",
    ),
    "too_many_problems": wording(
        "问题太多，只列出前{most}个", "请先改正所列问题再读取",
        "there are too many problems; only the first {most} are listed", "mend these first, then read it again",
    ),
    "no_csv_files": wording(
        "文件夹“{value}”里没有 CSV 文件", "请放入以表名命名的 CSV 文件，如“干部表.csv”",
        "the folder “{value}” holds no CSV files", "put CSV files there that are named after the tables, such as Cadres.csv",
    ),
    "bad_csv": wording(
        "CSV 格式有误（{message}）", "请检查这一行的引号，或用 Excel 重新导出",
        "this is no proper CSV ({message})", "check the quotation marks in this line, or export the file again",
    ),
    "unknown_encoding": wording(
        "文件“{value}”的编码既不是 UTF-8 也不是 GB18030", "请另存为“CSV UTF-8（逗号分隔）”",
        "the file “{value}” is neither UTF-8 nor GB18030", "save it as CSV UTF-8",
    ),
    "not_utf8": wording(
        "文件“{value}”不是 UTF-8 编码", "请另存为 UTF-8",
        "the file “{value}” is not UTF-8", "save it as UTF-8",
    ),
    "json_syntax": wording(
        "JSON 第{line}行第{column}列有语法错误（{message}）", "请改正该处，或重新导出",
        "JSON syntax error in line {line}, column {column} ({message})", "mend it there, or export the file again",
    ),
    "same_file": wording(
        "“{value}”就是原来的工作簿", "请另选一个文件名，原件不改动",
        "“{value}” is the original workbook", "choose another name; the original stays as it is",
    ),
    "folder_not_ours": wording(
        "文件夹“{value}”里有别的文件，不能覆盖", "请另选一个空文件夹",
        "“{value}” holds other files and is left alone", "choose an empty folder",
    ),
    "not_a_round": wording(
        "内容不是一轮选派的数据（{value}）", "请用模板填写，或用导出的 JSON 文件",
        "this is not the document of a round ({value})", "use the template, or an exported JSON file",
    ),
    "bad_document": wording(
        "文件中“{field}”有误：{message}", "请使用本系统导出的文件",
        "“{field}” of the document is not right: {message}", "use a document that this product wrote",
    ),
    "missing_sheet": wording(
        "缺少工作表“{name}”", "请补上这张表，可从模板复制",
        "the sheet “{name}” is missing", "add it (the template has it)",
    ),
    "unknown_sheet": wording(
        "不认识工作表“{value}”{near}", "请改成模板里的表名，或把这张表移出文件",
        "the sheet “{value}” is unknown{near}", "name it as in the template, or take it out of the file",
    ),
    "duplicate_sheet": wording(
        "工作表“{value}”与{first}是同一张表", "请只保留一张",
        "the sheets “{value}” and {first} are the same table", "keep one of them",
    ),
    "no_header": wording(
        "前5行里找不到栏名", "请把栏名放在第一行，至少要有：{headers}",
        "there are no known headers in the first five rows", "put the headers into the first row, at least: {headers}",
    ),
    "missing_column": wording(
        "缺少必填栏“{name}”", "请补上这一栏",
        "the column “{name}” is missing", "add it",
    ),
    "unknown_header": wording(
        "不认识栏名“{value}”{near}", "请改成填写说明里的栏名，或删去这一栏",
        "the header “{value}” is unknown{near}", "use a header of the help sheet, or delete the column",
    ),
    "unknown_item": wording(
        "不认识项目“{value}”{near}", "请改成模板里的项目名，或删去这一行",
        "the item “{value}” is unknown{near}", "use an item of the template, or delete the row",
    ),
    "duplicate_header": wording(
        "栏名“{value}”与{first}重复", "请只保留一栏",
        "the header “{value}” means the same as {first}", "keep one of the columns",
    ),
    "data_without_header": wording(
        "这一列有内容“{value}”但没有栏名", "请补上栏名，或删去这一列",
        "there is “{value}” in a column without a header", "add a header, or delete the column",
    ),
    "ignored_column": wording(
        "“{value}”栏不读取", "需要的内容请填到相应的栏目",
        "the column “{value}” is not read", "put what matters into the columns of the help sheet",
    ),
}  # fmt: skip
