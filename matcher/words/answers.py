"""Answers to questions about a plan, in words."""

from __future__ import annotations

from typing import Final

from matcher.codes import Text

ANSWER_FILE: Final = Text("回答", "Answer")

# ---------------------------------------------------------------- why

TERMS_TITLE: Final = Text("这个岗位带来的分值", "What this post brings")
TERM: Final = Text("计分项", "Term")
BRINGS: Final = Text("加权分", "Weighted")
FOR_SEAT: Final = Text("这个岗位最接近的其他人选", "The nearest others for this seat")
FOR_PERSON: Final = Text("这名干部最接近的其他去处", "The nearest other places for this cadre")
WHO: Final = Text("干部", "Cadre")
WHERE: Final = Text("村", "Village")
COSTS: Final = Text("总分至少降低", "Costs at least")
EXCHANGED: Final = Text("与谁对调", "Exchanged with")
CHANGE: Final = Text("只对调时总分变化", "Change if only exchanged")
NOT_ALLOWED: Final = Text("违反硬性规则", "breaks a hard rule")
FROM_OUTSIDE: Final = Text("无岗位人员接替", "replaced by somebody without a post")
NO_PRICES: Final = Text(
    "该方案没有上界证书，不能列出最接近的其他人选（用 --method columns 或 counties 求解）。",
    "The plan has no certificate, so there are no nearest alternatives (solve with --method columns or counties).",
)
SETTLED: Final = Text(
    "如果{cadre}到{village}，其他人也可以变动：",
    "With {cadre} at {village}, and everybody else free to move:",
)
RULES_KEPT: Final = Text("已满足的规则：{rules}。", "Rules that are met: {rules}.")

# ---------------------------------------------------------------- why not

HELD: Final = Text("方案中已是如此。", "The plan has it so.")
REFUSED: Final = Text("未通过资格审查：", "Screening refuses it:")
#: Without the reasons, which are a person's.
REFUSED_ALONE: Final = Text("未通过资格审查。", "Screening refuses it.")
REFUSED_SOME: Final = Text("有的岗位未通过资格审查：", "Screening refuses some of the roles there:")
NO_SEAT: Final = Text("这个村没有这种岗位", "the village has no post of this role")
UNKNOWN: Final = Text("未填", "not given")
NO_CAPTAIN: Final = Text(
    "不具备总队长的条件：现任“{rank}”，单位为“{level}”；要求科级以上、县级以上单位的干部，规则另有指定单位的从其规定",
    "may not be captain: of rank “{rank}”, from a unit of the level “{level}”; section rank or above and a unit of county "
    "level or above are asked for, and where the rule names units, one of these",
)
NO_CANDIDATES: Final = Text("该单位没有候选干部", "the unit has no candidates")
REASON: Final = Text("- {rule}：{reason}", "- {rule}: {reason}")
IMPOSSIBLE: Final = Text("没有任何方案能这样安排（已证明）。", "No plan can have it (proven).")
IMPOSSIBLE_WITH: Final = Text(
    "没有任何方案能这样安排（已证明）：与这些规则不能同时满足：{rules}。",
    "No plan can have it (proven): it can't be met together with {rules}.",
)
#: Of which plans an answer about a plan of another kind speaks.
AMONG_KIND: Final = {
    "fairest": Text(
        "以下只就最低村指数不低于本方案的方案而言：",
        "What follows speaks only of plans whose worst village is no worse:",
    ),
    "fewest_changes": Text(
        "以下只就变动不多于本方案的方案而言：", "What follows speaks only of plans with no more changes:"
    ),
    "strongest_bundles": Text(
        "以下只就捆绑不弱于本方案的方案而言：", "What follows speaks only of plans with bundles as strong:"
    ),
}
COST_EXACT: Final = Text(
    "可以，但总分要降低{cost}分（已证明没有更便宜的办法）。",
    "Possible at a cost of {cost} points; no plan has it for less (proven).",
)
COST_NOTHING: Final = Text(
    "可以，总分不变：已找到得分相同的方案。", "Possible at no cost: a plan of the same score was found."
)
COST_BETWEEN: Final = Text(
    "可以，总分要降低{least}至{most}分：已找到降低{most}分的方案，并证明不会少于{least}分。",
    "Possible at a cost of {least} to {most} points: a plan at {most} was found, and none costs less than {least} (proven).",
)
BETTER: Final = Text(
    "这样安排的方案得分更高：高{gain}分。原方案不是最好的，请改用这个方案。",
    "A plan that has it scores {gain} points more: the plan at hand was not the best; take this one.",
)
AT_LEAST: Final = Text("总分至少要降低{least}分（已证明）。", "It costs at least {least} points (proven).")
PERHAPS_FREE: Final = Text(
    "目前只能说至少降低0分；求解（不加 --quick）或把差距求小，可以说得更准。",
    "So far only that it costs at least 0 points; a solve (without --quick) or a smaller gap says more.",
)
OPEN: Final = Text("在给定的工作量内没有找到这样安排的方案。", "No plan with it was found within the effort.")
MOVES_TITLE: Final = Text("因此变动的人员", "Whose post that changes")

DIFFERENT_TITLE: Final = Text("岗位不同的人员", "Whose post differs")

# ---------------------------------------------------------------- the firm core

CORE: Final = Text(
    "{posts}个岗位中{firm}个是稳的：比最好的方案低{within}分以内的方案都有他们（已证明）；其余{rest}个没有证明是稳的。",
    "{firm} of {posts} posts are firm: every plan within {within} points of the best has them (proven); {rest} are not proven "
    "to be.",
)
CORE_RANK: Final = Text(
    "以下是第{rank}名方案的岗位，降低的分数从第1名方案的得分算起。",
    "These are the posts of plan {rank}; what they cost is counted from the score of plan 1.",
)
CORE_GAP: Final = Text(
    "第1名方案离上界还有{open}分，这部分算不进“至少降低”；差距越小，能证明的越多。",
    "Plan 1 is {open} points below its bound, which no cost below can count in: the smaller the gap, the more is proven.",
)
FIRM_TITLE: Final = Text("稳的岗位", "Firm posts")
CONTESTED_TITLE: Final = Text("没有证明是稳的岗位", "Posts not proven firm")
NO_PLAN_WITHOUT: Final = Text("不能换", "no plan without")
NO_PLAN_NOTE: Final = Text(
    "“不能换”：没有任何方案能不由其任职（已证明）。",
    "“no plan without”: no plan at all can do without the cadre there (proven).",
)
NOTHING_NOTE: Final = Text(
    "“0”：没有证明换掉会降低总分，实际可能降低。",
    "“0”: it is not proven that a plan without the cadre costs anything, though it may.",
)
MORE_POSTS: Final = Text("……另有{count}个，见 --json。", "… and {count} more: see --json.")
ROLE: Final = Text("岗位", "Role")
WITHOUT: Final = Text("换掉至少降低", "Without costs at least")
IN_PLANS: Final = Text("几个方案中有", "In how many plans")

# ---------------------------------------------------------------- comparing

KIND: Final = Text("变动", "Change")
FROM: Final = Text("原岗位", "From")
TO: Final = Text("新岗位", "To")
KINDS: Final = {
    "in": Text("新派", "posted"),
    "out": Text("不再派", "no longer posted"),
    "moved": Text("换村", "moved"),
    "role": Text("换岗位", "other role"),
}
TEAMS_TITLE: Final = Text("变动的队伍", "Teams that change")
LEAD_BEFORE: Final = Text("原包村单位", "Lead unit before")
LEAD_AFTER: Final = Text("新包村单位", "Lead unit after")
CAME: Final = Text("新来", "Came")
LEFT: Final = Text("离开", "Left")
POINTS: Final = Text("分值变化", "Points")
SCORES_TITLE: Final = Text("分值变化", "Change of the score")
LEAD_FIRST: Final = Text("前者包村单位", "Lead unit of the first")
LEAD_SECOND: Final = Text("后者包村单位", "Lead unit of the second")
BEFORE: Final = Text("原方案", "Before")
AFTER: Final = Text("新方案", "After")
FIRST: Final = Text("前一方案", "First plan")
SECOND: Final = Text("后一方案", "Second plan")
DIFFERENCE: Final = Text("变化", "Change")
TOTAL: Final = Text("总分", "Score")
COUNTED_ANEW: Final = Text(
    "原方案按改动后的规则和权重重新计分：由{own}分变为{here}分，变化以此为准。",
    "The plan before is counted by the changed rules and weights: {here} points in place of {own}; changes are against that.",
)
COUNTED_SAME: Final = Text(
    "原方案按改动后的规则和权重计分，仍为{here}分。",
    "The plan before is counted by the changed rules and weights; it still scores {here}.",
)
BREAKS_RULES: Final = Text(
    "原方案不满足改动后的硬性规则（{rules}），只用来比较分值。",
    "The plan before breaks hard rules of the changed round ({rules}): it only serves to compare the points.",
)
OPEN_AFTER: Final = Text(
    "新方案离上界还有{open}分：改动后最好的方案与原方案相差{least:+d}至{most:+d}分。",
    "The new plan is {open} points below its bound: the best plan after the change is {least:+d} to {most:+d} points from the "
    "plan before.",
)
UNPROVEN_AFTER: Final = Text(
    "新方案没有证明上界：可能还有更好的方案。",
    "No bound was proven of the new plan: there may be a better one.",
)
OPEN_BEFORE: Final = Text(
    "原方案在改动前离上界还有{open}分：变化中可能有一部分由此而来。",
    "Before the change the plan was {open} points below its bound: part of the change may come from that.",
)
UNPROVEN_BEFORE: Final = Text(
    "原方案没有证明上界：变化中可能有一部分由此而来。",
    "No bound was proven of the plan before: part of the change may come from that.",
)
SAME: Final = Text("两个方案的岗位完全相同。", "Both plans have the same posts.")
EVERY_MOVE: Final = Text("共{count}人变动。", "{count} people change their post.")
