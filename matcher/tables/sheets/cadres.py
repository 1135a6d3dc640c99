"""The sheet of the candidates."""

from __future__ import annotations

from matcher import codes
from matcher.codes import Text
from matcher.tables.column import Column, Kind, Sheet

_PERSON = (
    Column(
        "id", Text("干部编码", "Cadre id"), Kind.ID,
        Text("干部的编码，不重复；前面的0会保留。", "The cadre's id, used once; leading zeros are kept."),
        "C00123", ("编码", "人员编码", "人员编号", "编号", "干部编号", "干部ID"),
    ),
    Column("name", Text("姓名", "Name"), Kind.TEXT, Text("干部姓名。", "The cadre's name."), "王某某", ("干部姓名",)),
    Column("sex", Text("性别", "Sex"), Kind.CODE, Text("男或女。", "male or female."), "女", (), codes.SEXES),
    Column(
        "birth_month", Text("出生年月", "Birth month"), Kind.MONTH,
        Text("年和月；按当月1日计算年龄。写“1985年10月”“1985-10”或文本“1985.10”。",
             "Year and month; the birthday is taken as the first of the month."),
        "1985-07", ("出生日期", "出生年月日", "出生时间", "生日", "出生"),
    ),
    Column("ethnicity", Text("民族", "Ethnicity"), Kind.TEXT, Text("民族。", "Ethnicity."), "布依族"),
    Column(
        "political_status", Text("政治面貌", "Political status"), Kind.CODE,
        Text("中共党员、中共预备党员、共青团员、民主党派或群众。", "See the code sheet."),
        "中共党员", ("政治面目",), codes.POLITICAL_STATUSES,
    ),
    Column(
        "party_joined", Text("转正日期", "Full Party member since"), Kind.DATE,
        Text("转为中共正式党员的日期；空白则不符合第一书记的党龄要求。",
             "Date of full Party membership; blank fails the rule that needs it."),
        "2010-06-12", ("党员转正日期", "转正时间", "入党转正日期"),
    ),
    Column(
        "work_started", Text("参加工作日期", "Work started"), Kind.DATE,
        Text("只有年月时按当月1日；空白则不符合第一书记的工作年限要求。",
             "A month counts from its first day; blank fails the rule that needs it."),
        "2008-07", ("参加工作时间", "工作时间", "参工时间"),
    ),
    Column(
        "education", Text("学历", "Education"), Kind.CODE,
        Text("高中中专、大专、本科、硕士或博士。", "See the code sheet."), "本科", ("最高学历", "文化程度"), codes.EDUCATIONS,
    ),
    Column("position", Text("职务", "Position"), Kind.TEXT, Text("现任职务。", "Present position."), "办公室主任", ("现任职务", "岗位职务")),
    Column(
        "rank", Text("职级", "Rank"), Kind.CODE,
        Text("职级或专业技术职称，见代码表。", "Rank or technical title; see the code sheet."), "乡科级副职", ("级别", "职务层次"),
        codes.RANKS,
    ),
    Column(
        "unit", Text("单位编码", "Unit id"), Kind.ID,
        Text("派出单位的编码，须在单位表里。", "Id of the cadre's unit, which must stand in the sheet of units."),
        "U0012", ("单位", "所在单位", "派出单位", "工作单位", "派出单位编码"),
    ),
)  # fmt: skip

_ABILITY = (
    Column(
        "specialties", Text("专长", "Specialties"), Kind.LEVELS,
        Text("专长后写1至5：1接触过，2做过，3能独立胜任，4能带头，5有名望；也可以单列，栏名写“专长·党建”。",
             "Specialty and level 1 to 5: 1 has met it, 2 has done it, 3 works in it on their own, 4 leads it, "
             '5 known for it; or one column a specialty, headed "Specialties·finance".'),
        "党建4、财务3", ("特长", "专业特长", "专长等级"), codes.SPECIALTIES,
    ),
    Column(
        "grassroots_years", Text("基层工作年限", "Grassroots years"), Kind.NUMBER,
        Text("年；空白即0。", "In years; blank: 0."), "3.5", ("基层年限", "基层工作年数", "基层经历年限"),
    ),
    Column(
        "appraisals", Text("年度考核", "Appraisals"), Kind.CODES,
        Text("近几年年度考核等次，最近的写在前。", "Yearly appraisals, newest first."),
        "优秀、称职、称职", ("考核等次", "近三年考核", "近三年考核等次", "年度考核等次", "考核结果"), codes.APPRAISALS,
    ),
    Column(
        "conditions", Text("资格条件", "Conditions"), Kind.ANSWERS,
        Text("本轮规则所列资格条件逐项写是或否，条件名后不写即是；也可以单列，栏名写“资格条件·条件名”。",
             "Each qualification condition with yes or no, the name alone meaning yes; or one column a condition, "
             'headed "Conditions·name".'),
        "政治素质好:是、能坚持驻村:否", ("条件", "资格"),
    ),
    Column(
        "flags", Text("负面情形", "Flags"), Kind.CODES,
        Text("负面清单情形，可多项；没有则空白或写“无”。", "Items of the negative list; blank: none."),
        "试用期", ("负面清单", "负面清单情形"), codes.NEGATIVE_ITEMS, open=True,
    ),
    Column(
        "languages", Text("语言", "Languages"), Kind.NAMES,
        Text("会说的民族语言或方言，可多项。", "Languages the cadre speaks."), "布依语", ("会说语言", "民族语言", "方言"),
    ),
    Column(
        "willing", Text("本人意愿", "Willing"), Kind.YES_NO,
        Text("是否愿意驻村；空白即未表态。", "Whether the cadre is willing; blank: not said."), "是", ("是否愿意", "意愿", "驻村意愿"),
    ),
    Column(
        "named_pick", Text("点名抽派", "Named pick"), Kind.YES_NO,
        Text("是否点名抽派；空白即否。", "Whether the cadre is a named pick; blank: no."), "否", ("是否点名抽派", "点名"),
    ),
)  # fmt: skip

_RECUSAL = (
    Column(
        "native_village", Text("本人籍贯村", "Native village"), Kind.ID,
        Text("本人出生或原籍的村编码，用于回避；可以是本轮以外的村。",
             "Id of the cadre's native village, for recusal; it may lie outside the round."),
        "520111001201", ("籍贯村", "原籍村", "本村"),
    ),
    Column(
        "spouse_native_village", Text("配偶籍贯村", "Spouse's native village"), Kind.ID,
        Text("配偶原籍的村编码，用于回避。", "Id of the spouse's native village, for recusal."), "520111001202", ("配偶原籍村",),
    ),
    Column(
        "kin_villages", Text("亲属所在村", "Villages of kin"), Kind.IDS,
        Text("须回避的近亲属所在村的编码，可多项。", "Ids of the villages of near kin, for recusal."),
        "520111001203、520111001204", ("近亲属所在村", "亲属村", "回避村"),
    ),
    Column(
        "native_township", Text("本人籍贯乡镇", "Native township"), Kind.TEXT,
        Text("写“县区/乡镇”；规则要求乡镇回避时用。", "As county/township; used where recusal is by township."),
        "花溪区/青岩镇", ("籍贯乡镇", "原籍乡镇"),
    ),
    Column(
        "spouse_native_township", Text("配偶籍贯乡镇", "Spouse's native township"), Kind.TEXT,
        Text("写“县区/乡镇”；规则要求乡镇回避时用。", "As county/township; used where recusal is by township."),
        "花溪区/石板镇", ("配偶原籍乡镇",),
    ),
    Column(
        "spouse", Text("配偶编码", "Spouse"), Kind.ID,
        Text("配偶也在本表时写其干部编码，一方填写即可。", "Cadre id of the spouse where in this sheet; one side is enough."),
        "C00456", ("配偶", "配偶干部编码"),
    ),
)  # fmt: skip

CADRES = Sheet(
    table="cadres",
    title=Text("干部表", "Cadres"),
    aliases=("干部", "干部花名册", "花名册", "候选人", "候选干部", "人选表", "cadre"),
    needed=True,
    help=Text("候选干部，一人一行。", "The candidates, one a row."),
    columns=(*_PERSON, *_ABILITY, *_RECUSAL),
)
