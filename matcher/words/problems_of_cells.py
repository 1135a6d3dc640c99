"""Problems with what stands in one cell or field, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.words.wording import Wording, wording

if TYPE_CHECKING:
    from collections.abc import Mapping

CELLS: Mapping[str, Wording] = {
    "missing_field": wording(
        "“{field}”没有填", "请填写",
        "“{field}” is not filled in", "fill it in",
    ),
    "unknown_field": wording(
        "没有“{field}”这个字段", "请检查拼写，或删去",
        "there is no field “{field}”", "check its spelling, or remove it",
    ),
    "blank": wording(
        "“{field}”是空白", "请填写",
        "“{field}” is blank", "fill it in",
    ),
    "too_long": wording(
        "“{field}”太长，最多{most}个字", "请缩短",
        "“{field}” is longer than {most} characters", "shorten it",
    ),
    "cell_too_long": wording(
        "内容太长，一格最多{most}个字", "请缩短",
        "the cell holds more than {most} characters", "shorten it",
    ),
    "too_small": wording(
        "“{field}”的“{value}”太小", "应不小于{least}",
        "“{value}” is too small for “{field}”", "it must be at least {least}",
    ),
    "too_large": wording(
        "“{field}”的“{value}”太大", "应不大于{most}",
        "“{value}” is too large for “{field}”", "it must be at most {most}",
    ),
    "not_text": wording(
        "“{field}”的“{value}”不是文字", "请写成文字",
        "“{value}” in “{field}” is not text", "write it as text",
    ),
    "not_one_of": wording(
        "“{field}”不能是“{value}”", "可以是：{expected}",
        "“{field}” can't be “{value}”", "it may be: {expected}",
    ),
    "not_a_list": wording(
        "“{field}”不是列表", "请写成列表，如 [\"甲\", \"乙\"]",
        "“{field}” is not a list", 'write a list, such as ["a", "b"]',
    ),
    "not_a_map": wording(
        "“{field}”不是名称到值的对应", "请写成对象，如 {{\"party\": 5}}",
        "“{field}” is not a map", 'write an object, such as {{"party": 5}}',
    ),
    "not_a_record": wording(
        "这一条“{value}”不是一条记录", "请写成对象，每个字段一项",
        "“{value}” is not a record", "write an object with a member a field",
    ),
    "repeated_value": wording(
        "“{field}”里“{value}”写了两次", "请只写一次",
        "“{value}” stands twice in “{field}”", "write it once",
    ),
    "repeated_key": wording(
        "“{field}”里“{value}”写了两次", "请只写一次",
        "“{value}” stands twice in “{field}”", "write it once",
    ),
    "too_deep": wording(
        "“{field}”的列表或对应嵌套太深", "请减少层数",
        "lists or maps are nested too deeply in “{field}”", "nest them less",
    ),
    "unknown_code": wording(
        "“{value}”不是{list}的代码或名称{near}", "可填：{choices}",
        "“{value}” is no {list}{near}", "it may be: {choices}",
    ),
    "not_a_date": wording(
        "“{value}”不是日期", "请写成 2025-05-01 或 2025年5月1日",
        "“{value}” is not a date", "write it as 2025-05-01",
    ),
    "not_a_month": wording(
        "“{value}”不是年月", "请写成 1985-07 或 1985年7月",
        "“{value}” is not a month", "write it as 1985-07",
    ),
    "impossible_date": wording(
        "“{value}”不是存在的日期，或不在{first_year}年至{last_year}年之间", "请核对年、月、日",
        "“{value}” is no date that exists, or not between {first_year} and {last_year}", "check year, month and day",
    ),
    "ambiguous_month": wording(
        "“{value}”可能是{year}年1月，也可能是{year}年10月（数字末尾的0会丢失）",
        "请写成 {year}-01 或 {year}-10",
        "“{value}” may be January or October {year}, as a number loses its last zero",
        "write {year}-01 or {year}-10",
    ),
    "date_serial": wording(
        "“{value}”是 Excel 的日期序号，不是日期", "请把单元格格式改成日期，或写成 1985-07",
        "“{value}” is Excel's serial number of a date", "format the cell as a date, or write 1985-07",
    ),
    "not_a_number": wording(
        "“{value}”不是数字", "请只写数字，不带单位",
        "“{value}” is not a number", "write digits only, without a unit",
    ),
    "not_a_whole_number": wording(
        "“{value}”不是整数", "请写整数",
        "“{value}” is not a whole number", "write a whole number",
    ),
    "not_yes_or_no": wording(
        "“{value}”看不出是还是否", "请写“是”或“否”",
        "“{value}” is neither yes nor no", "write yes or no",
    ),
    "level_missing": wording(
        "“{value}”后面没有等级", "请在专长后写等级，如“党建5”",
        "there is no level after “{value}”", "write the level after the specialty, such as “law 2”",
    ),
    "bad_entry": wording(
        "“{value}”读不懂", "请写成“名称+内容”，如“党建5、政法2”或“条件:是”",
        "“{value}” can't be read", "write the name and its value, such as “law 2” or “condition: yes”",
    ),
    "bad_params": wording(
        "参数在“{value}”处读不懂（第{position}个字）", "请写成“参数名=值”，多个用分号分开，如 min_share=0.2",
        "the parameters can't be read at “{value}” (character {position})",
        "write name=value, several with semicolons, such as min_share=0.2",
    ),
    "digits_lost": wording(
        "“{value}”作为数字太长，Excel 已丢失末尾几位", "请把单元格格式改成文本，重新输入编码",
        "“{value}” is too long for a number, so Excel has lost its last digits",
        "format the cell as text and enter the id again",
    ),
    "date_in_id": wording(
        "编码被 Excel 变成了日期或时间（{value}）", "请把单元格格式改成文本，重新输入编码",
        "Excel has made a date or time of the id ({value})", "format the cell as text and enter the id again",
    ),
    "merged_cells": wording(
        "“{value}”所在的合并单元格跨了几行", "请取消合并，逐行填写",
        "the merged cell of “{value}” spans several records", "unmerge it and fill in every row",
    ),
    "error_value": wording(
        "单元格是公式错误值（如 #N/A、#REF!）", "请改正公式，或直接填写内容",
        "the cell holds an error value such as #N/A", "mend its formula, or write the value itself",
    ),
    "formula_without_value": wording(
        "公式还没有计算出结果", "请用 Excel 打开并保存一次，或直接填写内容",
        "the formula was never worked out", "open and save the workbook in Excel, or write the value itself",
    ),
    "text_like_formula": wording(
        "“{value}”像公式，已按文字读取", "如果不是有意这样写，请改正",
        "“{value}” looks like a formula and was read as text", "change it unless it is meant so",
    ),
}  # fmt: skip
