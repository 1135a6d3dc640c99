"""What the commands of the service say: their help, and what they print."""

from __future__ import annotations

from typing import Final

from matcher.codes import Text

COMMANDS: Final = {
    "serve": Text(
        "启动服务：数据库、HTTP 接口和计算进程；进程意外退出会立即重启，Ctrl-C 或 SIGTERM 有序停止，未算完的任务保留检查点。",
        "Run the service: database, HTTP and workers. A process that dies is started again at once; Ctrl-C or SIGTERM "
        "ends all in order, and runs under way keep their checkpoints.",
    ),
    "config": Text("列出生效的全部设置，密码等以星号代替。", "Print every setting as it took effect; secrets are masked."),
    "audit": Text("审计记录。", "The audit trail."),
    "audit verify": Text(
        "核对审计记录是否被改动，也核对服务写在数据文件夹 anchors 中的锚点；打印最后一条的序号和哈希，可存作锚点。"
        "有改动时退出状态为1。",
        "Find out whether the audit trail was changed, also by the anchors that the service laid down in the folder of "
        "data; prints number and hash of its last entry, to be kept as an anchor. Exit status 1 where it was.",
    ),
    "backup": Text("备份整个数据库到一个文件；服务可以在运行。", "Back up the whole database into a file; the service may be running."),
    "restore": Text("把备份恢复到空数据库；服务须停止。", "Restore a backup into an empty database; the service must be stopped."),
    "upgrade": Text(
        "建表，或把数据库升级到本程序的结构；服务须停止。",
        "Make the tables, or bring them up to this program; the service must be stopped.",
    ),
    "purge": Text(
        "彻底删除保存期已满的已删除轮次及其任务、方案、事件和检查点，以及过期的推送记录；服务每天也会自动做一次。",
        "Remove for good the deleted rounds whose time is over, with their runs, plans, events and checkpoints, and old "
        "deliveries of webhooks; the service does so once a day by itself.",
    ),
    "keys": Text("密钥。", "Keys."),
    "keys create": Text(
        "发一把密钥，只打印这一次；没有这个账户时，按 --role 新建。",
        "Make a key, printed this once; where there is no such account, it is made with --role.",
    ),
    "keys list": Text("列出全部密钥，不含密钥本身。", "List the keys, without what opens the service."),
    "keys revoke": Text("作废一把密钥。", "Revoke a key."),
}  # fmt: skip

PARAMETERS: Final = {
    "data": Text(
        "数据文件夹（默认 MATCHER_DATA，否则 ./matcher-data）。", "Folder of data (MATCHER_DATA, else ./matcher-data)."
    ),
    "database": Text(
        "数据库地址（默认 MATCHER_DATABASE，否则数据文件夹里的 SQLite）；密码最好放在 MATCHER_DATABASE_FILE 指明的文件里。",
        "Address of the database (MATCHER_DATABASE, else SQLite in the folder of data); its password is better in a file "
        "that MATCHER_DATABASE_FILE names.",
    ),
    "port": Text("端口；0 为任一空闲端口（默认8700）。", "Port; 0 for any free one (8700)."),
    "host": Text("监听地址（默认 127.0.0.1）。", "Address to listen at (127.0.0.1)."),
    "serve.role": Text(
        "运行哪些进程：all 全部（默认）、api 只答 HTTP、worker 只计算；后两者需要 PostgreSQL。",
        "Which processes: all (default), api for HTTP alone, worker for runs alone; the latter two need PostgreSQL.",
    ),
    "cores": Text("计算进程可用的处理器核数（默认全部）。", "Processor cores that runs may take (all)."),
    "serve.name": Text(
        "计算进程的名称（默认本机名）；同一数据库的每个计算进程须不同名。",
        "Name of the worker (this machine's name); each of one database needs its own.",
    ),
    "admin_key_file": Text(
        "首次启动时把管理员密钥写到这个文件，而不打印。", "Where the first start writes the administrator's key instead of printing it."
    ),
    "anchor": Text(
        "以前存下的锚点，每行“序号 哈希”；能发现末尾被删。", "Anchors kept earlier, “NUMBER HASH” a line; they show a cut end."
    ),
    "file": Text("备份文件。", "The file of the backup."),
    "keys create.name": Text("账户名称。", "Name of the account."),
    "keys create.role": Text("新账户的角色。", "Role of a new account."),
    "county": Text("只限这个县区。", "For this county only."),
    "prefecture": Text("只限这个市州。", "For this prefecture only."),
    "days": Text("有效天数（默认 MATCHER_KEY_DAYS）。", "Days that it is good for (MATCHER_KEY_DAYS)."),
    "identifier": Text("密钥编号，见 matcher keys list。", "Id of the key, as matcher keys list shows it."),
    "demo.serve": Text(
        "演示之后启动服务，放入演示数据并开始一次求解。", "Then run the service with the demo's round and one run of it."
    ),
}  # fmt: skip

BACKED_UP: Final = Text(
    "已备份到{path}：{tables}个表，{rows}行。", "Backed up to {path}: {tables} tables, {rows} rows."
)
RESTORED: Final = Text(
    "已从{path}恢复：{tables}个表，{rows}行。", "Restored from {path}: {tables} tables, {rows} rows."
)
UPGRADED: Final = Text("数据库结构版本：{revision}。", "The database has the schema {revision}.")

PURGED: Final = Text(
    "已彻底删除：{rounds}个轮次，{runs}个任务，{plans}个方案，{documents}份文档；推送记录{deliveries}条，重复请求的回答{answers}条。",
    "Removed for good: {rounds} rounds, {runs} runs, {plans} plans, {documents} documents; {deliveries} deliveries and "
    "{answers} kept answers.",
)

ANCHORS_LEFT_OUT: Final = Text(
    "没有核对“{path}”中的锚点：服务的密钥不在本机。",
    "The anchors in “{path}” were left out: the service's secret is not here.",
)
TRAIL_WHOLE: Final = Text(
    "审计记录完整：{entries}条，核对了{anchors}个锚点。",
    "The audit trail is whole: {entries} entries, {anchors} anchor(s) held.",
)
TRAIL_BROKEN: Final = Text(
    "审计记录自第{number}条起与应有的不符：有记录被改动、删去或插入。请保留数据库原样，并与备份比较。",
    "From entry {number} on the audit trail is not as it should be: entries were changed, taken out or put in. Keep the "
    "database as it is, and compare it with a backup.",
)

KEY_MADE: Final = Text(
    "“{name}”的密钥（编号 {id}，{days}天有效），只显示这一次：",
    "Key of “{name}” (id {id}, {days} days), shown this once:",
)
KEY_REVOKED: Final = Text("密钥 {id} 已作废。", "The key {id} is revoked.")
KEY_COLUMNS: Final = (
    Text("账户", "Account"), Text("编号", "Id"), Text("开头", "Begins with"), Text("有效至", "Good until"), Text("状态", "State"),
)  # fmt: skip
GOOD: Final = Text("有效", "good")
REVOKED: Final = Text("已作废", "revoked")
DISABLED: Final = Text("账户停用", "account disabled")

DEMO_SERVED: Final = Text(
    "服务中已有演示数据（选派 {round}），并开始了一次求解（任务 {run}）。规划员密钥（只显示这一次）：",
    "The service has the demo's round ({round}) and began a run of it ({run}). A planner's key, shown this once:",
)
