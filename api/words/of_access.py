"""What is refused for whose a request is: keys, roles, log-ins, accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from api.words.refusal import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.words.refusal import Refusal

REFUSALS: Final[Mapping[str, Refusal]] = {
    "key_missing": refusal(
        401, "请求没有带密钥", "加上请求头 Authorization: Bearer mk_…（密钥由管理员发放），或先登录",
        "the request has no key",
        "add the header Authorization: Bearer mk_… (administrators give out keys), or log in first",
    ),
    "key_bad": refusal(
        401, "密钥不正确", "检查密钥是否完整，或请管理员重发",
        "the key is not known", "check that it is complete, or ask an administrator for another",
    ),
    "key_expired": refusal(
        401, "密钥已过期", "请管理员重发",
        "the key has expired", "ask an administrator for another",
    ),
    "key_revoked": refusal(
        401, "密钥已作废", "请管理员重发",
        "the key was revoked", "ask an administrator for another",
    ),
    "principal_disabled": refusal(
        401, "账户已停用", "请联系管理员",
        "the account is disabled", "ask an administrator",
    ),
    "role_missing": refusal(
        403, "您的角色不能做这件事（{action}）", "需要以下角色之一：{roles}；请联系管理员",
        "your roles do not allow this ({action})", "one of these roles is needed: {roles}; ask an administrator",
    ),
    "scope_exceeded": refusal(
        403, "轮次涉及您权限范围之外的县区", "只提交本范围的数据，或请管理员扩大范围",
        "the round is about counties outside your scope",
        "send only what is within it, or ask an administrator for a wider one",
    ),
    "too_many_requests": refusal(
        429, "请求过于频繁（上限 {limit}）", "{seconds} 秒后再试",
        "too many requests (the limit is {limit})", "try again after {seconds} s",
    ),
    "login_failed": refusal(
        401, "用户名或密码不正确", "检查后重试；忘记密码请联系管理员",
        "the name or the password is not right", "look at both and try again; ask an administrator for a new password",
    ),
    "login_delayed": refusal(
        429, "尝试登录失败的次数过多", "{seconds} 秒后再试；忘记密码请联系管理员",
        "logging in failed too often", "try again after {seconds} s; ask an administrator for a new password",
    ),
    "session_over": refusal(
        401, "没有登录，或登录已失效", "请重新登录",
        "you are not logged in, or no longer", "log in again",
    ),
    "session_needed": refusal(
        409, "请求用的是密钥，没有登录会话", "用登录后的 cookie 访问，不带 Authorization",
        "the request has a key and no session", "ask with the cookie of a log-in, and without Authorization",
    ),
    "origin_foreign": refusal(
        403, "请求不是从本服务的页面发出的", "只从 {origin} 的页面修改；地址不对请管理员检查 MATCHER_PUBLIC_URL",
        "the request does not come from a page of this service",
        "make changes from pages of {origin} only; if that is the wrong address, an administrator sets MATCHER_PUBLIC_URL",
    ),
    "csrf_token": refusal(
        403, "缺少 X-CSRF-Token，或它不属于这次登录", "用 GET /session 读取 csrf_token，放入请求头 X-CSRF-Token",
        "the header X-CSRF-Token is missing, or not of this session",
        "read csrf_token from GET /session and send it as X-CSRF-Token",
    ),
    "password_short": refusal(
        422, "密码太短，至少 {least} 个字符", "可用一句自己记得住的话",
        "the password is too short; it needs {least} characters", "take a sentence that you can remember",
    ),
    "password_common": refusal(
        422, "密码太常见，或与账户名称太接近", "换一个别人想不到的，如一句自己记得住的话",
        "the password is one of the first to be guessed, or too near the account's name",
        "choose one that nobody thinks of, such as a sentence that you can remember",
    ),
    "password_wrong": refusal(
        403, "现用密码不正确", "检查后重试；还没有密码或忘记了，请管理员重置",
        "the password in force is not right",
        "look at it and try again; where there is none or it is forgotten, ask an administrator to reset it",
    ),
    "password_of_program": refusal(
        409, "程序账户没有密码", "改发密钥",
        "an account of a program has no password", "give it a key instead",
    ),
    "code_bad": refusal(
        403, "设置密码的代码不正确、已用过或已过期", "检查用户名和代码，或请管理员重发",
        "the code is not right, was used before or has expired",
        "look at the name and the code, or ask an administrator for another",
    ),
    "oidc_off": refusal(
        404, "本服务没有设置单点登录", "用密码登录；管理员可设置 MATCHER_OIDC_ISSUER",
        "single sign-on is not set up here", "log in with a password; an administrator can set MATCHER_OIDC_ISSUER",
    ),
    "oidc_state": refusal(
        400, "这次登录不是在这个浏览器中开始的，或已用过、已超时", "从头重新登录",
        "this log-in was not begun in this browser, was used before or took too long", "begin to log in again",
    ),
    "oidc_denied": refusal(
        403, "单点登录未通过（{error}）", "重新登录；一直如此请联系统一认证的管理员",
        "the provider of single sign-on said no ({error})",
        "log in again; if it stays so, ask the administrator of the provider",
    ),
    "oidc_token": refusal(
        401, "单点登录返回的凭证不可用（{reason}）", "重新登录；一直如此请管理员检查单点登录的设置和两边的时钟",
        "what the provider of single sign-on gave can't be accepted ({reason})",
        "log in again; if it stays so, an administrator looks at the settings of single sign-on and at both clocks",
    ),
    "oidc_unreachable": refusal(
        503, "单点登录服务没有正常回答", "{seconds} 秒后再试；一直如此请管理员检查 MATCHER_OIDC_ISSUER 和网络",
        "the provider of single sign-on does not answer as it should",
        "try again after {seconds} s; if it stays so, an administrator looks at MATCHER_OIDC_ISSUER and the network",
    ),
    "oidc_unknown": refusal(
        403, "单点登录的身份在本服务中没有账户", "请管理员建立账户并关联",
        "nobody here has this identity of single sign-on", "ask an administrator to make an account and link it",
    ),
    "principal_exists": refusal(
        409, "已有同名账户", "换一个名称，或使用已有账户",
        "there is an account of this name already", "choose another name, or use that account",
    ),
    "last_administrator": refusal(
        409, "这是最后一个可用的管理员", "先设置另一个管理员",
        "this is the last administrator", "appoint another one first",
    ),
}  # fmt: skip
