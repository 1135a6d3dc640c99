"""What is wrong with a checkpoint that a solve is to go on from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.words.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.words.wording import Wording

CHECKPOINTS: Mapping[str, Wording] = {
    "not_a_checkpoint": wording(
        "不是检查点文件（schema 为“{value}”，应为 checkpoint/1）", "请用 solve --checkpoint 写出的文件，或不加 --resume 重新求解",
        "this is no checkpoint (its schema is “{value}”, not checkpoint/1)",
        "give a file that solve --checkpoint wrote, or solve anew without --resume",
    ),
    "checkpoint_damaged": wording(
        "检查点文件已损坏或被改动", "请用未经改动的检查点文件，或不加 --resume 重新求解",
        "the checkpoint is damaged or was changed",
        "give the checkpoint as it was written, or solve anew without --resume",
    ),
    "checkpoint_of_other_round": wording(
        "检查点属于另一份选派数据（数据摘要不同）", "请用当时的选派数据和同样的 --set、--lock、--baseline，或不加 --resume 重新求解",
        "the checkpoint belongs to another version of the round (the digests differ)",
        "give the round that was solved, with the same --set, --lock and --baseline, or solve anew without --resume",
    ),
    "checkpoint_of_other_rules": wording(
        "检查点是在另一套规则默认值下写出的（软件版本不同）", "请用当时的软件版本，或不加 --resume 重新求解",
        "the checkpoint was written under other default rules (another version)",
        "use the version that wrote it, or solve anew without --resume",
    ),
    "checkpoint_of_other_setting": wording(
        "检查点是按 {setting}={before} 求解的，现在是 {now}", "请用同样的设置，或不加 --resume 重新求解",
        "the checkpoint is of a solve with {setting}={before}, not {now}",
        "give the same setting, or solve anew without --resume",
    ),
}  # fmt: skip
