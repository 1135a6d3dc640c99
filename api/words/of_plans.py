"""What is refused of plans and their publication."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from api.words.refusal import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.words.refusal import Refusal

REFUSALS: Final[Mapping[str, Refusal]] = {
    "plan_refused": refusal(
        422, "核算发现方案有 {count} 处问题，没有保存", "逐条查看 problems；确认方案与轮次、版本是否对应",
        "the checker found {count} thing(s) wrong with the plan; nothing was stored",
        "look at problems, and whether it is a plan of this round and revision",
    ),
    "edit_invalid": refusal(
        422, "有 {count} 处改动无法进行", "逐条修改 problems 中列出的内容",
        "{count} change(s) can't be made", "mend what problems lists",
    ),
    "edit_unknown": refusal(
        422, "改动中有 {count} 个岗位是本轮没有的", "逐条核对 problems 中的干部、村、乡镇和岗位",
        "{count} post(s) are not known to the round", "look at the cadres, villages, townships and roles in problems",
    ),
    "not_comparable": refusal(
        409, "两个方案不属于同一轮次的同一版本，无法比较", "选择同一版本的两个方案",
        "the plans are not of the same revision of one round", "choose two plans of one revision",
    ),
    "why_what": refusal(
        422, "须且只须写明 cadre 或 village 之一", "加上 ?cadre=… 或 ?village=…",
        "ask about one cadre or one village", "give ?cadre=… or ?village=…",
    ),
    "plan_not_publishable": refusal(
        409, "方案未通过核算，不得公示或发布", "查看 problems，改正后另存方案",
        "the checker does not pass the plan; it can't be shown to the public", "look at problems and mend the plan",
    ),
    "same_person": refusal(
        403, "提出者不能批准自己的提议", "请另一名审批人批准",
        "nobody approves what they proposed", "ask another approver",
    ),
    "publication_state": refusal(
        409, "当前状态（{state}）下不能这样做", "重新读取后再决定",
        "this can't be done in its state ({state})", "read it again, then decide",
    ),
}  # fmt: skip
