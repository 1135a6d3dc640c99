"""What is refused for how the service is just now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from api.words.refusal import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.words.refusal import Refusal

REFUSALS: Final[Mapping[str, Refusal]] = {
    "busy": refusal(
        503, "正在读取的上传过多", "{seconds} 秒后再试",
        "too many uploads are being read", "try again after {seconds} s",
    ),
    "draining": refusal(
        503, "服务正在停止", "{seconds} 秒后再试",
        "the service is about to end", "try again after {seconds} s",
    ),
    "desk_busy": refusal(
        503, "等待核算的请求过多", "{seconds} 秒后再试",
        "too many requests wait to be counted", "try again after {seconds} s",
    ),
    "takes_too_long": refusal(
        503, "核算超过 {seconds} 秒，已停止", "稍后再试；一直如此请改用运行（runs）",
        "counting took more than {seconds} s and was stopped", "try again later; if it stays so, ask it of a run",
    ),
    "storage_unavailable": refusal(
        503, "数据库暂不可用", "{seconds} 秒后再试；一直如此请联系管理员",
        "the database is not available", "try again after {seconds} s; tell an administrator if it stays so",
    ),
    "storage_full": refusal(
        507, "服务器磁盘已满，没有保存", "请管理员清出空间；已保存的内容不受影响，{seconds} 秒后再试",
        "the server's disk is full; nothing was stored",
        "ask an administrator to make room, and try again after {seconds} s; what was stored before is safe",
    ),
    "storage_refused": refusal(
        500, "存储拒绝了请求（{reason}）", "请把 request_id 告诉管理员",
        "the storage refused ({reason})", "tell an administrator the request_id",
    ),
    "unexpected": refusal(
        500, "服务出现意外错误", "请把 request_id 告诉管理员",
        "an unexpected error occurred", "tell an administrator the request_id",
    ),
}  # fmt: skip
