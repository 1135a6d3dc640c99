"""What is wrong with single fields of a request, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matcher.words.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.words.wording import Wording

#: What is wrong with a single field of a request, where the matcher has no words for it.
FIELDS: Final[Mapping[str, Wording]] = {
    "string_pattern_mismatch": wording(
        "写法不对", "首尾不要有空格，也不要空着",
        "it is not written as it should be", "leave no blanks at its ends, and don't leave it blank",
    ),
    "grant_scope": wording(
        "范围与范围类别不符", "类别为 prefecture 或 county 时写明 scope，为 all 时留空",
        "the scope does not fit its kind", "give a scope for a prefecture or county, and none for all",
    ),
    "edit_nothing": wording(
        "没有任何改动", "在 changed、added、removed 中至少写明一项",
        "nothing is changed", "name at least one post in changed, added or removed",
    ),
    "edit_reason": wording(
        "保存方案须写明理由", "填写 reason，或不保存",
        "a plan is saved with a reason", "give a reason, or don't save",
    ),
    "edit_twice": wording(
        "同一名干部出现了不止一次", "每名干部只写一项改动",
        "the cadre is named more than once", "name each cadre once",
    ),
    "edit_no_post": wording(
        "这名干部在方案中没有岗位", "改用 added，或检查编号",
        "the cadre has no post in the plan", "use added, or look at the id",
    ),
    "edit_has_post": wording(
        "这名干部在方案中已有岗位", "改用 changed，或检查编号",
        "the cadre has a post in the plan", "use changed, or look at the id",
    ),
    "scenario_count": wording(
        "情景数不对", "写 1 至 100 个情景，方格展开后的也计入",
        "there are too few or too many scenarios", "give 1 to 100 of them, those of the grid counted",
    ),
    "scenario_names": wording(
        "情景名称重复，或与 base 相同", "给每个情景起不同的名称；base 是原轮次",
        "a scenario's name is given twice, or is “base”", "name each in its own way; “base” is the round as it is",
    ),
    "run_workers": wording(
        "处理器核数不在 settings 中给出", "删去 workers，改用 cores",
        "the number of cores is not said in the settings", "leave workers out, and set cores",
    ),
    "grant_system_role": wording(
        "管理员角色不能限定范围", "把 scope_kind 设为 all",
        "an administrator's role can't be limited to a scope", "set scope_kind to all",
    ),
}  # fmt: skip
