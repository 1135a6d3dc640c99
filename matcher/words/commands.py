"""The help of the command line: every command, argument and option."""

from __future__ import annotations

from typing import Final

from matcher.codes import Text

PROGRAM: Final = Text(
    "为村选派驻村干部：核对选派数据、资格审查、求方案并给出证明。每个方案都是建议稿，由党委（党组）研究决定。",
    "Matches cadres to villages: checks a round, screens it, and finds plans with their proof. Every plan is a draft "
    "for the Party committee to decide on.",
)
PANELS: Final = {
    "commands": Text("命令", "Commands"),
    "arguments": Text("参数", "Arguments"),
    "options": Text("选项", "Options"),
}
SHOW_HELP: Final = Text("显示本说明。", "Show this text.")
EXIT: Final = Text(
    "退出状态：0 完成（求解：有复核过的方案）；1 意外错误、方案未通过复核或被中止；2 输入或写法有误；3 证明没有可行方案；"
    "4 在给定的工作量或时间内没有方案，或在有方案前被停止。",
    "Exit status: 0 done (solve: a verified plan); 1 an unexpected error, a plan that does not stand the recount, or "
    "an aborted run; 2 invalid input or usage; 3 no plan is possible (proven); 4 no plan within the effort or time "
    "given, or before the run was stopped.",
)

COMMANDS: Final = {
    "validate": Text("核对选派数据，列出全部问题和提醒。", "Check a round and list every problem and warning."),
    "screen": Text("资格审查：谁能任什么岗位，谁不能，为什么。", "Screen the cadres: who may hold which post, who may not, and why."),
    "solve": Text(
        "求方案：列出供需，求解，复核，给出各村工作队、得分和证明。Ctrl-C 停止并保留已有的最好方案，再按一次中止。",
        "Find a plan: supply and demand, teams, score and proof, all recounted. Ctrl-C stops and keeps the best plan "
        "so far; once more aborts.",
    ),
    "check": Text("复核方案：按选派数据重新核算每条规则和每个数字。", "Recount a plan from the round: every rule and every figure."),
    "why": Text(
        "说明方案：某人为什么任这个岗位（加最接近的其他人选和去处），或某村的队伍有什么、缺什么。",
        "Explain a plan: why somebody holds a post, with the nearest alternatives, or what a village's team has and lacks.",
    ),
    "why-not": Text(
        "为什么不是：某人为什么没有派到某村，或某单位为什么没有包某村——被哪条规则拒绝，或可以但要付出多少分（有证明）。",
        "Why not: refused by a rule, or possible at a proven cost, for a cadre at a village or a unit that would lead it.",
    ),
    "core": Text(
        "哪些岗位是稳的、哪些有争议：换掉某人总分至少要降低多少（有证明）。",
        "Which posts are firm and which contested: what a plan without somebody there costs at least (proven).",
    ),
    "sensitivity": Text(
        "什么最紧缺、多一个值多少分；--weights 查各权重可以变动的范围，--posts 查哪些岗位在权重变动后仍保留。",
        "What is scarce and what one more of it is worth; --weights: how far weights can move; --posts: which posts stay.",
    ),
    "roster": Text(
        "写出结果文件中任一名次方案的花名册工作簿。", "Write the roster workbook of a plan of a result, of any rank."
    ),
    "compare": Text(
        "比较两个方案：哪些人、哪些村、哪些计分项不同。", "Compare two plans: whose post, which teams, which terms differ."
    ),
    "what-if": Text(
        "改动几处会怎样：从已有方案出发重新求解，比较变化。",
        "What if: solve the round with a few changes, starting from the plan at hand, and compare.",
    ),
    "repair": Text(
        "没有可行方案时：找出不能同时满足的规则和代价最小的改法，每种都有复核过的方案为证；--apply 写出改好的选派数据。",
        "Where no plan is possible: the rules in conflict and the cheapest changes, each proven to help; --apply writes "
        "the changed round.",
    ),
    "synth": Text("生成合成的选派数据。", "Make a synthetic round."),
    "template": Text("写出空白工作簿，带栏目、下拉选项和填写说明。", "Write an empty workbook with headers, choices and help."),
    "convert": Text("在工作簿、JSON 和 CSV 文件夹之间转换选派数据。", "Turn a round from workbook, JSON or CSV folder into another."),
    "rules": Text("列出全部审查规则、方案规则和计分项及其默认值。", "List every rule and score term with its defaults."),
    "demo": Text("用合成的小县演示全过程，结果写到 ./build/demo/。", "Show the whole way on a small county; files go to ./build/demo/."),
    "bench": Text(
        "性能测试：对照目标（table）、与其他方法比较（peers）、改动一处后重算（warm）、规模增长（growth）、"
        "多方案和追问（questions）、无可行方案（infeasible）。在代码仓库中运行，"
        "报告为英文，写到 build/bench/；有目标未达到时退出状态为1。",
        "Measure: against the targets (table), against other methods (peers), after one change (warm), with growing size "
        "(growth), ranked plans and questions (questions), rounds without a plan (infeasible). Runs in the repository and "
        "writes its report to build/bench/; exit status 1 where a target is missed.",
    ),
}  # fmt: skip

#: Help of arguments and options by command and name, or by name alone where it is the same everywhere.
PARAMETERS: Final = {
    "round_path": Text(
        "选派数据：.xlsx 工作簿、CSV 文件夹或 .json 文件。", "The round: an .xlsx workbook, a folder of CSV files, or .json."
    ),
    "lang": Text("语言：zh 中文（默认），en 英文。", "Language: zh Chinese (default), en English."),
    "json_out": Text("把结果写成 JSON 文件。", "Write the outcome as a JSON file."),
    "validate.annotate": Text(
        "写出工作簿的副本，在出问题的单元格加批注（.xlsx）。",
        "Write a copy of the workbook with a comment at each cell that has a problem (.xlsx).",
    ),
    "screen.xlsx_out": Text("写出资格审查表（.xlsx）。", "Write the screening as a workbook (.xlsx)."),
    "solve.xlsx_out": Text(
        "写出花名册工作簿（.xlsx）：花名册、单位包村一览表、选派理由、资格审查表、得分表。",
        "Write the roster workbook (.xlsx): roster, units, reasons, screening, scores.",
    ),
    "solve.json_out": Text("写出结果文件（result/1）。", "Write the result (result/1)."),
    "plans": Text(
        "方案个数：最好的方案，再加与前面各方案都有足够差异的最好方案（默认1）。",
        "Number of plans: the best one, then the best that differ enough from all before them (1).",
    ),
    "sensitivity.weights": Text(
        "逐项求出权重在什么范围内方案不变（要多次求解）。", "Over which weights the plan stays, term by term (takes solves)."
    ),
    "sensitivity.posts": Text(
        "每个权重上下移动 20 % 重新求解，统计每个岗位的保留比例（要多次求解）。",
        "Solve again with each weight 20 % up and down, and count which posts stay (takes solves).",
    ),
    "min_distance": Text(
        "方案之间至少有多大比例的岗位不同（默认0.15）。", "The share of posts by which plans have to differ (0.15)."
    ),
    "kind": Text(
        "方案种类：best 总分最高（默认），fairest 先求最差村最好，fewest_changes 先求变动最少，strongest_bundles 先求捆绑最强。",
        "Kind of plan: best, fairest (the worst village first), fewest_changes, or strongest_bundles.",
    ),
    "gap": Text("证明差距不超过这个值就停，例如 0.01。", "Stop when a gap of at most this is proven, such as 0.01."),
    "limit": Text("最多用多少秒；受其影响的结果不能逐一重现。", "Seconds at most; a run that it cuts short can't be repeated exactly."),
    "effort": Text(
        "工作量：quick、normal（默认）、thorough 或一个数；与机器快慢无关。",
        "Effort: quick, normal (default), thorough or a number; it does not depend on the machine's speed.",
    ),
    "method": Text("求解方法：auto、columns、counties 或 one_piece。", "Method: auto, columns, counties or one_piece."),
    "equity": Text("floor_first：先提高最差村的指数，再求总分最高。", "floor_first: raise the worst village first, then the score."),
    "seed": Text("随机种子。", "Seed of the searches."),
    "workers": Text(
        "最多使用的处理器核数；不写时全部使用。不影响结果。",
        "Processor cores to use at most, all where not said; the result does not depend on it.",
    ),
    "checkpoint": Text(
        "求解时随时把进展写进这个文件（.json），断电或进程被终止后可用 --resume 接着求解。",
        "Keep where the solve stands in this file (.json), so that --resume can go on after a power cut or a kill.",
    ),
    "resume": Text(
        "从 --checkpoint 写出的文件接着求解；选派数据、规则和设置须与当时相同（工作量和时间可以不同）。",
        "Go on from a file that --checkpoint wrote; round, rules and settings as they were (effort and time may differ).",
    ),
    "settings": Text(
        "改动规则，可多次：规则.参数=值，例如 young_share.min_share=0.25、young_share.mode=hard、need_fit.weight=2；"
        "复杂的值写成 JSON，null 恢复默认。",
        "Change a rule, repeatable: rule.param=value, such as young_share.min_share=0.25, young_share.mode=hard, "
        "need_fit.weight=2; structured values as JSON, null for the default.",
    ),
    "locks": Text(
        "锁定，可多次：干部=村[:岗位]，写编码或不重复的名称；总队长写 干部=县/乡镇:captain。",
        "Lock, repeatable: cadre=village[:role], by id or by a name that is unique; a captain: "
        "cadre=county/township:captain.",
    ),
    "baseline": Text("原方案（plan/1 或 result/1 文件），少变动它。", "The plan in force (plan/1 or result/1), to be changed little."),
    "plan": Text("方案：plan/1 或 result/1 文件。", "The plan: a plan/1 or result/1 file."),
    "other": Text(
        "另一个方案文件；不写时与同一结果文件中 --rank 的方案比较。",
        "The other plan's file; left out, the plan of --rank in the same result file.",
    ),
    "rank": Text("结果文件中第几名的方案。", "The rank of the plan in the result file."),
    "cadre": Text("干部编码，或不重复的姓名。", "A cadre's id, or a name that is unique."),
    "village": Text("村编码，或不重复的村名。", "A village's id, or a name that is unique."),
    "township": Text("问总队长：乡镇名，或“县/乡镇”。", "Of a captain: the township's name, or county/township."),
    "unit": Text("单位编码，或不重复的名称。", "A unit's id, or a name that is unique."),
    "role": Text("岗位：first_secretary、resident、support 或其中文名称。", "Role: first_secretary, resident or support."),
    "drops": Text("不派这名干部，可多次。", "This cadre gets no post; repeatable."),
    "round_out": Text("写出改动后的选派数据。", "Write the changed round."),
    "apply": Text("采用第几种办法。", "The number of the repair to apply."),
    "repair.json_out": Text("写出结果文件（result/1），含办法和部分方案。", "Write the result (result/1), with the repairs and the partial plan."),
    "repair.out": Text("改好的选派数据写到哪里（.xlsx、.json 或文件夹）。", "Where the changed round goes (.xlsx, .json or a folder)."),
    "within": Text(
        "总分降低多少分以内仍算差不多好（默认千分之五）。", "Points below the best plan that still count as nearly as good (half a per cent)."
    ),
    "turning": Text(
        "另查哪些单项改动（一个权重，或本人的一项数据）会让最好的方案这样安排；要多次求解。",
        "Look, too, for single changes (a weight, an entry of the person's record) that would put it into the best plan; "
        "this takes many solves.",
    ),
    "quick": Text("只按上界的价格立即回答，不求解。", "Answer at once from the prices of the bound, without a solve."),
    "roster.plan": Text("方案：plan/1 或 result/1 文件。", "The plan: a plan/1 or result/1 file."),
    "roster.out": Text("花名册工作簿。", "The roster workbook."),
    "why.settle": Text(
        "对最接近的前N个人选和去处各求解一次，列出要降低多少分、还有谁跟着变动（默认0）。",
        "For the nearest N alternatives for the seat and for the person, solve for what each costs and who else moves "
        "(default 0).",
    ),
    "why.effort": Text(
        "每次求解的工作量：quick、normal（默认）、thorough 或数字。",
        "Work of each of these solves: quick, normal (default), thorough or a number.",
    ),
    "why.json_out": Text("把回答写成 JSON 文件。", "Write the answer as a JSON file."),
    "check.plan": Text("方案：plan/1 或 result/1 文件。", "The plan: a plan/1 or result/1 file."),
    "check.bound": Text(
        "按上界证书重新核算每个村和总队长岗位，复核上界。", "Show the bound again by its certificate: every village and captaincy."
    ),
    "reserves": Text("逐一换上替补人选，重新核算（慢）。", "Put every substitute in the seat and recount (slow)."),
    "attainable": Text("重新搜索各村可达分（慢）。", "Search the villages' attainable points again (slow)."),
    "synth.what": Text("[县的种类] 输出文件。种类：{kinds}。", "[KIND] OUT. Kinds: {kinds}."),
    "villages": Text("村数（25至1600），代替县的种类。", "Number of villages (25 to 1600), instead of a kind."),
    "synth.seed": Text("种子：同一种子得同一份数据。", "Seed: one seed, one round."),
    "stress": Text("压力案例：{stress}。", "A stress round: {stress}."),
    "candidates": Text("候选干部人数（配合 --villages）。", "Number of candidates (with --villages)."),
    "counties": Text("县数（配合 --villages）。", "Number of counties (with --villages)."),
    "template.out": Text("输出的工作簿（.xlsx）。", "The workbook to write (.xlsx)."),
    "force": Text(
        "输出文件若是已有的选派数据工作簿，也覆盖。", "Replace the output even where it is a workbook that holds a round."
    ),
    "template.force": Text("文件已存在也覆盖。", "Replace the file where there is one."),
    "convert.source": Text("要转换的数据。", "What to convert."),
    "convert.out": Text("输出：.xlsx、.json 或文件夹（CSV）。", "What to write: .xlsx, .json, or a folder (CSV)."),
    "encoding": Text("CSV 的编码：utf-8-sig（默认）、utf-8、gb18030。", "Encoding of CSV files: utf-8-sig (default), utf-8, gb18030."),
    "bench.question": Text(
        "测什么：table 目标，peers 各方法同等时间，warm 改动一处，growth 规模增长，questions 多方案和追问，"
        "infeasible 无可行方案。",
        "What to measure: table targets, peers all methods in the same time, warm one change, growth with size, "
        "questions ranked plans and questions about a plan, infeasible rounds without a plan.",
    ),
    "bench.rounds": Text(
        "哪些选派数据，用逗号分开；也可写 kind、size、stress 整组。",
        "Which rounds, separated by commas; kind, size or stress for a whole group.",
    ),
    "bench.methods": Text("哪些方法，用逗号分开。", "Which methods, separated by commas."),
    "bench.first_seed": Text("从哪个种子开始（默认1）。", "The first of the seeds (1)."),
    "bench.seeds": Text("每种数据几个种子（默认3），取中位数。", "How many seeds of each round (3); the median counts."),
    "bench.seconds": Text("每次运行最多多少秒（含启动）。", "Seconds of every run, its start included."),
    "bench.cores": Text("每次运行用几个处理器核（默认2）。", "Processor cores of every run (2)."),
    "bench.memory": Text("每次运行所有进程合计最多多少GiB（默认16）。", "GiB of all processes of a run together (16)."),
    "bench.again": Text("已测过的也重新测。", "Measure again what was measured already."),
    "bench.out": Text("报告写到哪个文件夹。", "The folder of the report."),
    "rules.rule": Text("只看这一条（代码或名称），带缘由和例子。", "Only this one (id or name), with its reason and examples."),
}  # fmt: skip
