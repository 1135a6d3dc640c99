"""Why a run ended without an answer: a code in the database, a sentence for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from matcher.words.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.codes import Language
    from matcher.words.wording import Wording

REASONS: Final[Mapping[str, Wording]] = {
    "cancelled": wording(
        "已取消", "需要时重新提交",
        "it was cancelled", "submit it again when it is needed",
    ),
    "stopped_before_plan": wording(
        "停止时还没有找到方案", "重新提交，并多给一些时间",
        "it was stopped before it had a plan", "submit it again, and give it more time",
    ),
    "no_plan_found": wording(
        "在给定的计算量或时间内没有找到方案，也没有证明无解", "加大计算量（effort）或时间上限后重新提交",
        "no plan was found with the effort or time given, nor was it proven that there is none",
        "submit it again with more effort or a longer time limit",
    ),
    "invalid": wording(
        "轮次或设置不能求解（{codes}）", "按所列问题修改轮次或设置后重新提交",
        "the round or the settings can't be solved ({codes})",
        "mend the round or the settings as the problems say, then submit it again",
    ),
    "recount_differs": wording(
        "复核结果与求解器的计算不一致，方案不予发布", "保留该运行并向开发者报告；这是程序的错误",
        "the recount differs from what the solver says, so no plan is released",
        "keep the run and report it: this is a fault of the program",
    ),
    "out_of_memory": wording(
        "求解所需内存超过每个运行的上限 {mebibytes} MiB", "提高内存上限，或缩小轮次",
        "the solve needs more memory than a run is given ({mebibytes} MiB)",
        "raise the limit, or make the round smaller",
    ),
    "too_many_attempts": wording(
        "求解进程多次中断而没有进展（进程死亡 {deaths} 次，尝试 {attempts} 次）", "查看服务日志；向开发者报告",
        "the solve broke off too often without getting on ({deaths} deaths, {attempts} attempts)",
        "look into the log of the service, and report it",
    ),
    "documents_damaged": wording(
        "运行的轮次数据已损坏或缺失", "从备份恢复，并检查磁盘",
        "the round of the run is damaged or missing", "restore it from a backup, and look after the disk",
    ),
}  # fmt: skip


def reason_text(details: Mapping[str, Any]) -> str:
    """Return what is kept beside the code: what its sentence needs, never personal data."""
    return json.dumps(details, ensure_ascii=False, sort_keys=True)


def sentence(code: str, reason: str | None, language: Language) -> str:
    """Return why a run ended, in words."""
    return _filled(REASONS[code].sentence.in_(language), reason)


def remedy(code: str, reason: str | None, language: Language) -> str:
    """Return what can be done about it."""
    return _filled(REASONS[code].remedy.in_(language), reason)


def _filled(text: str, reason: str | None) -> str:
    return text.format_map(json.loads(reason) if reason else {})
