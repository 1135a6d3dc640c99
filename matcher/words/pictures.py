"""Titles and axes of the pictures."""

from __future__ import annotations

from typing import Final

from matcher.codes import Text

SCORE_OVER_TIME: Final = Text("得分与上界随时间的变化", "Score and bound over time")
TERMS_BY_PLAN: Final = Text("各方案的计分项", "Score terms by plan")
VILLAGES_BY_INDEX: Final = Text("各村指数", "Villages by index")
COVERAGE: Final = Text("各村需求的覆盖情况", "Needs of the villages and who covers them")
BUNDLES: Final = Text("单位包村情况", "Units and the villages they answer for")
MIX: Final = Text("年龄与专长", "Ages and specialties")
MOVEMENTS: Final = Text("人员变动", "Who goes from where to where")
PARETO: Final = Text("契合、变动与最差村", "Fit, changes and the worst village")

POINTS: Final = Text("加权分", "weighted points")
RANK: Final = Text("名次", "rank")
INDEX: Final = Text("指数", "index")
COVERED: Final = Text("已覆盖", "covered")
UNCOVERED: Final = Text("未覆盖", "uncovered")
LEADS: Final = Text("包村", "leads")
TAKES_PART: Final = Text("参与", "takes part")
AGE: Final = Text("年龄段", "age band")
SPECIALTY: Final = Text("专长（3级以上）", "specialty (level 3 or more)")
POSTED: Final = Text("入选", "posted")
NOT_POSTED: Final = Text("未入选", "not posted")
PEOPLE: Final = Text("人数", "people")
NOWHERE: Final = Text("（无岗位）", "(no post)")
SECONDS: Final = Text("秒", "seconds")
SCORE: Final = Text("得分", "score")
BOUND: Final = Text("上界", "bound")
CHANGES: Final = Text("变动的岗位数", "posts that change")
FIT: Final = Text("需求契合与覆盖", "need fit and coverage")
WORST: Final = Text("最低指数", "worst index")
RING: Final = Text("圆环：与所围圆点位置相同", "a ring lies where its disc does")
