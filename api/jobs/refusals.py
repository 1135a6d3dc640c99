"""What the jobs refuse to start: each refusal with its remedy, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from matcher.words.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.codes import Language
    from matcher.words.wording import Wording

REFUSALS: Final[Mapping[str, Wording]] = {
    "worker_name": wording(
        "工作进程名“{name}”不可用", "用 1 到 64 个英文字母、数字、点、横线或下划线，以字母或数字开头",
        "“{name}” can't be the name of a worker",
        "use 1 to 64 letters, digits, dots, hyphens or underscores, the first a letter or digit",
    ),
    "worker_name_taken": wording(
        "名为“{name}”的工作进程已在本机运行", "先停掉它，或换一个名字",
        "a worker with the name “{name}” runs on this machine already", "stop it first, or choose another name",
    ),
    "worker_no_database": wording(
        "没有给出数据库地址", "用 --database 或环境变量 MATCHER_DATABASE 给出",
        "no database was named", "name it with --database or in the environment as MATCHER_DATABASE",
    ),
}  # fmt: skip


class JobsRefused(Exception):
    """Something that the jobs do not do, and why.

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
