"""The sheets that say what villages need: the villages themselves, and the needs of a type of village."""

from __future__ import annotations

from matcher import codes
from matcher.codes import Text
from matcher.tables.column import Column, Kind, Sheet

_LEVELS_HELP = Text(
    "专长后写需求强度0至5，多项用顿号分开；也可以每项专长单列一栏，栏名写“需求·党建”。",
    "Specialty and strength of the need 0 to 5, several with semicolons; or one column a specialty, "
    'headed "Needs·party building".',
)

VILLAGES = Sheet(
    table="villages",
    title=Text("村情表", "Villages"),
    aliases=("村", "村表", "村情", "村情况表", "村庄", "驻村点", "village"),
    needed=True,
    help=Text("要派驻的村，一村一行。", "The villages that get a team, one a row."),
    columns=(
        Column(
            "id", Text("村编码", "Village id"), Kind.ID,
            Text("村的编码，不重复；前面的0会保留。", "The village's id, used once; leading zeros are kept."),
            "520111001201", ("编码", "村代码", "行政村编码", "村ID"),
        ),
        Column(
            "name", Text("村名", "Village"), Kind.TEXT,
            Text("村或社区的名称。", "Name of the village or community."),
            "龙井村", ("村名称", "行政村", "村（社区）", "村社区名称", "村庄名称", "名称"),
        ),
        Column(
            "county", Text("县区", "County"), Kind.TEXT,
            Text("所在县、区；全轮只有一个县时可空白。", "Its county; may stay blank where the round has one county."),
            "花溪区", ("县", "区县", "所在县", "县（区）", "县市区"),
        ),
        Column(
            "township", Text("乡镇", "Township"), Kind.TEXT,
            Text("所在乡镇或街道。", "Its township or subdistrict."),
            "青岩镇", ("乡镇街道", "乡镇（街道）", "所在乡镇", "镇"),
        ),
        Column(
            "types", Text("村类型", "Types"), Kind.CODES,
            Text("村的类型，可多项，用顿号分开。", "The village's types, several with semicolons."),
            "脱贫村、软弱涣散村", ("类型", "村类别", "类别"), codes.VILLAGE_TYPES,
        ),
        Column(
            "needs", Text("需求", "Needs"), Kind.LEVELS,
            Text(_LEVELS_HELP.zh + "空白则按村类型取。", _LEVELS_HELP.en + " Blank: taken from the types."),
            "党建5、政法2", ("专长需求", "需求专长", "干部需求"), codes.SPECIALTIES,
        ),
        Column(
            "hardship", Text("帮扶难度", "Hardship"), Kind.WHOLE,
            Text("1（易）至5（难）；空白即1。", "1 (easy) to 5 (hard); blank: 1."),
            "3", ("难度", "困难程度"),
        ),
        Column(
            "residents", Text("工作队员数", "Residents"), Kind.WHOLE,
            Text("第一书记以外的驻村工作队员人数；空白按村类型，否则2。",
                 "Resident team members besides the first secretary; blank: by type, else 2."),
            "2", ("队员数", "驻村队员数", "队员人数"),
        ),
        Column(
            "support_min", Text("下沉干部最少", "Support at least"), Kind.WHOLE,
            Text("下沉干部最少几名；空白按村类型，否则0。", "Support cadres at least; blank: by type, else 0."),
            "0", ("下沉干部下限",),
        ),
        Column(
            "support_max", Text("下沉干部最多", "Support at most"), Kind.WHOLE,
            Text("下沉干部最多几名；空白按村类型，否则同最少。",
                 "Support cadres at most; blank: by type, else as many as the least."),
            "1", ("下沉干部上限",),
        ),
        Column(
            "languages", Text("语言", "Languages"), Kind.NAMES,
            Text("村里通用的民族语言或方言，可多项。", "Languages spoken in the village."),
            "布依语、苗语", ("通用语言", "民族语言", "方言"),
        ),
        Column(
            "lead_unit", Text("已定包村单位", "Decided lead unit"), Kind.ID,
            Text("已经议定的包村单位编码，必须照办；未定则空白。",
                 "Id of the unit already decided to lead the village, which binds; blank: open."),
            "U0012", ("包村单位", "包村单位编码", "已定后盾单位"),
        ),
        Column(
            "current_lead_unit", Text("现包村单位", "Current lead unit"), Kind.ID,
            Text("目前的包村单位编码。", "Id of the unit that leads the village now."),
            "U0012", ("现后盾单位", "原包村单位"),
        ),
        Column(
            "population", Text("人口", "Population"), Kind.WHOLE,
            Text("仅供参考，不参与计算。", "For information only."), "1459", ("人口数", "总人口"),
        ),
        Column(
            "households", Text("户数", "Households"), Kind.WHOLE,
            Text("仅供参考，不参与计算。", "For information only."), "423", ("总户数",),
        ),
        Column(
            "income", Text("人均收入", "Income"), Kind.NUMBER,
            Text("元，仅供参考，不参与计算。", "Yuan a head, for information only."), "14577", ("人均纯收入", "人均可支配收入"),
        ),
        Column(
            "disputes", Text("矛盾纠纷数", "Disputes"), Kind.WHOLE,
            Text("仅供参考，不参与计算。", "For information only."), "3", ("纠纷数", "矛盾纠纷"),
        ),
        Column(
            "distance_km", Text("距县城公里", "Distance in km"), Kind.NUMBER,
            Text("仅供参考，不参与计算。", "For information only."), "22.5", ("距离", "距县城距离", "里程"),
        ),
        Column(
            "notes", Text("备注", "Notes"), Kind.TEXT,
            Text("随意填写，不参与计算。", "Anything; for information only."), "", ("说明", "note"),
        ),
    ),
)  # fmt: skip

NEEDS_BY_TYPE = Sheet(
    table="needs_by_type",
    title=Text("类型需求表", "Needs by type"),
    aliases=("类型需求", "村类型需求表"),
    help=Text(
        "村的“需求”空白时，按村类型取这里的需求；没有列出的类型用内置的。",
        "Where a village's needs are blank they come from here, by its types; types not listed keep the built-in needs.",
    ),
    columns=(
        Column(
            "type", Text("村类型", "Type"), Kind.CODE,
            Text("每种类型一行。", "One row a type."), "软弱涣散村", ("类型",), codes.VILLAGE_TYPES,
        ),
        Column("needs", Text("需求", "Needs"), Kind.LEVELS, _LEVELS_HELP, "党建5、政法2", ("专长需求",), codes.SPECIALTIES),
    ),
)  # fmt: skip
