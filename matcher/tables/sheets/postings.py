"""The sheets about who holds or must hold a post: incumbents, decisions, panel scores, the plan in force."""

from __future__ import annotations

from matcher import codes
from matcher.codes import Text
from matcher.tables.column import Column, Kind, Sheet

_CADRE = Column(
    "cadre", Text("干部编码", "Cadre id"), Kind.ID,
    Text("须在干部表里。", "Must stand in the sheet of cadres."), "C00123", ("干部", "人员编码", "人员编号", "干部编号"),
)  # fmt: skip
_VILLAGE = Column(
    "village", Text("村编码", "Village id"), Kind.ID,
    Text("须在村情表里；总队长不填。", "Must stand in the sheet of villages; not for a captain."),
    "520111001201", ("村", "驻村", "村代码", "派驻村"),
)  # fmt: skip
_COUNTY = Column(
    "county", Text("县区", "County"), Kind.TEXT,
    Text("仅总队长填写；全轮只有一个县时可空白。", "For a captain only; may stay blank where the round has one county."),
    "花溪区", ("县", "区县", "县（区）", "县市区"),
)  # fmt: skip
_TOWNSHIP = Column(
    "township", Text("乡镇", "Township"), Kind.TEXT,
    Text("仅总队长填写。", "For a captain only."), "青岩镇", ("乡镇街道", "乡镇（街道）"),
)  # fmt: skip
_ROLE = Column(
    "role", Text("岗位", "Role"), Kind.CODE,
    Text("第一书记、驻村工作队员、下沉干部或总队长。", "first secretary, resident team member, support cadre or captain."),
    "第一书记", ("职务", "驻村职务", "角色"), codes.ROLES,
)  # fmt: skip

INCUMBENTS = Sheet(
    table="incumbents",
    title=Text("在岗表", "Incumbents"),
    aliases=("在岗人员", "在岗人员表", "现任", "在岗", "incumbent"),
    help=Text("目前在岗的驻村干部，一人一行。", "Who is in office now, one a row."),
    columns=(
        _CADRE, _VILLAGE, _COUNTY, _TOWNSHIP, _ROLE,
        Column(
            "since", Text("任职日期", "Since"), Kind.DATE,
            Text("到岗日期；空白视为任期未满。", "When the post began; blank is not due for rotation."),
            "2023-05-10", ("到岗日期", "任职时间", "驻村时间", "到村日期"),
        ),
        Column(
            "days_per_month", Text("月均驻村天数", "Days a month"), Kind.NUMBER,
            Text("0至31。", "0 to 31."), "21.5", ("每月驻村天数", "驻村天数"),
        ),
        Column(
            "appraisal", Text("驻村考核", "Appraisal"), Kind.CODE,
            Text("最近一次驻村考核等次。", "The latest appraisal in the village."), "称职", ("考核等次", "考核"),
            codes.APPRAISALS,
        ),
        Column(
            "recall", Text("召回情形", "Recall triggers"), Kind.CODES,
            Text("召回情形，可多项；没有则空白或写“无”。", "Recall triggers; blank: none."),
            "作用发挥不好", ("召回", "召回原因"), codes.RECALL_TRIGGERS,
        ),
        Column(
            "extension_approved", Text("批准延期", "Extension approved"), Kind.YES_NO,
            Text("任满后是否批准留任；空白即否。", "Whether staying on was approved; blank: no."), "否", ("是否批准延期", "延期", "批准留任"),
        ),
    ),
)  # fmt: skip

DECISIONS = Sheet(
    table="decisions",
    title=Text("锁定表", "Decisions"),
    aliases=("锁定", "已定事项", "已定事项表", "decision"),
    help=Text("已经议定的事项，一项一行；不豁免资格审查。", "What is decided already, one a row; no decision waives screening."),
    columns=(
        Column(
            "kind", Text("锁定类型", "Kind"), Kind.CODE,
            Text("锁定（某人到某村）、禁止（某人不到某村或不任某岗）、必选（某人须有岗）、不选、绑定单位、解绑单位。",
                 "lock, forbid, pick, drop, bind or unbind."),
            "锁定", ("类型", "事项"), codes.DECISION_KINDS,
        ),
        _CADRE,
        Column(
            "unit", Text("单位编码", "Unit id"), Kind.ID,
            Text("绑定、解绑时填写。", "For bind and unbind."), "U0012", ("单位",),
        ),
        _VILLAGE, _COUNTY, _TOWNSHIP, _ROLE,
        Column("reason", Text("理由", "Reason"), Kind.TEXT, Text("议定的依据。", "What it rests on."), "县委会议议定", ("原因", "依据")),
    ),
)  # fmt: skip

SUITABILITY = Sheet(
    table="suitability",
    title=Text("面谈评分表", "Suitability"),
    aliases=("面谈评分", "面谈", "评分表", "panel scores"),
    help=Text("面谈组对某人派往某村的评分，一对一行。", "The interview panel's own score for a pairing, one a row."),
    columns=(
        _CADRE, _VILLAGE,
        Column("score", Text("评分", "Score"), Kind.WHOLE, Text("0至100的整数。", "A whole number 0 to 100."), "85", ("得分", "分数")),
    ),
)  # fmt: skip

BASELINE = Sheet(
    table="baseline",
    title=Text("原方案表", "Baseline"),
    aliases=("原方案", "现行方案", "baseline plan"),
    help=Text(
        "中期调整时的现行方案，一岗一行。",
        "The plan in force, when a round is a mid-term adjustment, one post a row.",
    ),
    columns=(_CADRE, _VILLAGE, _COUNTY, _TOWNSHIP, _ROLE),
)
