"""The code lists of the trade: every code with its Chinese and its English name.

Documents (JSON) carry codes; people write codes, Chinese names or English names, and
:meth:`CodeList.find` accepts all three. Some lists (political status, appraisal, education,
unit kind) keep their Chinese words as codes, as the trade does.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or name in both languages."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        """Return the wording in ``language``."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Code:
    """A code with its two names and the other spellings that people use for it."""

    code: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()

    @property
    def text(self) -> Text:
        """The names as a :class:`Text`."""
        return Text(self.zh, self.en)


class CodeList:
    """An ordered list of codes, looked up by code, Chinese name, English name or alias."""

    def __init__(self, name: str, zh: str, en: str, *codes: Code) -> None:
        self.name = name
        self.text = Text(zh, en)
        self.codes = codes
        self._by_code = {code.code: code for code in codes}
        self._by_word: dict[str, Code] = {}
        for code in codes:
            for word in (code.code, code.zh, code.en, *code.aliases):
                self._by_word.setdefault(_folded(word), code)

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Code:
        return self._by_code[code]

    def order(self, code: str) -> int:
        """Return the place of ``code`` in the list, from 0."""
        return list(self._by_code).index(code)

    def find(self, word: str) -> str | None:
        """Return the code that ``word`` (code, Chinese or English name, alias) means, or None."""
        found = self._by_word.get(_folded(word))
        return found.code if found else None

    def nearest(self, word: str) -> Code | None:
        """Return the code whose spelling is nearest to ``word``, for error messages."""
        near = difflib.get_close_matches(_folded(word), list(self._by_word), n=1, cutoff=0.5)
        return self._by_word[near[0]] if near else None


def _folded(word: str) -> str:
    return "".join(word.split()).casefold().replace("_", "").replace("-", "")


def _words(name: str, zh: str, en: str, *pairs: tuple[str, str]) -> CodeList:
    """Make a list whose codes are the Chinese words themselves."""
    return CodeList(name, zh, en, *(Code(word, word, english) for word, english in pairs))


VILLAGE_TYPES: Final = CodeList(
    "village_type", "村类型", "village type",
    Code("lifted", "脱贫村", "village lifted out of poverty"),
    Code("relocation", "易地扶贫搬迁安置村", "relocation community",
         ("易地扶贫搬迁安置村(社区)", "易地扶贫搬迁安置村（社区）", "易地扶贫搬迁安置社区", "搬迁安置村")),
    Code("weak_org", "软弱涣散村", "weak and lax Party organization", ("党组织软弱涣散村",)),
    Code("demo", "乡村振兴示范村", "revitalization demonstration", ("乡村振兴示范创建村", "乡村振兴示范(创建)村",
                                                             "乡村振兴示范（创建）村", "示范村")),
    Code("red", "红色美丽村庄试点", "red beautiful village pilot", ("红色美丽村庄", "红色村")),
    Code("key_task", "重点任务村", "key-task village"),
    Code("conflict", "矛盾突出村", "many disputes", ("矛盾纠纷突出村",)),
    Code("weak_industry", "产业基础薄弱村", "weak industry", ("产业薄弱村",)),
    Code("border", "抵边村", "border village", ("边境村",)),
    Code("general", "一般村", "general village", ("其他村",)),
)  # fmt: skip

SPECIALTIES: Final = CodeList(
    "specialty", "专长", "specialty",
    Code("party", "党建", "party building"),
    Code("law", "政法", "political and legal"),
    Code("discipline", "纪检", "discipline inspection", ("纪检监察",)),
    Code("industry", "产业经济", "industry", ("产业",)),
    Code("project", "项目规划", "projects and planning", ("项目",)),
    Code("agritech", "农技", "agricultural technology", ("农业技术",)),
    Code("livestock", "畜牧", "livestock"),
    Code("forestry_water", "林业水利", "forestry and water"),
    Code("finance", "财务", "finance", ("金融财务",)),
    Code("ecommerce", "电商", "e-commerce"),
    Code("culture_tourism", "文旅", "culture and tourism"),
    Code("construction", "住建交通", "housing and roads"),
    Code("civil_affairs", "民政社工", "civil affairs", ("民政",)),
    Code("education_health", "教育卫生", "education and health"),
    Code("digital", "信息化", "digital"),
)  # fmt: skip

ROLES: Final = CodeList(
    "role", "岗位", "role",
    Code("first_secretary", "第一书记", "first secretary", ("驻村第一书记",)),
    Code("resident", "驻村工作队员", "resident team member", ("工作队员", "驻村队员", "队员")),
    Code("support", "下沉干部", "support cadre", ("支援干部",)),
    Code("captain", "总队长", "township general captain", ("乡镇总队长",)),
)  # fmt: skip

#: The roles of a village team, in the order in which a team is written down.
TEAM_ROLES: Final = ("first_secretary", "resident", "support")

UNIT_LEVELS: Final = CodeList(
    "unit_level", "单位层级", "unit level",
    Code("central", "中央", "central", ("中央级",)),
    Code("province", "省", "province", ("省级", "省直", "自治区级")),
    Code("prefecture", "市州", "prefecture", ("市", "州", "市级", "州级", "地级", "市直", "州直")),
    Code("county", "县", "county", ("县级", "区", "区级", "县直", "区直", "县区")),
    Code("township", "乡镇", "township", ("乡", "镇", "乡级", "镇级", "乡镇级", "街道")),
)  # fmt: skip

#: Levels from which a first secretary and a township general captain may come.
COUNTY_AND_ABOVE: Final = frozenset({"central", "province", "prefecture", "county"})

UNIT_KINDS: Final = _words(
    "unit_kind", "单位性质", "unit kind",
    ("党委机关", "Party organ"), ("政府机关", "government organ"), ("人大政协", "people's congress or CPPCC"),
    ("群团", "mass organization"), ("参公事业", "institution under the civil service law"),
    ("公益一类", "public institution, class one"), ("公益二类", "public institution, class two"),
    ("国企", "state-owned enterprise"), ("金融", "financial institution"),
    ("高校院所", "university or institute"), ("乡镇街道", "township or subdistrict"),
)  # fmt: skip

RANKS: Final = CodeList(
    "rank", "职级", "rank",
    Code("worker", "工勤", "worker", ("工勤人员",)),
    Code("clerk", "科员", "clerk", ("一级科员", "二级科员")),
    Code("section_staff", "四至一级主任科员", "section staff", ("主任科员", "一级主任科员", "二级主任科员",
                                                       "三级主任科员", "四级主任科员")),
    Code("section_deputy", "乡科级副职", "deputy section chief", ("副科级", "副科")),
    Code("section_chief", "乡科级正职", "section chief", ("正科级", "正科")),
    Code("county_staff", "四至一级调研员", "county staff", ("调研员", "一级调研员", "二级调研员", "三级调研员",
                                                   "四级调研员")),
    Code("county_deputy", "县处级副职", "deputy county chief", ("副处级", "副处", "副县级")),
    Code("county_chief", "县处级正职", "county chief", ("正处级", "正处", "正县级")),
    Code("tech_junior", "初级职称", "junior technical", ("专技初级", "初级")),
    Code("tech_mid", "中级职称", "intermediate technical", ("专技中级", "中级")),
    Code("tech_senior", "高级职称", "senior technical", ("专技高级", "高级", "副高", "正高")),
)  # fmt: skip

#: "Section rank or above" (科级以上).
SECTION_RANK: Final = frozenset(
    {"section_deputy", "section_chief", "county_staff", "county_deputy", "county_chief", "tech_senior"}
)

POLITICAL_STATUSES: Final = _words(
    "political_status", "政治面貌", "political status",
    ("中共党员", "Party member"), ("中共预备党员", "probationary Party member"),
    ("共青团员", "Youth League member"), ("民主党派", "democratic party member"), ("群众", "no party"),
)  # fmt: skip

APPRAISALS: Final = CodeList(
    "appraisal", "年度考核等次", "appraisal",
    Code("优秀", "优秀", "excellent"), Code("称职", "称职", "competent"),
    Code("基本称职", "基本称职", "basically competent"), Code("不称职", "不称职", "not competent"),
    Code("合格", "合格", "qualified"), Code("基本合格", "基本合格", "basically qualified"),
    Code("不合格", "不合格", "not qualified"), Code("不定等次", "不定等次", "not graded", ("不确定等次", "未定等次")),
)  # fmt: skip

EDUCATIONS: Final = _words(
    "education", "学历", "education",
    ("高中中专", "secondary"), ("大专", "junior college"), ("本科", "bachelor"), ("硕士", "master"),
    ("博士", "doctor"),
)  # fmt: skip

SEXES: Final = CodeList(
    "sex", "性别", "sex", Code("male", "男", "male", ("m",)), Code("female", "女", "female", ("f",))
)

RECALL_TRIGGERS: Final = CodeList(
    "recall", "召回情形", "recall trigger",
    Code("not_detached", "未与派出单位工作脱钩", "not detached from the unit's work", ("未脱钩",)),
    Code("few_days", "每月驻村不足20天", "under 20 days a month", ("驻村天数不足",)),
    Code("weak_performance", "作用发挥不好", "weak performance"),
    Code("refuses_leadership", "不服从当地党委政府管理", "refuses local leadership", ("不服从管理",)),
)  # fmt: skip

#: The negative list that the built-in rule set knows; a round may define its own codes.
NEGATIVE_ITEMS: Final = CodeList(
    "flag", "负面清单", "negative-list item",
    Code("sanction", "处分影响期内或被立案", "under sanction or investigation", ("处分", "处分影响期", "被立案")),
    Code("probation", "试用期", "on probation"),
    Code("seconded", "编外或借调", "not on the establishment, or seconded", ("编外", "借调")),
    Code("recalled", "曾被召回", "recalled before"),
    Code("care", "孕哺期或重大家庭困难", "pregnant, nursing or grave family difficulty",
         ("孕哺期", "重大家庭困难")),
    Code("teacher_medic", "中小学教师、县级医院医护", "school teacher or county hospital medic",
         ("中小学教师", "县级医院医护")),
    Code("poor_health", "身体条件不适合", "health not fit", ("身体不适合",)),
    Code("dual_posting", "夫妻同时驻村", "couple posted at the same time"),
)  # fmt: skip

DECISION_KINDS: Final = CodeList(
    "decision", "锁定类型", "decision",
    Code("lock", "锁定", "lock"), Code("forbid", "禁止", "forbid"), Code("pick", "必选", "pick"),
    Code("drop", "不选", "drop"), Code("bind", "绑定单位", "bind unit", ("包村绑定",)),
    Code("unbind", "解绑单位", "unbind unit", ("包村解绑",)),
)  # fmt: skip

RATINGS: Final = CodeList(
    "rating", "红蓝榜", "rating", Code("red", "红榜", "red list"), Code("blue", "蓝榜", "blue list")
)

MODES: Final = CodeList(
    "mode", "方式", "mode",
    Code("hard", "硬", "hard", ("必须", "硬约束")), Code("soft", "软", "soft", ("尽量", "软约束")),
    Code("off", "关", "off", ("停用", "关闭")), Code("on", "开", "on", ("启用",)),
)  # fmt: skip

WILLINGNESS: Final = CodeList(
    "yes_no", "是否", "yes or no",
    Code("yes", "是", "yes", ("y", "true", "1", "愿意", "√", "有", "符合")),
    Code("no", "否", "no", ("n", "false", "0", "不愿意", "×", "无", "不符合")),
)  # fmt: skip

#: The Round's built-in needs of a village by its types, used where its needs are all blank.
NEEDS_BY_TYPE: Final[dict[str, dict[str, int]]] = {
    "weak_org": {"party": 5, "law": 2},
    "conflict": {"law": 5, "party": 2},
    "lifted": {"industry": 4, "project": 3},
    "relocation": {"civil_affairs": 4, "industry": 2, "education_health": 2},
    "demo": {"culture_tourism": 3, "construction": 2, "digital": 1},
    "red": {"culture_tourism": 4, "party": 2},
    "key_task": {"project": 4, "construction": 2},
    "weak_industry": {"industry": 5, "ecommerce": 2},
    "border": {"law": 3, "party": 3},
    "general": {"civil_affairs": 2},
}
