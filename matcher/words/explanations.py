"""Why a plan is as it is, in words."""

from __future__ import annotations

from typing import Final

from matcher.codes import Text

BETWEEN: Final = Text("；", "; ")

# ---------------------------------------------------------------- teams

TEAM: Final = Text("{village}：{parts}。", "{village}: {parts}.")
LED_BY: Final = Text("由{unit}包村", "led by {unit}")
COVERS: Final = Text("覆盖需求{needs}", "covers the needs {needs}")
LACKS: Final = Text(
    "尚缺{needs}（可列入培训或由后盾单位补上）", "lacks {needs} (for training, or the unit behind the team)"
)
AGES: Final = Text("年龄段{bands}", "ages {bands}")
STAYS: Final = Text("留任{people}", "staying: {people}")
BANDS: Final = {
    "young": Text("35岁以下", "35 or less"),
    "middle": Text("36至45岁", "36 to 45"),
    "old": Text("46岁以上", "46 or more"),
}

# ---------------------------------------------------------------- posts

POST: Final = Text(
    "{name}（{unit}，{age}岁）任{place}{role}：{parts}。",
    "{name} ({unit}, {age}), {role} at {place}: {parts}.",
)
MATCHED: Final = Text(
    "{specialty}{level}级对应需求{need}", "{specialty} at level {level} for a need of {need}"
)
ALONE: Final = Text("队中只有其具备{specialties}", "the only one in the team able in {specialties}")
BRINGS: Final = Text("{term}{weighted:+d}", "{term} {weighted:+d}")
POINTS: Final = Text("使总分增加{total}（{points}）", "adds {total} to the score ({points})")
NOTHING: Final = Text("岗位须有人担任，不增加分值", "the post has to be held; it adds no points")

# ---------------------------------------------------------------- a partial plan

POSTED_MEANWHILE: Final = Text("先行派出", "posted meanwhile")
PARTIAL: Final = Text(
    "暂时可派{posts}个岗位，空缺{empty}个（部分方案，不得发布）。",
    "Posts that can be filled meanwhile: {posts}; seats left empty: {empty} (a partial plan, not to be published).",
)
LEFT_ASIDE: Final = Text("没有满足的硬性规则：{rules}。", "Hard rules that it breaks: {rules}.")
LEFT_ASIDE_RULE: Final = Text("{rule}{count}处", "{rule} ({count})")
BREACHES: Final = Text("其中：{sentences}。", "Among them: {sentences}.")
EMPTY: Final = Text("空缺的岗位：{seats}。", "Empty seats: {seats}.")
EMPTY_SEAT: Final = Text("{place}{role}{count}名", "{count} × {role} at {place}")
MORE: Final = Text("另有{count}处", "{count} more")

# ---------------------------------------------------------------- the plan in short

SCORE: Final = Text("总分{score}，没有证明上界。", "Score {score}; no bound was proven.")
SCORE_PROVEN: Final = Text(
    "总分{score}，上界{bound}，差距{gap:.2f}%：{proof}（已证明）。",
    "Score {score}, bound {bound}, gap {gap:.2f} %: {proof} (proven).",
)
COVERAGE: Final = Text(
    "各村需求共{needs}项，覆盖{covered}项。", "{covered} of the villages' {needs} needs are covered."
)
WORST: Final = Text("指数最低的村：{villages}。", "Worst-served villages: {villages}.")
WORST_ONE: Final = Text("{village}{index:.4f}", "{village} {index:.4f}")
GIVES: Final = Text(
    "软性规则有{count}处未满足，扣{penalty}分。", "{count} soft rule(s) are not met, at a cost of {penalty}."
)
