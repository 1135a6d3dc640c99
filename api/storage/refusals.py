"""What the storage refuses: each refusal with its remedy, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from matcher.words.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.codes import Language, Text
    from matcher.words.wording import Wording

REFUSALS: Final[Mapping[str, Wording]] = {
    "database_url": wording(
        "数据库地址写法不对", "写成 sqlite:///路径 或 postgresql://用户:密码@主机/数据库",
        "the address of the database can't be read",
        "write sqlite:///PATH or postgresql://USER:PASSWORD@HOST/DATABASE",
    ),
    "database_unsupported": wording(
        "不支持数据库“{name}”", "使用 SQLite 或 PostgreSQL",
        "databases of the kind “{name}” are not supported", "use SQLite or PostgreSQL",
    ),
    "database_in_memory": wording(
        "内存中的 SQLite 数据库关机即失", "给出文件路径：sqlite:///路径",
        "a SQLite database in memory is gone with the process", "name a file: sqlite:///PATH",
    ),
    "database_no_folder": wording(
        "没有数据库所在的文件夹“{folder}”", "先建好文件夹，或换一个位置",
        "there is no folder “{folder}” for the database", "make it first, or choose another place",
    ),
    "database_unreachable": wording(
        "连不上数据库 {database}：{message}", "检查地址、密码和网络，并确认数据库已启动",
        "the database {database} can't be reached: {message}",
        "check address, password and network, and that the database is running",
    ),
    "sqlite_too_old": wording(
        "SQLite 版本 {version} 太旧", "换用自带 SQLite {oldest} 或更新版本的 Python，或改用 PostgreSQL",
        "SQLite {version} is too old", "use a Python that comes with SQLite {oldest} or later, or PostgreSQL",
    ),
    "sqlite_no_wal": wording(
        "这里的 SQLite 不能用预写日志（得到“{mode}”）", "把数据库放到本机磁盘上，并确认可以写入",
        "SQLite can't keep a write-ahead log here (it says “{mode}”)",
        "put the database on a disk of this machine, and see that it may be written",
    ),
    "postgresql_not_durable": wording(
        "PostgreSQL 的设置可能丢失已确认的数据：{settings}",
        "在 postgresql.conf、角色和连接地址中把这些设置改回 on",
        "PostgreSQL is set to lose what it has acknowledged: {settings}",
        "set them to on in postgresql.conf, for the role and in the address",
    ),
    "postgresql_not_utf8": wording(
        "PostgreSQL 数据库的编码是 {encoding}", "新建 UTF8 编码的数据库",
        "the PostgreSQL database is encoded as {encoding}", "create one with the encoding UTF8",
    ),
    "database_not_migrated": wording(
        "数据库 {database} 还没有建表", "先运行 upgrade 命令，或允许启动时升级",
        "the database {database} has no tables yet", "run the upgrade command first, or let the start do it",
    ),
    "database_older": wording(
        "数据库 {database} 的结构版本 {revision} 比程序的 {head} 旧",
        "先备份，再运行 upgrade 命令，或允许启动时升级",
        "the database {database} has the schema {revision}, this program needs {head}",
        "take a backup, then run the upgrade command, or let the start do it",
    ),
    "database_newer": wording(
        "本程序不认识数据库 {database} 的结构版本 {revision}，它比程序新",
        "换用写过这个数据库的程序版本，或恢复到程序版本相同的备份",
        "the database {database} has the schema {revision}, which is newer than this program",
        "use the version of the program that wrote it, or restore a backup of this version",
    ),
    "database_foreign": wording(
        "数据库 {database} 里有别的程序的表（如 {table}）", "给本服务一个单独的空数据库",
        "the database {database} holds another program's tables ({table} …)",
        "give the service an empty database of its own",
    ),
    "document_missing": wording(
        "没有摘要为 {digest} 的文档", "从备份恢复",
        "there is no document with the digest {digest}", "restore it from a backup",
    ),
    "document_damaged": wording(
        "摘要为 {digest} 的文档已损坏", "从备份恢复，并检查磁盘",
        "the document with the digest {digest} is damaged", "restore it from a backup, and look after the disk",
    ),
    "backup_exists": wording(
        "“{path}”已存在，备份不覆盖文件", "换一个文件名",
        "“{path}” is there already, and a backup replaces nothing", "give the file another name",
    ),
    "backup_no_folder": wording(
        "没有“{folder}”这个文件夹", "先建好文件夹，或换一个位置",
        "there is no folder “{folder}”", "make it first, or choose another place",
    ),
    "backup_missing": wording(
        "没有“{path}”这个文件", "检查文件名",
        "there is no file “{path}”", "check its name",
    ),
    "backup_damaged": wording(
        "备份“{path}”已损坏：{part} 读不出或摘要不符", "换用另一份备份；数据库没有改动",
        "the backup “{path}” is damaged: {part} can't be read, or is not what its digest says",
        "use another backup; the database was not changed",
    ),
    "backup_format": wording(
        "“{path}”不是本程序的备份（格式“{format}”）", "选用 backup 命令写出的文件",
        "“{path}” is no backup that this program knows (its format is “{format}”)",
        "choose a file that the backup command wrote",
    ),
    "backup_schema": wording(
        "备份的结构版本是 {revision}，程序需要 {head}",
        "用程序版本 {product} 恢复，再运行 upgrade 命令",
        "the backup has the schema {revision}, this program needs {head}",
        "restore it with version {product} of the program, then upgrade",
    ),
    "restore_not_empty": wording(
        "数据库 {database} 不是空的（{table} 里有数据）", "恢复到新的空数据库",
        "the database {database} is not empty ({table} has rows)", "restore into a new, empty database",
    ),
    "restore_refused": wording(
        "数据库不接受备份中 {table} 的数据：{message}", "换用另一份备份；数据库没有改动",
        "the database does not take the backup's rows of {table}: {message}",
        "use another backup; the database was not changed",
    ),
}  # fmt: skip


class StorageRefused(Exception):
    """Something that the storage does not do, and why.

    Attributes
    ----------
    code
        What it is, one of :data:`REFUSALS`.
    details
        What the sentences need; never a password.
    """

    def __init__(self, code: str, **details: Any) -> None:
        self.code = code
        self.details = details
        super().__init__(f"{self.sentence('en')} – {self.remedy('en')}")

    def sentence(self, language: Language) -> str:
        """Return what is wrong."""
        return self._filled(REFUSALS[self.code].sentence, language)

    def remedy(self, language: Language) -> str:
        """Return what to do about it."""
        return self._filled(REFUSALS[self.code].remedy, language)

    def _filled(self, text: Text, language: Language) -> str:
        return text.in_(language).format_map(self.details)
