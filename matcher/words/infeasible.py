"""Where no plan is possible, in words: the conflict, the repairs, what can be posted meanwhile."""

from __future__ import annotations

from typing import Final

from matcher.codes import Text

CONFLICT: Final = Text("不能同时满足的规则：{rules}。", "Rules that can't all be met: {rules}.")
CONFLICT_MINIMAL: Final = Text(
    "去掉其中任何一条，这几条中的其余规则就能满足（已证明）。",
    "Without any one of them the others can be met (proven).",
)
CONFLICT_VILLAGES: Final = Text("涉及的村：{villages}。", "It is about the villages {villages}.")
CONFLICT_ABOUT: Final = Text("涉及的单位和人员：{about}。", "It is about {about}.")
CONFLICT_ONE: Final = Text(
    "“{rule}”这一条规则本身就不能满足，不必与其他规则相冲突。",
    "The rule “{rule}” can't be met by itself: no other rule is needed for that.",
)
CONFLICT_DECISION: Final = Text(
    "这一条已定事项本身就不能落实：{decisions}。", "This decision can't hold by itself: {decisions}."
)
CONFLICT_DECISIONS: Final = Text(
    "这几条已定事项不能同时落实：{decisions}。改动或删去其中一条。",
    "These decisions can't all hold: {decisions}. Change or delete one of them.",
)
DECISION: Final = Text("第{row}条（{kind}）{subjects}", "no. {row} ({kind}) {subjects}")
NOT_MEASURED: Final = Text(
    "不能衡量差多少，只能停用或修改数据",
    "can't be measured: it can only be switched off, or the data changed",
)
ALWAYS_HOLDS: Final = Text("不能衡量差多少，也不能停用", "can't be measured, and can't be switched off")
NOT_FOUND_OUT: Final = Text("没有算出差多少", "by how much was not found out")
LOCK_REFUSED_TITLE: Final = Text("已锁定干部未通过的审查", "Why screening refuses the cadres who are locked")
CONFLICT_OPEN: Final = Text("其中可能还有可以去掉的规则。", "Some of them may not be part of the conflict.")
SHORT_TITLE: Final = Text("至少差多少（各条单独放宽时）", "By how much at least, each given way alone")
SUBJECTS: Final = Text("涉及", "About")
AMOUNT: Final = Text("数量", "Amount")

REPAIRS_TITLE: Final = Text("怎样改就能求得方案", "Changes under which a plan is possible")
REPAIR: Final = Text("办法", "Repair")
STEP: Final = Text("改动", "Change")
COST: Final = Text("代价", "Cost")
REPAIR_COSTS: Final = Text("各办法代价合计：{sums}。", "What the repairs cost in all: {sums}.")
REPAIR_COST: Final = Text("办法{number}为{cost}", "repair {number} {cost}")
REPAIRS_PROVEN: Final = Text(
    "每种办法都已找到改动后的一个方案，并按改动后的选派数据复核过。",
    "For each of them a plan of the changed round was found and recounted.",
)
NOTHING_TO_REPAIR: Final = Text("有可行方案，不需要补救。", "A plan is possible; there is nothing to repair.")
NOT_SETTLED: Final = Text(
    "在给定的工作量内没有求得方案，也没有证明不可能。",
    "No plan was found within the effort, and none was proven impossible.",
)
NO_REPAIRS: Final = Text(
    "没有找到可行的补救办法。审查规则不会自动放宽，其他规则放宽到设置 relax 所允许的幅度为止：请核对冲突所涉及的数据，"
    "或改动冲突中规则的参数（--set 规则.参数=值）后重新求解。",
    "No repair was found. Screening never gives way, and other rules give as far as the setting relax lets them: look at the data in the "
    "conflict, or change a parameter of a rule in it (--set rule.param=value), and solve again.",
)
PARTIAL_IN_FILE: Final = Text("部分方案写在结果文件中。", "The result file holds the partial plan.")
