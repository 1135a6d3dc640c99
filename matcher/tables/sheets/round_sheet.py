"""The round's own sheet: one row a field instead of one column."""

from __future__ import annotations

from matcher.codes import Text
from matcher.tables.column import Column, Kind, Sheet

ROUND = Sheet(
    table="round",
    title=Text("选派轮次", "Round"),
    aliases=("轮次", "轮次信息", "基本信息", "选派"),
    needed=True,
    help=Text(
        "本轮选派的基本信息，一行一项：A列为项目，B列填内容。",
        "What holds for the whole round, one row an item: the item in column A, its content in column B.",
    ),
    columns=(
        Column(
            "id", Text("轮次编号", "Round id"), Kind.ID,
            Text("本轮选派的编号，自定，不重复。", "A name of your own for the round, used once."),
            "HX-2025", ("编号", "轮次编码"),
        ),
        Column(
            "name", Text("轮次名称", "Round name"), Kind.TEXT,
            Text("写入各类表册标题。", "Stands in the titles of every document."),
            "花溪区2025年驻村干部选派", ("名称",),
        ),
        Column(
            "region", Text("地区", "Region"), Kind.TEXT,
            Text("本轮所在的县、区或州。", "The county, district or prefecture of the round."),
            "花溪区", ("所在地区", "县区"),
        ),
        Column(
            "as_of", Text("计算年龄日期", "As-of date"), Kind.DATE,
            Text("年龄、党龄、工作年限统一算到这一天。", "Ages and years of service are taken at this date."),
            "2025-05-01", ("统计日期", "截止日期", "年龄计算日期", "基准日期", "as of"),
        ),
        Column(
            "starts_on", Text("任期起始日", "Term starts on"), Kind.DATE,
            Text("新一轮任期开始的日期；空白即计算年龄日期。", "First day of the term; blank: the as-of date."),
            "2025-06-01", ("任期开始", "起始日期", "任期起始日期"),
        ),
        Column(
            "term_months", Text("任期月数", "Term in months"), Kind.WHOLE,
            Text("任期几个月；空白即24。", "Months of the term; blank: 24."),
            "24", ("任期（月）", "任期"),
        ),
        Column(
            "handover_days", Text("压茬交接天数", "Handover days"), Kind.WHOLE,
            Text("新老队伍压茬交接的天数；空白即15。", "Days that the old and the new teams overlap; blank: 15."),
            "15", ("交接天数",),
        ),
        Column(
            "schema", Text("格式版本", "Format"), Kind.TEXT,
            Text("表格格式的版本，不用改。", "Version of the format; leave it as it is."),
            "round/1", ("格式",),
        ),
    ),
)  # fmt: skip
