"""What the service refuses to its operators: each refusal with its remedy, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from matcher.words.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.codes import Language
    from matcher.words.wording import Wording

REFUSALS: Final[Mapping[str, Wording]] = {
    "settings_bad": wording(
        "设置不能用：{lines}", "改正环境变量或选项；matcher config 列出全部设置",
        "the settings can't be used: {lines}",
        "mend the variables or options; matcher config lists all settings",
    ),
    "data_in_use": wording(
        "已有服务在用数据文件夹“{folder}”", "先停掉它，或用 --data 换一个文件夹",
        "a service is running on the data folder “{folder}” already",
        "stop it first, or choose another folder with --data",
    ),
    "roles_need_postgresql": wording(
        "SQLite 数据库不能分成 api 和 worker 两个角色运行", "用 --role all，或改用 PostgreSQL",
        "with SQLite the roles api and worker can't be run apart",
        "use --role all, or a PostgreSQL database",
    ),
    "address_not_free": wording(
        "不能在 {address} 上监听：{message}", "换一个 --host 或 --port，或停掉占用它的程序",
        "the service can't listen at {address}: {message}",
        "choose another --host or --port, or stop the program that has it",
    ),
    "key_file_exists": wording(
        "密钥文件“{path}”已存在，不覆盖", "把它移走，或换一个文件名",
        "the key file “{path}” is there already and is not overwritten",
        "move it away, or name another file",
    ),
    "anchor_unreadable": wording(
        "锚点文件“{path}”第 {line} 行读不懂", "每行写“序号 哈希”，即 matcher audit verify 的输出",
        "line {line} of the anchors “{path}” can't be read",
        "write “NUMBER HASH” in each line, as matcher audit verify prints it",
    ),
    "anchor_forged": wording(
        "锚点文件“{path}”第 {line} 行不是用本服务的密钥写的",
        "该文件被改动过，或服务的密钥已换：与日志中的 audit_anchor 比较；查明以前把文件移开，用 --anchor 指明可信的锚点",
        "line {line} of the anchors “{path}” was not written with this service's secret",
        "the file was changed, or the secret is another now: compare it with audit_anchor in the log; move the file away "
        "until that is clear, and name anchors that you trust with --anchor",
    ),
    "scope_twice": wording(
        "--county 和 --prefecture 只能写一个", "去掉其中一个",
        "--county and --prefecture can't both be given", "leave one of them out",
    ),
    "account_exists": wording(
        "已有账户“{name}”", "去掉 --role、--county、--prefecture，只为它发一把新密钥；改权限用 HTTP 接口",
        "there is an account “{name}” already",
        "leave out --role, --county and --prefecture to give it another key; grants are changed over HTTP",
    ),
    "role_needed": wording(
        "还没有账户“{name}”", "用 --role 写明新账户的角色，或检查名称",
        "there is no account “{name}” yet", "give the role of a new one with --role, or check the name",
    ),
    "account_name": wording(
        "账户名称“{name}”不可用", "首尾不要有空格，也不要空着",
        "“{name}” can't be the name of an account", "leave no blanks at its ends, and don't leave it blank",
    ),
    "administrator_scope": wording(
        "管理员角色不能限定范围", "去掉 --county 和 --prefecture",
        "an administrator's role can't be limited to a scope", "leave out --county and --prefecture",
    ),
    "key_unknown": wording(
        "没有编号为“{key}”的密钥", "用 matcher keys list 查看编号",
        "there is no key with the id “{key}”", "matcher keys list shows the ids",
    ),
}  # fmt: skip


class ServiceRefused(Exception):
    """Something that the service does not do for its operator, and why.

    Attributes
    ----------
    code
        What it is, one of :data:`REFUSALS`.
    details
        What the sentences need.
    """

    def __init__(self, code: str, **details: Any) -> None:
        self.code = code
        self.details = details
        super().__init__(f"{self.sentence('en')} – {self.remedy('en')}")

    def sentence(self, language: Language) -> str:
        """Return what is wrong."""
        return REFUSALS[self.code].sentence.in_(language).format_map(self.details)

    def remedy(self, language: Language) -> str:
        """Return what to do about it."""
        return REFUSALS[self.code].remedy.in_(language).format_map(self.details)
