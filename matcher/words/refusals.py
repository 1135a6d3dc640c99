"""What the command line refuses: each refusal with its remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matcher.codes import Text
from matcher.words.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.words.wording import Wording

REFUSALS: Final[Mapping[str, Wording]] = {
    "no_command": wording(
        "没有写命令", "例如 matcher validate 选派.xlsx；全部命令见 matcher --help",
        "there is no command", "name one, such as matcher validate round.xlsx; matcher --help lists them",
    ),
    "unknown_command": wording(
        "没有“{value}”这个命令{near}", "全部命令见 matcher --help",
        "there is no command “{value}”{near}", "matcher --help lists them",
    ),
    "unknown_option": wording(
        "没有“{value}”这个选项{near}", "该命令的选项见 --help",
        "there is no option “{value}”{near}", "--help lists the options of the command",
    ),
    "missing_parameter": wording(
        "缺少{value}", "按 --help 中的用法补上",
        "{value} is missing", "--help shows how the command is used",
    ),
    "needs_value": wording(
        "“{value}”后面缺少值", "按 --help 中的说明补上",
        "“{value}” needs a value", "--help says which",
    ),
    "bad_value": wording(
        "“{value}”的值不能用", "可用的值见 --help",
        "the value of “{value}” can't be used: {message}", "--help says which values it takes",
    ),
    "bad_value_of": wording(
        "“{value}”的值不能用，应为：{allowed}", "说明见 --help",
        "the value of “{value}” can't be used: it takes {allowed}", "--help tells more",
    ),
    "usage": wording(
        "命令写法不对（{message}）", "用法见 --help",
        "this is not how the command is used: {message}", "--help shows how it is",
    ),
    "output_suffix": wording(
        "“{path}”的后缀应为 {suffixes}", "换一个文件名",
        "“{path}” should end in {suffixes}", "give the file another name",
    ),
    "output_no_folder": wording(
        "没有“{folder}”这个文件夹", "先建好文件夹，或换一个位置",
        "there is no folder “{folder}”", "make it first, or choose another place",
    ),
    "output_is_folder": wording(
        "“{path}”是文件夹", "写上文件名",
        "“{path}” is a folder", "give a file name",
    ),
    "output_not_writable": wording(
        "“{path}”不能写入（{message}）", "检查权限和磁盘空间，或换一个位置",
        "“{path}” can't be written ({message})", "check permissions and space, or choose another place",
    ),
    "output_is_input": wording(
        "“{path}”是输入文件，不能覆盖", "换一个文件名",
        "“{path}” is the input and is not overwritten", "give the file another name",
    ),
    "output_is_round": wording(
        "“{path}”是已有的选派数据工作簿，不覆盖", "换一个文件名；确要覆盖请加 --force",
        "“{path}” is a workbook that holds a round and is not overwritten",
        "give the file another name, or add --force to replace it",
    ),
    "output_exists": wording(
        "“{path}”已经存在，不覆盖", "换一个文件名；确要覆盖请加 --force",
        "“{path}” is there already and is not overwritten", "give the file another name, or add --force to replace it",
    ),
    "output_twice": wording(
        "“{path}”写了两次", "每个输出写到各自的文件",
        "“{path}” is given twice", "write each output to a file of its own",
    ),
    "annotate_workbook": wording(
        "只有 .xlsx 工作簿能加批注", "先用 matcher convert 转成 .xlsx，再核对",
        "only an .xlsx workbook can be annotated", "turn the round into one with matcher convert first",
    ),
    "set_syntax": wording(
        "“{value}”不是“规则.参数=值”", "例如 --set young_share.min_share=0.25；规则见 matcher rules",
        "“{value}” is not rule.param=value",
        "for example --set young_share.min_share=0.25; matcher rules lists the rules",
    ),
    "lock_syntax": wording(
        "“{value}”不是“干部=村[:岗位]”", "例如 --lock C001=V003:resident；总队长写 干部=县/乡镇:captain",
        "“{value}” is not cadre=village[:role]",
        "for example --lock C001=V003:resident; for a captain cadre=county/township:captain",
    ),
    "lock_cadre": wording(
        "干部表中没有“{value}”", "写干部编码；姓名不重复时也可以写姓名",
        "there is no cadre “{value}”", "give the id, or a name that only one cadre has",
    ),
    "lock_cadre_names": wording(
        "有{count}名干部叫“{value}”", "写干部编码",
        "{count} cadres are called “{value}”", "give the id",
    ),
    "lock_village": wording(
        "村情表中没有“{value}”", "写村编码；村名不重复时也可以写村名",
        "there is no village “{value}”", "give the id, or a name that only one village has",
    ),
    "lock_village_names": wording(
        "有{count}个村叫“{value}”", "写村编码",
        "{count} villages are called “{value}”", "give the id",
    ),
    "lock_unit": wording(
        "单位表中没有“{value}”", "写单位编码；名称不重复时也可以写名称",
        "there is no unit “{value}”", "give the id, or a name that only one unit has",
    ),
    "lock_unit_names": wording(
        "有{count}个单位叫“{value}”", "写单位编码",
        "{count} units are called “{value}”", "give the id",
    ),
    "ask_whom": wording(
        "没有写明问的是谁", "写 --cadre 加 --village，或 --unit 加 --village；问总队长写 --cadre 加 --township",
        "it is not said what is asked about",
        "give --cadre and --village, or --unit and --village; of a captain --cadre and --township",
    ),
    "compare_itself": wording(
        "要比较的是同一个方案", "写 --rank 2 或更后的名次，或另写一个方案文件",
        "the two plans to compare are the same one", "give --rank 2 or a later one, or another plan's file",
    ),
    "ranks_out_of_order": wording(
        "“{path}”里的方案不是按名次排的：第{place}个写的名次是{rank}", "请用求解写出的原文件",
        "the plans in “{path}” don't stand by their ranks: number {place} says it is of rank {rank}",
        "use the file as the solve wrote it",
    ),
    "quick_turning": wording(
        "--quick 不求解，不能同时用 --turning-points", "去掉其中一个",
        "--quick solves nothing, which --turning-points needs", "leave one of them out",
    ),
    "ask_township": wording(
        "在设总队长的乡镇里没有“{value}”", "写设总队长的乡镇名，或“县/乡镇”；总队长要启用规则 township_captain",
        "no township with a captain is called “{value}”",
        "give the township's name or county/township; captains need the rule township_captain",
    ),
    "ask_township_names": wording(
        "有{count}个设总队长的乡镇叫“{value}”", "写“县/乡镇”",
        "{count} townships with a captain are called “{value}”", "give county/township",
    ),
    "ask_one": wording(
        "没有写明问的是哪个岗位或哪个村，或两者都写了", "写 --cadre 或 --village",
        "it is not said which post or which village is asked about, or both are", "give either --cadre or --village",
    ),
    "no_post": wording(
        "{cadre}在这个方案中没有岗位", "为什么没有派到某村，用 why-not --cadre 加 --village 询问",
        "{cadre} has no post in this plan", "why-not with --cadre and --village says why somebody is not at a village",
    ),
    "settle_what": wording(
        "只能对第1名方案中某名干部的岗位求解其他人选和去处", "写 --cadre，不写 --rank",
        "alternatives are solved for a cadre's post in the plan of rank 1 only", "give --cadre, and no --rank",
    ),
    "nothing_changed": wording(
        "没有写明改动什么", "写 --drop、--lock 或 --set",
        "it is not said what is different", "give --drop, --lock or --set",
    ),
    "apply_and_out": wording(
        "--apply 和 --out 要同时写", "写上另一个，或两个都去掉",
        "--apply and --out go together", "give both, or neither",
    ),
    "no_such_repair": wording(
        "没有第{number}种办法，共{count}种", "写列出的序号",
        "there is no repair {number}, there are {count}", "give a number of the list",
    ),
    "no_certificate": wording(
        "“{path}”里的方案没有上界证书，没有价格可以回答这个问题", "用 solve --method columns 或 counties 重新求解",
        "the plan in “{path}” has no certificate, and so no prices to answer this from",
        "solve again with --method columns or counties",
    ),
    "plan_of_other_round": wording(
        "“{path}”里的方案在这份选派数据里通不过复核，多半不是用它求得的", "用求得它的那份数据，或重新求解；哪里不符用 check 看",
        "the plan in “{path}” does not stand the recount in this round: most likely it was found for another one",
        "give the round that it was found for, or solve this one; check says what differs",
    ),
    "prices_of_other_round": wording(
        "“{path}”里的方案不是用这份选派数据求得的，价格不适用", "用求得它的那份数据，或用这份数据重新求解",
        "the plan in “{path}” was found for another round than this one, and so were its prices",
        "give the round that it was found for, or solve this one",
    ),
    "no_such_rank": wording(
        "“{path}”里没有第{rank}名方案", "用 solve --plans 求多个方案",
        "“{path}” has no plan of rank {rank}", "find more plans with solve --plans",
    ),
    "lock_township": wording(
        "本轮没有“{value}”这个乡镇", "写 县/乡镇，例如 --lock C001=某县/某镇:captain",
        "the round has no township “{value}”", "give county/township, as in --lock C001=county/township:captain",
    ),
    "lock_role": wording(
        "没有“{value}”这种岗位", "可用：first_secretary、resident、support、captain，或其中文名称",
        "there is no role “{value}”", "use first_secretary, resident, support or captain",
    ),
    "not_a_plan": wording(
        "“{path}”不是方案文件", "用 matcher solve --json 写出的文件（plan/1 或 result/1）",
        "“{path}” is no plan", "use a file that matcher solve --json wrote (plan/1 or result/1)",
    ),
    "no_plan_in_file": wording(
        "“{path}”里没有方案", "用求得方案的结果文件",
        "“{path}” holds no plan", "use the result of a solve that found one",
    ),
    "synth_what": wording(
        "要么写一种县的名称，要么写 --villages，要么写 --stress", "三者选一；名称见 matcher synth --help",
        "give either a kind, or --villages, or --stress", "one of the three; matcher synth --help lists the names",
    ),
    "synth_kind": wording(
        "没有“{value}”这种县", "可用：{known}",
        "there is no kind “{value}”", "known: {known}",
    ),
    "synth_stress": wording(
        "没有“{value}”这个压力案例", "可用：{known}",
        "there is no stress round “{value}”", "known: {known}",
    ),
    "synth_size": wording(
        "合成不了这样的县（{message}）", "村数为25至1600",
        "such a county can't be made: {message}", "25 to 1600 villages can be had",
    ),
    "sample_missing": wording(
        "找不到示例数据 {path}", "请在完整的代码仓库中运行，或用 matcher synth huaxi round.xlsx 生成后用 matcher solve",
        "the sample {path} is missing",
        "run this in a complete copy of the repository, or make a round with matcher synth huaxi round.xlsx",
    ),
    "bench_missing": wording(
        "找不到性能测试程序（benchmarks），它不随软件安装", "请在代码仓库的文件夹中运行 ./dev matcher bench",
        "the benchmarks are not here: they are not installed with the program",
        "run ./dev matcher bench in a copy of the repository",
    ),
    "bench_packages": wording(
        "缺少 Python 包 {package}", "在代码仓库中运行 ./dev setup，或安装 bench 附加包",
        "the Python package {package} is missing", "run ./dev setup in the repository, or install the extra “bench”",
    ),
    "bench_unknown": wording(
        "不能这样测：{message}", "可用的名称见 docs/benchmarks.md",
        "this can't be measured: {message}", "docs/benchmarks.md lists the names",
    ),
    "no_such_rule": wording(
        "没有“{value}”这条规则或计分项{near}", "全部规则见 matcher rules",
        "there is no rule or term “{value}”{near}", "matcher rules lists them all",
    ),
}  # fmt: skip
#: A guess what was meant.
NEAR: Final = Text("，是不是“{near}”", " (did you mean “{near}”?)")
#: What an option takes, said where its value can't be used.
ALLOWED: Final[Mapping[str, Text]] = {
    "--plans": Text("1至100的整数", "a whole number from 1 to 100"),
    "--within": Text("0或更大的整数", "a whole number of 0 or more"),
    "--gap": Text("0或更大的数，例如 0.01", "a number of 0 or more, such as 0.01"),
    "--limit": Text("大于0的秒数", "a number of seconds above 0"),
    "--effort": Text(
        "quick、normal、thorough，或大于0且不超过1000000的数",
        "quick, normal, thorough, or a number above 0 and at most 1000000",
    ),
    "--method": Text("auto、columns、counties 或 one_piece", "auto, columns, counties or one_piece"),
    "--equity": Text("none 或 floor_first", "none or floor_first"),
    "--seed": Text("0至2147483647的整数", "a whole number from 0 to 2147483647"),
    "--workers": Text("1至256的整数", "a whole number from 1 to 256"),
    "--lang": Text("zh 或 en", "zh or en"),
    "--encoding": Text("utf-8-sig、utf-8 或 gb18030", "utf-8-sig, utf-8 or gb18030"),
    "--villages": Text("25至1600的整数", "a whole number from 25 to 1600"),
    "--candidates": Text("整数", "a whole number"),
    "--counties": Text("整数", "a whole number"),
}
#: Arguments by the name of their parameter, said where one is missing.
ARGUMENTS: Final[Mapping[str, Text]] = {
    "round_path": Text("选派数据文件（ROUND）", "the file of the round (ROUND)"),
    "plan": Text("方案文件（PLAN.json）", "the file of the plan (PLAN.json)"),
    "source": Text("要转换的选派数据（IN）", "the round to convert (IN)"),
    "out": Text("输出文件（OUT）", "the file to write (OUT)"),
    "what": Text("输出文件（OUT）", "the file to write (OUT)"),
    "question": Text(
        "要测什么（table、peers、warm 或 growth）", "what to measure (table, peers, warm or growth)"
    ),
}
