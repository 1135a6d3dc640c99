"""Ranked plans in words."""

from __future__ import annotations

from typing import Final

from matcher.codes import Text

ENDED: Final = {
    "none": Text(
        "没有第{rank}个方案：已证明，没有方案与前{better}个方案都相差规定的岗位数",
        "there is no plan of rank {rank}: no plan differs so much from all {better} before it (proven)",
    ),
    "open": Text(
        "在给定的工作量或时间内没有找到第{rank}个方案",
        "no plan of rank {rank} was found with the effort or time given",
    ),
    "stopped": Text("已停止，没有求第{rank}个方案", "stopped before the plan of rank {rank}"),
}

# ---------------------------------------------------------------- ranked plans side by side

RANKING_TITLE: Final = Text("各方案比较", "The plans side by side")
RANK: Final = Text("名次", "Rank")
SCORED: Final = Text("得分", "Score")
BOUND: Final = Text("上界", "Bound")
GAP: Final = Text("差距", "Gap")
OTHER_POSTS: Final = Text("与第1名不同的岗位", "Posts other than rank 1")
OTHER_TEAMS: Final = Text("不同的队伍", "Teams other")
AGAINST_BEST: Final = Text("与第1名相比", "Against rank 1")
NO_SUBSTANCE: Final = Text(
    "第{rank}名：没有方案能使一半不同的队伍在第一书记、包村单位或覆盖专长上不同（已证明）。",
    "Rank {rank}: in no plan do half of the teams that differ differ in first secretary, lead unit or coverage (proven).",
)
NO_SUBSTANCE_WITHIN: Final = Text(
    "第{rank}名：得分再低{points}分以内，没有方案能使一半不同的队伍在第一书记、包村单位或覆盖专长上不同（已证明）。",
    "Rank {rank}: within {points} points below it, no plan has half of the teams that differ differ in first secretary, "
    "lead unit or coverage (proven).",
)
SUBSTANCE_OPEN: Final = Text(
    "第{rank}名：是否有方案能使一半不同的队伍在第一书记、包村单位或覆盖专长上不同，尚未查明。",
    "Rank {rank}: whether in some plan half of the teams that differ differ in first secretary, lead unit or coverage was "
    "not found out.",
)
SUBSTANCE_COSTS: Final = Text(
    "第{rank}名：有得分更高的方案也相差这么多，但一半以上不同的队伍只是换了人名；在第一书记、包村单位或覆盖专长上真正不同的方案，没有超过{bound}分的（已证明）。",
    "Rank {rank}: a plan that differs as much scores more, but most of its teams that differ only swap names; none whose "
    "difference is in first secretary, lead unit or coverage scores more than {bound} (proven).",
)
NOT_BY_SCORE: Final = Text(
    "第{rank}名得分高于第{above}名：从第{above}名一侧数，两者相差不到规定的岗位数，所以不能对调名次。",
    "Rank {rank} scores more than rank {above}: counted from rank {above} the two don't differ as much as asked, so they "
    "can't change places.",
)
SAID: Final = Text("{sentence}。", "{sentence}.")

SCORE: Final = Text("总分{change:+d}", "score {change:+d}")
TERM: Final = Text("{term}{change:+d}", "{term} {change:+d}")
REST: Final = Text("其余合计{change:+d}", "the rest together {change:+d}")
WORST: Final = Text("最低村指数{change:+.2f}个百分点", "worst village {change:+.2f} points of index")
BETWEEN: Final = Text("，", ", ")
