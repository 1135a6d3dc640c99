"""What the service refuses: each refusal with its HTTP status and its remedy, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from matcher.words.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.words.wording import Wording


@dataclass(frozen=True, slots=True)
class Refusal:
    """One kind of refusal.

    Attributes
    ----------
    status
        The HTTP status that it is answered with.
    wording
        What is wrong, and what to do about it.
    """

    status: int
    wording: Wording


def _refusal(status: int, zh: str, zh_remedy: str, en: str, en_remedy: str) -> Refusal:
    return Refusal(status, wording(zh, zh_remedy, en, en_remedy))


#: Codes are stable: programs rely on them.
REFUSALS: Final[Mapping[str, Refusal]] = {
    # ---- what was sent
    "bad_request": _refusal(
        400, "请求写法不对", "对照接口文档修改请求",
        "the request can't be understood", "compare it with the API document",
    ),
    "request_invalid": _refusal(
        422, "请求中有 {count} 处不对", "逐条修改 problems 中列出的内容",
        "{count} thing(s) in the request are wrong", "mend what problems lists",
    ),
    "round_invalid": _refusal(
        422, "轮次数据有 {count} 处错误，没有保存", "逐条修改 problems 中列出的内容后重新提交",
        "the round has {count} error(s); nothing was stored", "mend what problems lists and send it again",
    ),
    "json_syntax": _refusal(
        400, "正文不是正确的 JSON", "检查括号、引号和逗号",
        "the body is not JSON", "look at its brackets, quotes and commas",
    ),
    "bad_text": _refusal(
        400, "请求的文字中有 NUL 或不成对的代理字符", "把它们去掉后再发送",
        "a text of the request holds NUL or half a character (a lone surrogate)", "take them out and send it again",
    ),
    "bad_number": _refusal(
        400, "请求中有不是数值的数（NaN、Infinity）或大得离谱的数", "写成有限的数，整数不超过 {most} 位",
        "a number of the request is none (NaN, Infinity) or beyond all measure",
        "write finite numbers, whole ones in less than {most} digits",
    ),
    "json_too_deep": _refusal(
        400, "JSON 嵌套超过 {most} 层", "减少嵌套",
        "the JSON is nested more than {most} deep", "nest less",
    ),
    "body_too_large": _refusal(
        413, "请求正文超过 {most} 字节", "缩小后再发送",
        "the body is larger than {most} bytes", "send less",
    ),
    "body_type": _refusal(
        415, "不接受这种类型的正文", "把 Content-Type 设为以下之一：{allowed}",
        "a body of this type is not taken", "set Content-Type to one of: {allowed}",
    ),
    "multipart_broken": _refusal(
        400, "multipart 正文不完整或写法不对", "用通行的客户端重新上传，表单中放一个名为 file 的文件",
        "the multipart body is broken or incomplete",
        "upload again with an ordinary client: a form with one file named “file”",
    ),
    "upload_too_slow": _refusal(
        422, "读取上传内容超过 {seconds} 秒，已停止", "缩小文件或拆分轮次后再试",
        "reading the upload took more than {seconds} s and was stopped", "send a smaller file, or split the round",
    ),
    "upload_too_complex": _refusal(
        422, "读取上传内容所需内存超出上限，已停止", "删去多余的表和格式，或拆分轮次后再试",
        "reading the upload needs more memory than it may use, and was stopped",
        "remove spare sheets and formats, or split the round",
    ),
    "not_found": _refusal(
        404, "没有这个内容，或不在您的权限范围内", "检查地址；需要权限请联系管理员",
        "there is no such thing, or it is not within your scope",
        "check the address; ask an administrator if you need access",
    ),
    "method_not_allowed": _refusal(
        405, "这个地址不支持 {method}", "改用：{allowed}",
        "this address does not take {method}", "use one of: {allowed}",
    ),
    "not_acceptable": _refusal(
        406, "不能以所要求的形式回答", "把 Accept 设为以下之一：{allowed}",
        "this can't be answered in the form asked for", "set Accept to one of: {allowed}",
    ),
    # ---- who asks
    "key_missing": _refusal(
        401, "请求没有带密钥", "加上请求头 Authorization: Bearer mk_…（密钥由管理员发放），或先登录",
        "the request has no key",
        "add the header Authorization: Bearer mk_… (administrators give out keys), or log in first",
    ),
    "key_bad": _refusal(
        401, "密钥不正确", "检查密钥是否完整，或请管理员重发",
        "the key is not known", "check that it is complete, or ask an administrator for another",
    ),
    "key_expired": _refusal(
        401, "密钥已过期", "请管理员重发",
        "the key has expired", "ask an administrator for another",
    ),
    "key_revoked": _refusal(
        401, "密钥已作废", "请管理员重发",
        "the key was revoked", "ask an administrator for another",
    ),
    "principal_disabled": _refusal(
        401, "账户已停用", "请联系管理员",
        "the account is disabled", "ask an administrator",
    ),
    "role_missing": _refusal(
        403, "您的角色不能做这件事（{action}）", "需要以下角色之一：{roles}；请联系管理员",
        "your roles do not allow this ({action})", "one of these roles is needed: {roles}; ask an administrator",
    ),
    "scope_exceeded": _refusal(
        403, "轮次涉及您权限范围之外的县区", "只提交本范围的数据，或请管理员扩大范围",
        "the round is about counties outside your scope",
        "send only what is within it, or ask an administrator for a wider one",
    ),
    "too_many_requests": _refusal(
        429, "请求过于频繁（上限 {limit}）", "{seconds} 秒后再试",
        "too many requests (the limit is {limit})", "try again after {seconds} s",
    ),
    # ---- logging in
    "login_failed": _refusal(
        401, "用户名或密码不正确", "检查后重试；忘记密码请联系管理员",
        "the name or the password is not right", "look at both and try again; ask an administrator for a new password",
    ),
    "login_delayed": _refusal(
        429, "尝试登录失败的次数过多", "{seconds} 秒后再试；忘记密码请联系管理员",
        "logging in failed too often", "try again after {seconds} s; ask an administrator for a new password",
    ),
    "session_over": _refusal(
        401, "没有登录，或登录已失效", "请重新登录",
        "you are not logged in, or no longer", "log in again",
    ),
    "session_needed": _refusal(
        409, "请求用的是密钥，没有登录会话", "用登录后的 cookie 访问，不带 Authorization",
        "the request has a key and no session", "ask with the cookie of a log-in, and without Authorization",
    ),
    "origin_foreign": _refusal(
        403, "请求不是从本服务的页面发出的", "只从 {origin} 的页面修改；地址不对请管理员检查 MATCHER_PUBLIC_URL",
        "the request does not come from a page of this service",
        "make changes from pages of {origin} only; if that is the wrong address, an administrator sets MATCHER_PUBLIC_URL",
    ),
    "csrf_token": _refusal(
        403, "缺少 X-CSRF-Token，或它不属于这次登录", "用 GET /session 读取 csrf_token，放入请求头 X-CSRF-Token",
        "the header X-CSRF-Token is missing, or not of this session",
        "read csrf_token from GET /session and send it as X-CSRF-Token",
    ),
    "password_short": _refusal(
        422, "密码太短，至少 {least} 个字符", "可用一句自己记得住的话",
        "the password is too short; it needs {least} characters", "take a sentence that you can remember",
    ),
    "password_common": _refusal(
        422, "密码太常见，或与账户名称太接近", "换一个别人想不到的，如一句自己记得住的话",
        "the password is one of the first to be guessed, or too near the account's name",
        "choose one that nobody thinks of, such as a sentence that you can remember",
    ),
    "password_wrong": _refusal(
        403, "现用密码不正确", "检查后重试；还没有密码或忘记了，请管理员重置",
        "the password in force is not right",
        "look at it and try again; where there is none or it is forgotten, ask an administrator to reset it",
    ),
    "password_of_program": _refusal(
        409, "程序账户没有密码", "改发密钥",
        "an account of a program has no password", "give it a key instead",
    ),
    "code_bad": _refusal(
        403, "设置密码的代码不正确、已用过或已过期", "检查用户名和代码，或请管理员重发",
        "the code is not right, was used before or has expired",
        "look at the name and the code, or ask an administrator for another",
    ),
    "oidc_off": _refusal(
        404, "本服务没有设置单点登录", "用密码登录；管理员可设置 MATCHER_OIDC_ISSUER",
        "single sign-on is not set up here", "log in with a password; an administrator can set MATCHER_OIDC_ISSUER",
    ),
    "oidc_state": _refusal(
        400, "这次登录不是在这个浏览器中开始的，或已用过、已超时", "从头重新登录",
        "this log-in was not begun in this browser, was used before or took too long", "begin to log in again",
    ),
    "oidc_denied": _refusal(
        403, "单点登录未通过（{error}）", "重新登录；一直如此请联系统一认证的管理员",
        "the provider of single sign-on said no ({error})",
        "log in again; if it stays so, ask the administrator of the provider",
    ),
    "oidc_token": _refusal(
        401, "单点登录返回的凭证不可用（{reason}）", "重新登录；一直如此请管理员检查单点登录的设置和两边的时钟",
        "what the provider of single sign-on gave can't be accepted ({reason})",
        "log in again; if it stays so, an administrator looks at the settings of single sign-on and at both clocks",
    ),
    "oidc_unreachable": _refusal(
        503, "单点登录服务没有正常回答", "{seconds} 秒后再试；一直如此请管理员检查 MATCHER_OIDC_ISSUER 和网络",
        "the provider of single sign-on does not answer as it should",
        "try again after {seconds} s; if it stays so, an administrator looks at MATCHER_OIDC_ISSUER and the network",
    ),
    "oidc_unknown": _refusal(
        403, "单点登录的身份在本服务中没有账户", "请管理员建立账户并关联",
        "nobody here has this identity of single sign-on", "ask an administrator to make an account and link it",
    ),
    # ---- what state things are in
    "precondition_required": _refusal(
        428, "缺少 If-Match 请求头", "先读取，再把所得 ETag 放入 If-Match",
        "the header If-Match is missing", "read it first, then send its ETag as If-Match",
    ),
    "precondition_failed": _refusal(
        412, "内容在您读取之后已被修改", "重新读取，确认后再改",
        "it was changed after you read it", "read it again, then change it",
    ),
    "idempotency_key": _refusal(
        400, "Idempotency-Key 写法不对", "用 1 至 255 个可见 ASCII 字符，如一个 UUID",
        "the Idempotency-Key can't be used", "use 1 to 255 visible ASCII characters, such as a UUID",
    ),
    "idempotency_mismatch": _refusal(
        422, "同一个 Idempotency-Key 已用于另一个请求", "换一个 Idempotency-Key",
        "this Idempotency-Key was used for another request", "use another Idempotency-Key",
    ),
    "bad_cursor": _refusal(
        400, "游标不正确或不属于这个列表", "从第一页重新开始",
        "the cursor is damaged or belongs to another list", "start again at the first page",
    ),
    "nothing_changed": _refusal(
        409, "修改之后与第 {revision} 版相同", "检查所做的修改",
        "with these edits the round is the same as revision {revision}", "look at the edits again",
    ),
    "run_cores": _refusal(
        422, "请求 {cores} 个处理器核，超过上限 {most}", "把 cores 设为不超过 {most}",
        "{cores} cores were asked for; a run may have {most} at most", "set cores to {most} or less",
    ),
    "too_many_runs": _refusal(
        429, "您排队等待的运行已达上限 {most} 个", "等其中一些开始，或取消一些",
        "{most} runs of yours wait already, which is the limit", "wait until some have begun, or cancel some",
    ),
    "run_ended": _refusal(
        409, "运行已经结束（{state}）", "需要时用 rerun 重新运行",
        "the run has ended already ({state})", "start it again with rerun if it is needed",
    ),
    "bad_event_number": _refusal(
        400, "事件号不正确：该运行的事件为 1 至 {last}", "用最后收到的事件号；从头开始用 0",
        "there is no such event: those of this run are 1 to {last}",
        "give the number of the event that came last, or 0 to begin",
    ),
    "run_not_ended": _refusal(
        409, "运行还没有结束（{state}）", "等它结束后再取结果；进展见 /runs/{run}/events",
        "the run has not ended yet ({state})", "wait for its end, and follow it at /runs/{run}/events",
    ),
    "run_without_result": _refusal(
        409, "运行已结束，没有结果（{state}）", "原因见 /runs/{run} 的 reason",
        "the run has ended without an answer ({state})", "see reason at /runs/{run}",
    ),
    "edits_refused": _refusal(
        422, "有 {count} 处修改不能用于本轮数据，没有开始运行", "逐条查看 problems（scenario 是情景名称，index 是第几处修改）",
        "{count} edit(s) can't be made to the round; no run was started",
        "look at problems: scenario names the scenario, index counts its edits from 0",
    ),
    "plan_not_askable": _refusal(
        409, "不能就这个方案提问", "请就一个运行的第 1 名方案、或完整的改动方案提问",
        "this can't be asked of the plan", "ask it of the first plan of a run, or of an edited plan that is whole",
    ),
    "plan_without_prices": _refusal(
        409, "方案没有上界证书，回答不了这个问题", "用 method 为 columns 或 counties 的运行求得的方案提问",
        "the plan has no certificate of its bound, so this can't be answered",
        "ask it of a plan that a run with the method columns or counties has found",
    ),
    "scenario_unknown": _refusal(
        404, "运行中没有这个情景", "情景名称见 /runs/{run} 的 question；对中期调整不写 scenario",
        "the run has no such scenario", "question at /runs/{run} has the names; give none for a plan that was mended",
    ),
    "revision_passed": _refusal(
        409, "情景是在第 {revision} 版上做的，轮次已到第 {last} 版", "保存为单独的轮次（to 为 round），或在新版上重新比选",
        "the scenario was made of revision {revision}, and the round has revision {last} by now",
        "keep it as a round of its own (“to”: “round”), or ask again of the last revision",
    ),
    "plan_refused": _refusal(
        422, "核算发现方案有 {count} 处问题，没有保存", "逐条查看 problems；确认方案与轮次、版本是否对应",
        "the checker found {count} thing(s) wrong with the plan; nothing was stored",
        "look at problems, and whether it is a plan of this round and revision",
    ),
    "edit_invalid": _refusal(
        422, "有 {count} 处改动无法进行", "逐条修改 problems 中列出的内容",
        "{count} change(s) can't be made", "mend what problems lists",
    ),
    "edit_unknown": _refusal(
        422, "改动中有 {count} 个岗位是本轮没有的", "逐条核对 problems 中的干部、村、乡镇和岗位",
        "{count} post(s) are not known to the round", "look at the cadres, villages, townships and roles in problems",
    ),
    "not_comparable": _refusal(
        409, "两个方案不属于同一轮次的同一版本，无法比较", "选择同一版本的两个方案",
        "the plans are not of the same revision of one round", "choose two plans of one revision",
    ),
    "why_what": _refusal(
        422, "须且只须写明 cadre 或 village 之一", "加上 ?cadre=… 或 ?village=…",
        "ask about one cadre or one village", "give ?cadre=… or ?village=…",
    ),
    "plan_not_publishable": _refusal(
        409, "方案未通过核算，不得公示或发布", "查看 problems，改正后另存方案",
        "the checker does not pass the plan; it can't be shown to the public", "look at problems and mend the plan",
    ),
    "same_person": _refusal(
        403, "提出者不能批准自己的提议", "请另一名审批人批准",
        "nobody approves what they proposed", "ask another approver",
    ),
    "publication_state": _refusal(
        409, "当前状态（{state}）下不能这样做", "重新读取后再决定",
        "this can't be done in its state ({state})", "read it again, then decide",
    ),
    "principal_exists": _refusal(
        409, "已有同名账户", "换一个名称，或使用已有账户",
        "there is an account of this name already", "choose another name, or use that account",
    ),
    "last_administrator": _refusal(
        409, "这是最后一个可用的管理员", "先设置另一个管理员",
        "this is the last administrator", "appoint another one first",
    ),
    "host_bad": _refusal(
        422, "主机写法不对", "只写主机名或 IP 地址，不带协议、端口和路径",
        "the host is not written as it should be", "give a host name or an IP address, without scheme, port and path",
    ),
    "host_not_listed": _refusal(
        422, "主机“{host}”不在允许推送的名单中", "先用 PUT /webhook-hosts/{host} 列入，或换一个地址",
        "the host “{host}” is not listed for webhooks", "list it first with PUT /webhook-hosts/{host}, or choose another",
    ),
    "host_in_use": _refusal(
        409, "还有推送地址使用这个主机", "先删去这些推送地址",
        "webhooks go to this host still", "delete those webhooks first",
    ),
    "hook_url": _refusal(
        422, "推送地址不可用", "写成 http:// 或 https:// 开头的地址，只用 ASCII 字符，不带用户名、密码和 # 部分",
        "the address can't be used for a webhook",
        "give one that begins with http:// or https://, in ASCII, without user name, password and # part",
    ),
    "delivery_pending": _refusal(
        409, "这次推送还在等待发送", "等它成功或失败以后再重发",
        "this delivery is still to be sent", "wait until it is delivered or given up",
    ),
    # ---- ourselves
    "busy": _refusal(
        503, "正在读取的上传过多", "{seconds} 秒后再试",
        "too many uploads are being read", "try again after {seconds} s",
    ),
    "draining": _refusal(
        503, "服务正在停止", "{seconds} 秒后再试",
        "the service is about to end", "try again after {seconds} s",
    ),
    "desk_busy": _refusal(
        503, "等待核算的请求过多", "{seconds} 秒后再试",
        "too many requests wait to be counted", "try again after {seconds} s",
    ),
    "takes_too_long": _refusal(
        503, "核算超过 {seconds} 秒，已停止", "稍后再试；一直如此请改用运行（runs）",
        "counting took more than {seconds} s and was stopped", "try again later; if it stays so, ask it of a run",
    ),
    "storage_unavailable": _refusal(
        503, "数据库暂不可用", "{seconds} 秒后再试；一直如此请联系管理员",
        "the database is not available", "try again after {seconds} s; tell an administrator if it stays so",
    ),
    "storage_full": _refusal(
        507, "服务器磁盘已满，没有保存", "请管理员清出空间；已保存的内容不受影响，{seconds} 秒后再试",
        "the server's disk is full; nothing was stored",
        "ask an administrator to make room, and try again after {seconds} s; what was stored before is safe",
    ),
    "storage_refused": _refusal(
        500, "存储拒绝了请求（{reason}）", "请把 request_id 告诉管理员",
        "the storage refused ({reason})", "tell an administrator the request_id",
    ),
    "unexpected": _refusal(
        500, "服务出现意外错误", "请把 request_id 告诉管理员",
        "an unexpected error occurred", "tell an administrator the request_id",
    ),
}  # fmt: skip

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
