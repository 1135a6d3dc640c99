"""The roster workbook in words: titles, headers, notes."""

from __future__ import annotations

from typing import Final

from matcher.codes import Text

# ---------------------------------------------------------------- titles of sheets, and their headings

ROSTER: Final = (Text("花名册", "Roster"), Text("驻村干部花名册", "Roster of posted cadres"))
UNITS: Final = (
    Text("单位包村一览表", "Units and villages"),
    Text("单位包村一览表", "Units and the villages they answer for"),
)
REASONS: Final = (
    Text("选派理由", "Reasons"),
    Text("各村队伍和各岗位的选派理由", "Why each team and each post"),
)
SCREENING: Final = (Text("资格审查表", "Screening"), Text("资格审查表", "Screening of candidates"))
SCORES: Final = (Text("得分表", "Scores"), Text("方案得分表", "Score of the plan"))
VILLAGES: Final = (Text("各村得分", "Village scores"), Text("各村得分表", "Points of each village"))
RULES: Final = (Text("规则与依据", "Rules"), Text("规则与依据", "Rules in effect"))

# ---------------------------------------------------------------- headers

NUMBER: Final = Text("序号", "No.")
COUNTY: Final = Text("县(市、区)", "County")
TOWNSHIP: Final = Text("乡镇", "Township")
VILLAGE: Final = Text("村", "Village")
ROLE: Final = Text("岗位", "Post")
NAME: Final = Text("姓名", "Name")
SEX: Final = Text("性别", "Sex")
AGE: Final = Text("年龄", "Age")
POLITICAL: Final = Text("政治面貌", "Political status")
UNIT: Final = Text("单位", "Unit")
POSITION: Final = Text("职务职级", "Position and rank")
SPECIALTIES: Final = Text("专长", "Specialties")
WHY: Final = Text("理由", "Why")
REMARKS: Final = Text("备注", "Remarks")

LEADS: Final = Text("包村", "Leads")
CO: Final = Text("参与包村", "Takes part in")
PEOPLE: Final = Text("派出人数", "People")
QUOTA: Final = Text("可派人数", "Quota")
FUNDS: Final = Text("资金(万元)", "Funds (10,000 yuan)")
PROJECTS: Final = Text("项目", "Projects")
LEADER: Final = Text("责任领导", "Leader in charge")

OUTCOME: Final = Text("审查结果", "Result")
OPEN_ROLES: Final = Text("可任岗位", "May hold")
RULE: Final = Text("规则", "Rule")
SCOPE: Final = Text("适用范围", "Concerns")
REASON: Final = Text("理由", "Reason")

TERM: Final = Text("计分项", "Term")
POINTS: Final = Text("分值", "Points")
WEIGHT: Final = Text("权重", "Weight")
WEIGHTED: Final = Text("加权分", "Weighted")
COUNTED: Final = Text("计分办法", "What it counts")
AMOUNT: Final = Text("数量", "Amount")
PENALTY: Final = Text("扣分", "Penalty")
SITUATION: Final = Text("情况", "What is not met")
TOTAL: Final = Text("得分", "Points")
ATTAINABLE: Final = Text("可达分", "Attainable")
INDEX: Final = Text("指数", "Index")

RULE_ID: Final = Text("规则代码", "Rule id")
KIND: Final = Text("类别", "Kind")
MODE: Final = Text("方式", "Mode")
PARAMETERS: Final = Text("参数", "Parameters")
SOURCE: Final = Text("文件依据", "Source")
NOTE: Final = Text("说明", "Note")

# ---------------------------------------------------------------- captions, labels, values

TERMS_CAPTION: Final = Text("各计分项", "Terms")
VIOLATIONS_CAPTION: Final = Text("未满足的软性规则", "Soft rules not met")
NO_VIOLATIONS: Final = Text("软性规则全部满足。", "Every soft rule is met.")
RULES_CAPTION: Final = Text("生效的规则", "Rules in effect")

SCORE: Final = Text("总分", "Score")
BOUND: Final = Text("已证明的上界", "Proven bound")
GAP: Final = Text("与上界的差距", "Gap to the bound")
PROOF: Final = Text("证明", "Proof")
WORST: Final = Text("指数最低的村", "Worst-served villages")
NOT_PROVEN: Final = Text("未证明", "none proven")
DIGEST: Final = Text("选派数据摘要(SHA-256)", "Digest of the round (SHA-256)")
SEED: Final = Text("随机种子", "Seed")
EFFORT: Final = Text("工作量", "Effort")
REPEATABLE: Final = Text("可否重现", "Repeatable")
VERSIONS: Final = Text("软件版本", "Versions")
YES: Final = Text("是", "yes")
NO: Final = Text("否", "no")
UNLIMITED: Final = Text("不限", "no limit")

PASSED: Final = Text("合格", "passes")
LIMITED: Final = Text("合格（有限制）", "passes, with limits")
FAILED: Final = Text("不合格", "does not pass")

STAYS: Final = Text("留任", "stays")
PICKED: Final = Text("点名抽派", "named pick")
DECIDED: Final = Text("已定", "decided")
CAPTAINS: Final = Text("含总队长{people}名", "captains included: {people}")

# ---------------------------------------------------------------- around the tables

ABOUT: Final = Text(
    "{name}　计龄日期：{as_of}　任期：{starts_on}起{months}个月",
    "{name} · ages at {as_of} · term: {months} months from {starts_on}",
)
DRAFT_NOTE: Final = Text(
    "本表为建议稿，供研究时参考；人选和岗位以党委（党组）研究决定为准。",
    "This is a draft for deliberation; who is posted where is for the Party committee to decide.",
)
INTERNAL: Final = Text("内部资料，含个人信息", "Internal: personal data")
SIGNATURES: Final = (
    Text("编制：", "Prepared by:"), Text("审核：", "Reviewed by:"), Text("审批：", "Approved by:"), Text("日期：", "Date:"),
)  # fmt: skip
PAGE: Final = Text("第 &P 页，共 &N 页", "Page &P of &N")
