"""Why a repeat need not give the same posts, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matcher.codes import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

UNEQUAL: Final[Mapping[str, Text]] = {
    "not_ended": Text("两个运行尚未都结束", "the two runs have not both ended"),
    "no_answer": Text("其中一个运行没有结果", "one of the runs has no answer"),
    "continued": Text(
        "其中一个运行中断后从检查点继续，不是从头算起",
        "one of the runs was broken off and went on from a checkpoint, so it did not run from zero",
    ),
    "stopped": Text("其中一个运行被要求提前停止", "one of the runs was asked to stop early"),
    "time_limited": Text(
        "运行有时间上限，结果取决于机器快慢",
        "the runs have a time limit, so what they find depends on how fast the machine is",
    ),
    "other_rules": Text("两次所用规则不同", "the rules in effect were not the same"),
    "other_versions": Text("两次所用程序版本不同", "the versions of the programs were not the same"),
}
