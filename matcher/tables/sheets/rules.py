"""The sheet of the rules that this round sets otherwise than built in."""

from __future__ import annotations

from matcher import codes
from matcher.codes import Text
from matcher.tables.column import Column, Kind, Sheet

RULES = Sheet(
    table="rules",
    title=Text("规则表", "Rules"),
    aliases=("规则", "rule"),
    help=Text(
        "只写与内置规则不同的；一条规则一行。全部规则和参数见代码表。",
        "Only what differs from the built-in rules, one rule a row; the code sheet lists every rule.",
    ),
    columns=(
        Column(
            "id", Text("规则", "Rule"), Kind.RULE,
            Text("规则代码或名称，见代码表。", "The rule's id or name; see the code sheet."), "young_share",
            ("规则代码", "规则编码", "规则名称", "编码"),
        ),
        Column(
            "mode", Text("方式", "Mode"), Kind.CODE,
            Text("硬（必须）、软（尽量，违反扣分）、关、开；空白即内置方式。",
                 "hard, soft (at a penalty), off or on; blank: as built in."),
            "软", ("约束方式",), codes.MODES,
        ),
        Column(
            "weight", Text("权重", "Weight"), Kind.WHOLE,
            Text("软规则每违反一个单位扣的分，或得分项的权重；0以上整数。",
                 "Penalty for each unit of a soft rule, or weight of a score term; a whole number from 0."),
            "30", ("分值",),
        ),
        Column(
            "params", Text("参数", "Parameters"), Kind.PARAMS,
            Text("写“参数名=值”，多个参数用分号分开；列表用[ ]，对应关系用{ }，也可以写JSON。",
                 "name=value, several with semicolons; lists in [ ], maps in { }; JSON is understood too."),
            "min_share=0.2", ("规则参数", "params"),
        ),
        Column("source", Text("依据文号", "Source"), Kind.TEXT, Text("文件号。", "Document number."), "组通字〔2025〕3号", ("文号", "依据")),
        Column("note", Text("说明", "Note"), Kind.TEXT, Text("随意填写。", "Anything."), "", ("备注", "notes")),
    ),
)  # fmt: skip
