"""What is refused of runs and questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from api.words.refusal import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.words.refusal import Refusal

REFUSALS: Final[Mapping[str, Refusal]] = {
    "run_cores": refusal(
        422, "请求 {cores} 个处理器核，超过上限 {most}", "把 cores 设为不超过 {most}",
        "{cores} cores were asked for; a run may have {most} at most", "set cores to {most} or less",
    ),
    "too_many_runs": refusal(
        429, "您排队等待的运行已达上限 {most} 个", "等其中一些开始，或取消一些",
        "{most} runs of yours wait already, which is the limit", "wait until some have begun, or cancel some",
    ),
    "run_ended": refusal(
        409, "运行已经结束（{state}）", "需要时用 rerun 重新运行",
        "the run has ended already ({state})", "start it again with rerun if it is needed",
    ),
    "bad_event_number": refusal(
        400, "事件号不正确：该运行的事件为 1 至 {last}", "用最后收到的事件号；从头开始用 0",
        "there is no such event: those of this run are 1 to {last}",
        "give the number of the event that came last, or 0 to begin",
    ),
    "run_not_ended": refusal(
        409, "运行还没有结束（{state}）", "等它结束后再取结果；进展见 /runs/{run}/events",
        "the run has not ended yet ({state})", "wait for its end, and follow it at /runs/{run}/events",
    ),
    "run_without_result": refusal(
        409, "运行已结束，没有结果（{state}）", "原因见 /runs/{run} 的 reason",
        "the run has ended without an answer ({state})", "see reason at /runs/{run}",
    ),
    "edits_refused": refusal(
        422, "有 {count} 处修改不能用于本轮数据，没有开始运行", "逐条查看 problems（scenario 是情景名称，index 是第几处修改）",
        "{count} edit(s) can't be made to the round; no run was started",
        "look at problems: scenario names the scenario, index counts its edits from 0",
    ),
    "plan_not_askable": refusal(
        409, "不能就这个方案提问", "请就一个运行的第 1 名方案、或完整的改动方案提问",
        "this can't be asked of the plan", "ask it of the first plan of a run, or of an edited plan that is whole",
    ),
    "plan_without_prices": refusal(
        409, "方案没有上界证书，回答不了这个问题", "用 method 为 columns 或 counties 的运行求得的方案提问",
        "the plan has no certificate of its bound, so this can't be answered",
        "ask it of a plan that a run with the method columns or counties has found",
    ),
    "scenario_unknown": refusal(
        404, "运行中没有这个情景", "情景名称见 /runs/{run} 的 question；对中期调整不写 scenario",
        "the run has no such scenario", "question at /runs/{run} has the names; give none for a plan that was mended",
    ),
    "revision_passed": refusal(
        409, "情景是在第 {revision} 版上做的，轮次已到第 {last} 版", "保存为单独的轮次（to 为 round），或在新版上重新比选",
        "the scenario was made of revision {revision}, and the round has revision {last} by now",
        "keep it as a round of its own (“to”: “round”), or ask again of the last revision",
    ),
}  # fmt: skip
