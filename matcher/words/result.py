"""Results, plans and their proofs in words: what a status means, what a figure is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matcher.codes import Text

if TYPE_CHECKING:
    from matcher.codes import Language
    from matcher.plan import Plan

#: Every document is a draft: a committee decides and signs.
DRAFT: Final = Text("建议稿", "Draft")

STATUS: Final = {
    "optimal": Text(
        "已得到方案，并证明没有得分更高的方案", "a plan was found, and no plan scores higher (proven)"
    ),
    "feasible": Text(
        "已得到方案，尚未证明没有得分更高的方案", "a plan was found; whether another scores higher is open"
    ),
    "infeasible": Text(
        "没有任何方案能同时满足全部硬性规则（已证明）", "no plan meets all hard rules (proven)"
    ),
    "unknown": Text("在给定的工作量或时间内没有找到方案", "no plan was found with the effort or time given"),
    "cancelled": Text("在找到方案之前已停止", "stopped before a plan was found"),
}

PROOF: Final = {
    "optimal": Text("得分等于上界，没有得分更高的方案", "the score equals the bound: no plan scores higher"),
    "gap": Text("没有方案能超过上界", "no plan scores more than the bound"),
    "none": Text("没有证明上界", "no bound was proven"),
}

#: Of which plans bound and proof speak where that is not all of them.
AMONG: Final = {
    "fairest": Text("在最低指数不低于本方案的方案中，", "among the plans whose worst village is no worse: "),
    "fewest_changes": Text("在变动同样少的方案中，", "among the plans with no more changes: "),
    "strongest_bundles": Text("在捆绑同样强的方案中，", "among the plans with bundles as strong: "),
    "rank": Text(
        "在与前面各名相差这么多的方案中，", "among the plans that differ so much from those before it: "
    ),
}


def proof_of(plan: Plan, language: Language) -> str:
    """Return what is proven of a plan, with the plans that it is about."""
    about = "rank" if plan.rank > 1 else plan.kind
    among = AMONG[about].in_(language) if about in AMONG and plan.proof != "none" else ""
    if plan.rank > 1 and plan.kind in AMONG and among:
        among = AMONG[plan.kind].in_(language) + among
    return among + PROOF[plan.proof].in_(language)


#: What a solve is doing.
METHOD: Final = {
    "one_piece": Text("整体模型求解", "one model of the whole round"),
    "columns": Text("按队伍方案求解", "team columns"),
    "counties": Text("分县求解", "county by county"),
}
PHASE: Final = {
    "attainable": Text("计算各村可达分", "points each village can attain"),
    "start": Text("构造初始方案", "a first plan"),
    "floor": Text("提高最低指数", "raising the worst village"),
    "plan": Text("组成方案", "making a plan"),
    "improve": Text("改进方案", "improving"),
    "columns": Text("逐村定价", "pricing teams"),
    "prove": Text("寻优并证明", "searching and proving"),
    "reserves": Text("推荐替补", "naming reserves"),
    "conflict": Text("无可行方案，查找矛盾", "there is no plan: finding out why"),
    "repair": Text("查找补救办法", "finding a repair"),
    "repairs": Text("查找其他补救办法", "finding other repairs"),
    "partial": Text("编制部分方案", "making a partial plan"),
}

MODE: Final = {
    "hard": Text("硬性", "hard"),
    "soft": Text("软性", "soft"),
    "on": Text("启用", "on"),
    "off": Text("停用", "off"),
}

KIND_OF_RULE: Final = {
    "screening": Text("审查规则", "Screening rules"),
    "plan": Text("方案规则", "Plan rules"),
    "term": Text("计分项", "Score terms"),
}

#: A post of a plan that the round does not know.
UNKNOWN_POST: Final = {
    "cadre": Text("干部表中没有这名干部", "there is no such cadre"),
    "village": Text("村情表中没有这个村", "there is no such village"),
    "township": Text("本轮没有这个乡镇的总队长岗位", "there is no captain's post of that township"),
    "role": Text("本轮没有这种岗位", "the round has no such role"),
}
POSTS: Final = Text("岗位", "Posts")

REFUSED: Final = Text(
    "{cadre}未通过{place}{role}的审查", "{cadre} does not pass screening as {role} at {place}"
)
#: Of decisions: it is not the person who falls short.
NOT_AS_DECIDED: Final = Text(
    "{cadre}任{place}{role}与已定事项不符", "{cadre} as {role} at {place} is not as was decided"
)
CONFLICTING: Final = Text("{rule}：{sentence}", "{rule}: {sentence}")

# ---------------------------------------------------------------- what a refusal covers

EVERY_POST: Final = Text("所有岗位", "every post")
ALL_ROLES_AT: Final = Text("{place}各岗位", "every post at {place}")
ROLES_AT: Final = Text("{place}{roles}", "{roles} at {place}")
CAPTAIN_OF: Final = Text("{place}总队长", "captain of {place}")
OUTSIDE: Final = Text("{place}以外的岗位", "posts outside {place}")
OTHER_THAN: Final = Text("{seat}以外的岗位", "posts other than {seat}")

# ---------------------------------------------------------------- the checker's figures

#: Beginnings of the checker's names for figures, in order; what follows is a village, a rule or nothing.
FIGURES: Final = (
    ("term weights ", Text("计分项“{rest}”的权重", "weight of {rest}")),
    ("term points ", Text("计分项“{rest}”的分值", "points of {rest}")),
    ("terms that come first", Text("优先的计分项", "terms that come first")),
    ("terms ", Text("计分项“{rest}”的加权分", "weighted points of {rest}")),
    ("index of village ", Text("{rest}的指数", "index of {rest}")),
    ("village ", Text("{rest}的得分", "points of {rest}")),
    ("attainable points of village ", Text("{rest}的可达分", "attainable points of {rest}")),
    ("villages at the floor", Text("指数最低的村", "villages with the worst index")),
    ("change by ", Text("换人后总分的变化（{rest}）", "change of the score ({rest})")),
    ("order of the reserves of ", Text("替补的次序（{rest}）", "order of the reserves ({rest})")),
    ("reserves of ", Text("替补重复（{rest}）", "reserves twice ({rest})")),
    ("term ", Text("计分项“{rest}”", "{rest}")),
    ("score against rank", Text("与第1名的分差", "score against rank 1")),
    ("score", Text("总分", "score")),
    ("rank", Text("名次", "rank")),
    (
        "distance asked for to rank ",
        Text("要求与第{rest}名相差的岗位", "posts asked to differ from rank {rest}"),
    ),
    ("distance to rank ", Text("与第{rest}名的差异", "distance to rank {rest}")),
    ("distances", Text("与前面各名的差异", "distances to the ranks before")),
    ("substance", Text("实质差异", "substance of the difference")),
    (
        "points without a plan of substance",
        Text("没有实质差异方案的分数范围", "points without a plan of substance"),
    ),
    ("bound on plans of substance", Text("有实质差异方案的上界", "bound on plans of substance")),
    ("tradeoff", Text("与第1名的得失", "what it gives up and gains against rank 1")),
    ("points of what comes first", Text("优先计分项的分值", "points of what comes first")),
    ("bound of what comes first", Text("优先计分项的上界", "bound of what comes first")),
    ("explanation: summary", Text("方案说明的概述", "summary of the explanation")),
    ("explanation: teams", Text("各村队伍的理由", "reasons of the teams")),
    ("explanation: posts", Text("各岗位的理由", "reasons of the posts")),
    ("explanation", Text("方案说明", "explanation")),
    ("kind of plan", Text("方案种类", "kind of plan")),
    ("violations", Text("未满足的软性规则", "soft rules not met")),
    ("bundles", Text("单位包村", "bundles")),
    ("floor", Text("最低指数", "worst index")),
    ("proof without a bound", Text("没有上界却写有证明", "proof without a bound")),
    ("bound below the score", Text("上界低于得分", "bound below the score")),
    ("gap", Text("与上界的差距", "gap")),
    ("proof", Text("证明", "proof")),
    ("reserve for a post not held", Text("替补对应的岗位无人担任", "reserve for a post that nobody holds")),
    ("reserve who holds a post", Text("替补已有岗位", "reserve who holds a post")),
)

#: Values that are words of the checker.
VALUES: Final = {
    "as stated": Text("如方案所写", "as stated"),
    "otherwise": Text("核算结果不同", "otherwise"),
    "met": Text("达到", "met"),
    "not met": Text("未达到", "not met"),
    "none": Text("无", "none"),
    "none_within": Text("一定分数内无", "none within some points"),
    "open": Text("未查明", "open"),
    "partial": Text("部分方案", "partial plan"),
    "best": Text("完整方案", "whole plan"),
    "twice": Text("两次", "twice"),
    "once": Text("一次", "once"),
    "best first": Text("从好到次", "best first"),
}

#: What the parts of a figure are called.
PARTS: Final = {
    "points": Text("得分", "points"), "attainable": Text("可达分", "attainable"), "index": Text("指数", "index"),
    "terms": Text("各项", "terms"), "rule": Text("规则", "rule"), "subjects": Text("涉及", "about"),
    "amount": Text("数量", "amount"), "penalty": Text("扣分", "penalty"), "unit": Text("单位", "unit"),
    "village": Text("村", "village"), "kind": Text("方式", "kind"), "people": Text("人数", "people"),
    "rank": Text("名次", "rank"), "posts": Text("岗位", "posts"), "villages": Text("村", "villages"),
    "exchanged": Text("计入的岗位", "posts that count"), "teams": Text("队伍", "teams"),
    "substantial": Text("有实质差异的队伍", "teams of substance"), "score": Text("总分", "score"),
    "worst_index": Text("最低指数", "worst index"), "sentences": Text("说明", "in words"), "id": Text("项目", "item"),
    "change": Text("变化", "change"), "share": Text("比例", "share"), "zh": Text("中文", "Chinese"),
    "en": Text("英文", "English"),
    "funds": Text("资金", "funds"), "projects": Text("项目", "projects"), "leader": Text("责任领导", "leader"),
}  # fmt: skip
BUNDLE: Final = {"lead": Text("包村", "leads"), "co": Text("参与", "takes part")}

RECOUNTED: Final = Text(
    "已按选派数据和岗位名单重新核算：全部审查规则和方案规则、各计分项、各村得分、软性规则扣分、单位包村、"
    "总分，以及上界、差距和证明之间是否一致。上界本身没有复核（附有证书的，加 --bound 复核）。",
    "Recounted from round and posts: every screening and plan rule, every term, the villages' points, penalties, "
    "bundles and the score, and whether bound, gap and proof agree. The bound itself was not checked (--bound does, by its certificate).",
)
RECOUNTED_BOUND: Final = Text(
    "已按选派数据和岗位名单重新核算：全部审查规则和方案规则、各计分项、各村得分、软性规则扣分、单位包村、"
    "总分，上界、差距和证明之间是否一致，以及上界证书。",
    "Recounted from round and posts: every screening and plan rule, every term, the villages' points, penalties, "
    "bundles and the score, whether bound, gap and proof agree, and the certificate of the bound.",
)
ATTAINABLE_TAKEN: Final = Text(
    "各村可达分采用方案所列数值，未重新搜索（加 --attainable 重新搜索）。",
    "The villages' attainable points were taken from the plan, not searched again (--attainable does).",
)
ATTAINABLE_SEARCHED: Final = Text(
    "各村可达分已逐村重新搜索。", "The villages' attainable points were searched again, village by village."
)
