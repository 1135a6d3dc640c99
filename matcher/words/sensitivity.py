"""Sensitivity in words."""

from __future__ import annotations

from typing import Final

from matcher.codes import Text

RULE: Final = Text("规则", "Rule")
OF_WHAT: Final = Text("对象", "Of")
POINTS: Final = Text("最多值（分）", "Points at most")
WORTHS_TITLE: Final = Text(
    "每项限制放宽1（一个名额、一个村、一个岗位）最多能多得的分（按上界的价格）",
    "What one unit more is worth at most, at the prices of the bound",
)
SEATS_TITLE: Final = Text("多一个下沉干部岗位最多能多得的分", "What one more support seat is worth at most")
LIMITS: Final = Text(
    "以上都是上限（已证明），不是实际能多得的分：实际可能少得多，甚至为0。要知道实际，请改一处用 what-if 求解。",
    "These are limits (proven), not what is gained: that can be far less, even nothing. To know, change one and solve with what-if.",
)
NOTHING: Final = Text("没有哪一项限制放宽1能多得分。", "Nothing is worth a point more by a unit.")
NOW: Final = Text("现在的权重", "Weight now")
STAYS: Final = Text("方案不变的权重范围", "Weights at which the plan stays")
EXACT_TITLE: Final = Text(
    "各权重在什么范围内该方案仍是最优（其他权重不变，已证明）",
    "Over which weights the plan stays the best, all others as they are (proven)",
)
RANGES_TITLE: Final = Text(
    "各权重在什么范围内该方案仍够好（其他权重不变，已证明）",
    "Over which weights the plan stays good enough, all others as they are (proven)",
)
WITHIN_GAP: Final = Text("“够好”指离最优不超过{gap} %。", "Good enough means within {gap} % of the best.")
FROM_TO: Final = Text("{low} 至 {high}", "{low} to {high}")
ONLY: Final = Text("只在 {low}", "only at {low}")
FROM_UP: Final = Text("{low} 至 {high}（更高的没有查）", "{low} to {high} (not looked further)")
UNSETTLED: Final = Text(
    "没有查清",
    "not settled",
)
STEADY: Final = Text(
    "把每个权重各上下移动 20 % 分别重新求解（共{solves}次），{posts}个岗位中有{steady}个每次都不变。",
    "With each weight moved by 20 % up and down, solved one by one ({solves} solves), {steady} of {posts} posts stay every time.",
)
NO_SOLVE: Final = Text(
    "没有完成任何一次求解，各岗位有多稳不知道。",
    "Not one solve was finished: how robust the posts are is not known.",
)
KEPT_TITLE: Final = Text("最容易变的岗位", "The posts that change most easily")
KEPT: Final = Text("保留的比例", "Kept in")
CUT_SHORT: Final = Text(
    "已提前停止；上面是停止前查到的。", "Stopped early: the above is what was found by then."
)
