"""What is refused of a request itself: how it is written, how large it is, what it repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from api.words.refusal import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.words.refusal import Refusal

REFUSALS: Final[Mapping[str, Refusal]] = {
    "request_invalid": refusal(
        422, "请求中有 {count} 处不对", "逐条修改 problems 中列出的内容",
        "{count} thing(s) in the request are wrong", "mend what problems lists",
    ),
    "round_invalid": refusal(
        422, "轮次数据有 {count} 处错误，没有保存", "逐条修改 problems 中列出的内容后重新提交",
        "the round has {count} error(s); nothing was stored", "mend what problems lists and send it again",
    ),
    "json_syntax": refusal(
        400, "正文不是正确的 JSON", "检查括号、引号和逗号",
        "the body is not JSON", "look at its brackets, quotes and commas",
    ),
    "bad_text": refusal(
        400, "请求的文字中有 NUL 或不成对的代理字符", "把它们去掉后再发送",
        "a text of the request holds NUL or half a character (a lone surrogate)", "take them out and send it again",
    ),
    "bad_number": refusal(
        400, "请求中有不是数值的数（NaN、Infinity）或大得离谱的数", "写成有限的数，整数不超过 {most} 位",
        "a number of the request is none (NaN, Infinity) or beyond all measure",
        "write finite numbers, whole ones in less than {most} digits",
    ),
    "json_too_deep": refusal(
        400, "JSON 嵌套超过 {most} 层", "减少嵌套",
        "the JSON is nested more than {most} deep", "nest less",
    ),
    "body_too_large": refusal(
        413, "请求正文超过 {most} 字节", "缩小后再发送",
        "the body is larger than {most} bytes", "send less",
    ),
    "body_type": refusal(
        415, "不接受这种类型的正文", "把 Content-Type 设为以下之一：{allowed}",
        "a body of this type is not taken", "set Content-Type to one of: {allowed}",
    ),
    "multipart_broken": refusal(
        400, "multipart 正文不完整或写法不对", "用通行的客户端重新上传，表单中放一个名为 file 的文件",
        "the multipart body is broken or incomplete",
        "upload again with an ordinary client: a form with one file named “file”",
    ),
    "upload_too_slow": refusal(
        422, "读取上传内容超过 {seconds} 秒，已停止", "缩小文件或拆分轮次后再试",
        "reading the upload took more than {seconds} s and was stopped", "send a smaller file, or split the round",
    ),
    "upload_too_complex": refusal(
        422, "读取上传内容所需内存超出上限，已停止", "删去多余的表和格式，或拆分轮次后再试",
        "reading the upload needs more memory than it may use, and was stopped",
        "remove spare sheets and formats, or split the round",
    ),
    "not_found": refusal(
        404, "没有这个内容，或不在您的权限范围内", "检查地址；需要权限请联系管理员",
        "there is no such thing, or it is not within your scope",
        "check the address; ask an administrator if you need access",
    ),
    "method_not_allowed": refusal(
        405, "这个地址不支持 {method}", "改用：{allowed}",
        "this address does not take {method}", "use one of: {allowed}",
    ),
    "not_acceptable": refusal(
        406, "不能以所要求的形式回答", "把 Accept 设为以下之一：{allowed}",
        "this can't be answered in the form asked for", "set Accept to one of: {allowed}",
    ),
    "precondition_required": refusal(
        428, "缺少 If-Match 请求头", "先读取，再把所得 ETag 放入 If-Match",
        "the header If-Match is missing", "read it first, then send its ETag as If-Match",
    ),
    "precondition_failed": refusal(
        412, "内容在您读取之后已被修改", "重新读取，确认后再改",
        "it was changed after you read it", "read it again, then change it",
    ),
    "idempotency_key": refusal(
        400, "Idempotency-Key 写法不对", "用 1 至 255 个可见 ASCII 字符，如一个 UUID",
        "the Idempotency-Key can't be used", "use 1 to 255 visible ASCII characters, such as a UUID",
    ),
    "idempotency_mismatch": refusal(
        422, "同一个 Idempotency-Key 已用于另一个请求", "换一个 Idempotency-Key",
        "this Idempotency-Key was used for another request", "use another Idempotency-Key",
    ),
    "bad_cursor": refusal(
        400, "游标不正确或不属于这个列表", "从第一页重新开始",
        "the cursor is damaged or belongs to another list", "start again at the first page",
    ),
    "nothing_changed": refusal(
        409, "修改之后与第 {revision} 版相同", "检查所做的修改",
        "with these edits the round is the same as revision {revision}", "look at the edits again",
    ),
}  # fmt: skip
