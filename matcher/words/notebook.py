"""What notebooks show, in words."""

from __future__ import annotations

from typing import Final

from matcher.codes import Text

MORE: Final = Text("……另有{count}行。", "… and {count} more.")
WORKING: Final = Text(
    "{name}：{phase} · 得分{score} · 上界{bound} · 差距{gap} · {seconds}秒",
    "{name}: {phase} · score {score} · bound {bound} · gap {gap} · {seconds} s",
)
TABLE: Final = Text("表", "Table")
ROWS: Final = Text("行数", "Rows")
VILLAGES: Final = Text("村情表", "Villages")
UNITS: Final = Text("单位表", "Units")
CADRES: Final = Text("干部表", "Cadres")
INCUMBENTS: Final = Text("在岗表", "Incumbents")
DECISIONS: Final = Text("锁定表", "Decisions")
RULES: Final = Text("规则表", "Rules")
BASELINE: Final = Text("原方案表", "Baseline")
PLAN: Final = Text(
    "第{rank}名方案（建议稿）：得分{score}，上界{bound}，差距{gap}。",
    "Plan {rank} (draft): score {score}, bound {bound}, gap {gap}.",
)
PLAN_UNPROVEN: Final = Text("第{rank}名方案（建议稿）：得分{score}。", "Plan {rank} (draft): score {score}.")
PLACE: Final = Text("村", "Place")
PEOPLE: Final = Text("人员", "People")
INDEX: Final = Text("指数", "Index")
RANK: Final = Text("名次", "Rank")
SCORE: Final = Text("得分", "Score")
BOUND: Final = Text("上界", "Bound")
GAP: Final = Text("差距", "Gap")
AGAINST: Final = Text("与第1名相比", "Against rank 1")
SCENARIO: Final = Text("情景", "Scenario")
EDITS: Final = Text("改动处数", "Edits")
STATUS: Final = Text("状态", "Status")
CHANGE: Final = Text("比基准", "Against the base")
MOVES: Final = Text("岗位变动人数", "People whose post changes")
NOT_RUN: Final = Text("没有求解", "not run")
CONFLICT: Final = Text("不能同时满足的规则：{rules}。", "Rules that can't all be met: {rules}.")
REPAIR: Final = Text("办法", "Repair")
STEP: Final = Text("改动", "Change")
COST: Final = Text("代价", "Cost")
