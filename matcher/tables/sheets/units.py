"""The sheet of the dispatching units."""

from __future__ import annotations

from matcher import codes
from matcher.codes import Text
from matcher.tables.column import Column, Kind, Sheet

UNITS = Sheet(
    table="units",
    title=Text("单位表", "Units"),
    aliases=("单位", "派出单位", "派出单位表", "后盾单位表", "unit"),
    needed=True,
    help=Text("派出单位（后盾单位），一个单位一行。", "The dispatching units, one a row."),
    columns=(
        Column(
            "id", Text("单位编码", "Unit id"), Kind.ID,
            Text("单位的编码，不重复；前面的0会保留。", "The unit's id, used once; leading zeros are kept."),
            "U0012", ("编码", "单位代码", "单位ID"),
        ),
        Column(
            "name", Text("单位名称", "Unit"), Kind.TEXT,
            Text("单位的规范名称。", "The unit's full name."), "区农业农村局", ("名称", "单位全称", "派出单位"),
        ),
        Column(
            "level", Text("单位层级", "Level"), Kind.CODE,
            Text("中央、省、市州、县、乡镇。", "central, province, prefecture, county or township."),
            "县", ("层级", "级别"), codes.UNIT_LEVELS,
        ),
        Column(
            "kind", Text("单位性质", "Kind"), Kind.CODE,
            Text("见代码表。", "See the code sheet."), "政府机关", ("性质", "单位类别"), codes.UNIT_KINDS,
        ),
        Column(
            "county", Text("县区", "County"), Kind.TEXT,
            Text("县级和乡镇单位所在县区；全轮只有一个县时可空白。",
                 "County of a county's or township's unit; may stay blank where the round has one county."),
            "花溪区", ("县", "区县", "所在县", "县（区）", "县市区"),
        ),
        Column(
            "township", Text("乡镇", "Township"), Kind.TEXT,
            Text("乡镇单位必填。", "Needed for a township's unit."), "青岩镇", ("乡镇街道", "乡镇（街道）", "所在乡镇"),
        ),
        Column(
            "quota", Text("可派人数", "Quota"), Kind.WHOLE,
            Text("最多派几人；空白即不限。", "Posts at most; blank: no limit."), "4", ("派出名额", "名额"),
            blank=("不限",),
        ),
        Column(
            "max_villages", Text("可包村数", "Villages at most"), Kind.WHOLE,
            Text("最多包几个村；空白即1，0即不包村。", "Villages it may lead; blank: 1, 0: none."), "1", ("包村上限", "最多包村数"),
        ),
        Column(
            "funds", Text("帮扶资金", "Funds"), Kind.NUMBER,
            Text("万元；空白即0。", "In 10,000 yuan; blank: 0."), "8", ("资金", "帮扶资金（万元）", "资金（万元）"),
        ),
        Column(
            "projects", Text("帮扶项目数", "Projects"), Kind.WHOLE,
            Text("空白即0。", "Blank: 0."), "2", ("项目数", "帮扶项目"),
        ),
        Column(
            "leader", Text("责任领导", "Leader"), Kind.TEXT,
            Text("分管驻村工作的领导。", "Who answers for it in the unit."), "李某某", ("分管领导", "责任人"),
        ),
        Column(
            "strength", Text("单位实力", "Strength"), Kind.WHOLE,
            Text("1至5；空白则按资金和项目排序得出。", "1 to 5; blank: derived from funds and projects."), "3", ("实力", "帮扶实力"),
        ),
        Column(
            "resources", Text("单位资源", "Resources"), Kind.LEVELS,
            Text("单位自身能带去的项目、专家、销路，专长后写1至5；也可以单列，栏名写“单位资源·农技”。",
                 "What the unit itself can bring: specialty and level 1 to 5; or one column a specialty, "
                 'headed "Resources·finance".'),
            "农技4、电商2", ("资源", "帮扶资源"), codes.SPECIALTIES,
        ),
        Column(
            "rating", Text("红蓝榜", "Rating"), Kind.CODE,
            Text("红榜或蓝榜，空白即未上榜；只显示，不计分。", "red list, blue list or blank; shown, not scored."),
            "红榜", ("榜单", "考评"), codes.RATINGS,
        ),
    ),
)  # fmt: skip
