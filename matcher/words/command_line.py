"""What the command line says around its tables."""

from __future__ import annotations

from typing import Final

from matcher.codes import Text

# ---------------------------------------------------------------- how a command ends

REFUSED: Final = Text("{sentence}。{remedy}。", "{sentence}; {remedy}.")
INTERRUPTED: Final = Text("已中止，没有留下写了一半的文件。", "Aborted; no half-written file is left.")
FAILED: Final = Text(
    "出现意外错误（{message}）。设 MATCHER_DEBUG=1 再运行可看到详情。",
    "An unexpected error occurred ({message}). Run again with MATCHER_DEBUG=1 to see the details.",
)
NOT_WRITTEN: Final = Text("没有写出{path}：{message}。", "{path} was not written: {message}.")
WITHHELD: Final = Text(
    "方案没有通过复核，不予输出；没有写出任何文件。请把选派数据和以下内容交给维护人员。",
    "The plan does not stand the recount and is withheld; nothing was written. Please report the round and the "
    "following.",
)
COUNTY_NO_MEMORY: Final = Text(
    "内存不足，“{county}”没有算成。请关闭其他程序，或加 --workers 1 重试，或换内存更大的机器。",
    "There is not enough memory for {county}. Close other programs, try again with --workers 1, or use a machine with "
    "more memory.",
)
COUNTY_FAILED: Final = Text(
    "“{county}”的计算中断（{kind}）。请重试；仍不行时，可加 --method columns，并把这条提示交给维护人员。",
    "The work on {county} broke off ({kind}). Try again; if it happens again, try --method columns, and report this.",
)
ENGINE: Final = Text(
    "求解器与复核的结果不一致，方案不予输出（{message}）。",
    "Solver and recount differ; the plan is withheld ({message}).",
)
WRITTEN: Final = Text("已写出{what}：{path}", "{what} written: {path}")
RESULT_FILE: Final = Text("结果", "Result")
ROSTER_FILE: Final = Text("花名册工作簿", "Roster workbook")
SCREENING_FILE: Final = Text("资格审查表", "Screening")
REPORT_FILE: Final = Text("报告", "Report")
ANNOTATED_FILE: Final = Text("批注后的工作簿", "Annotated workbook")
ROUND_FILE: Final = Text("选派数据", "Round")
TEMPLATE_FILE: Final = Text("模板", "Template")
PLAN_FILE: Final = Text("方案", "Plan")
NO_ROSTER: Final = Text("没有方案，因此没有花名册。", "There is no plan, so there is no roster.")
MORE_ROWS: Final = Text("……另有{count}行，见 {options}。", "… and {count} more rows: see {options}.")

# ---------------------------------------------------------------- problems and refusals as a table

SEVERITY: Final = {"error": Text("错误", "error"), "warning": Text("提醒", "warning")}
AT: Final = Text("位置", "Where")
ROW: Final = Text("行", "Row")
COLUMN: Final = Text("栏", "Column")
VALUE: Final = Text("值", "Value")
WHAT: Final = Text("问题", "What")
THEN: Final = Text("怎么办", "What to do")
LEVEL: Final = Text("级别", "Level")
MORE: Final = Text("……另有{count}处。", "… and {count} more.")
MORE_PROBLEMS: Final = Text(
    "……另有{count}处，加 --annotate 或 --json 查看全部。",
    "… and {count} more: --annotate or --json shows all.",
)
VALID: Final = Text(
    "{name}：数据有效。{villages}个村、{units}个单位、{cadres}名干部；提醒{warnings}处。",
    "{name}: valid. {villages} villages, {units} units, {cadres} cadres; {warnings} warning(s).",
)
INVALID: Final = Text(
    "{name}：{errors}处错误，{warnings}处提醒。", "{name}: {errors} error(s), {warnings} warning(s)."
)
INVALID_SO_FAR: Final = Text(
    "{name}：{errors}处错误。错误改正后才能核对提醒事项。",
    "{name}: {errors} error(s). Warnings are looked for once the errors are mended.",
)

# ---------------------------------------------------------------- screening

RULES_TITLE: Final = Text("审查规则", "Screening rules")
RULE: Final = Text("规则", "Rule")
REFUSED_ALL: Final = Text("拒绝所有岗位", "Refused every post")
REFUSED_SOME: Final = Text("限制部分岗位", "Refused some posts")
ROLES_TITLE: Final = Text("各岗位合格人选", "Who passes for which role")
ROLE: Final = Text("岗位", "Role")
SEATS: Final = Text("岗位数", "Posts")
PASSING: Final = Text("合格人数", "People who pass")
PLACES_WITHOUT: Final = Text("无人合格的地方", "Places without anyone")
REFUSED_TITLE: Final = Text("不能担任任何岗位的干部", "Cadres who pass for no post")
NAME: Final = Text("姓名", "Name")
CADRE_ID: Final = Text("编码", "Id")
UNIT: Final = Text("单位", "Unit")
REASONS: Final = Text("理由", "Reasons")
SCREENED: Final = Text(
    "{name}：{cadres}名干部中{passing}名至少可任一个岗位，{refused}名不能担任任何岗位。",
    "{name}: {passing} of {cadres} cadres pass for some post, {refused} for none.",
)
PICKS_REFUSED: Final = Text(
    "点名抽派但不能担任任何岗位：{cadres}。", "Named picks who pass for no post: {cadres}."
)

# ---------------------------------------------------------------- solving

WARNINGS: Final = Text(
    "选派数据有{count}处提醒，matcher validate 可看到全部。",
    "The round has {count} warning(s); matcher validate shows them.",
)
SOLVING: Final = Text(
    "求解：{name}，{villages}个村，{cadres}名干部", "Solving {name}: {villages} villages, {cadres} cadres"
)
FORECAST: Final = Text(
    "预计：{method}，{processes}个进程，内存约{memory}，{first_plan}左右有第一个方案，{near}左右差距不超过{gap}（按规模估算，规则紧时更久）",
    "Forecast: {method}, {processes} process(es), about {memory}, a first plan in about {first_plan}, a gap of {gap} in about "
    "{near} (by size; longer where rules are tight)",
)
SECONDS: Final = Text("{number}秒", "{number} s")
MINUTES: Final = Text("{number}分钟", "{number} min")
LITTLE_MEMORY: Final = Text(
    "内存可能不够：预计需要约{memory}，现在可用{free}。请换用内存更大的机器，或用 --workers 减少进程数。",
    "Memory may run out: about {memory} are expected, {free} are free now. Use a machine with more, or fewer processes "
    "(--workers).",
)
RESULT_KEPT: Final = Text(
    "没有求得方案，保留原有的文件：{path}", "No plan was found; the file that is there was kept: {path}"
)
SHORT_LIMIT: Final = Text(
    "时限{limit}短于预计，可能得不到方案。",
    "The limit of {limit} is shorter than that: there may be no plan.",
)
PROGRESS: Final = Text(
    "{phase} · 得分{score} · 上界{bound} · 差距{gap} · {seconds}秒",
    "{phase} · score {score} · bound {bound} · gap {gap} · {seconds} s",
)
RANK_WORKED_ON: Final = Text("第{rank}名方案 · ", "plan {rank} · ")
STOPPING: Final = Text(
    "正在停止并保留已有的最好方案（再按一次中止）", "stopping, the best plan is kept (once more aborts)"
)
NONE_YET: Final = Text("—", "—")
TEAMS_TITLE: Final = Text("驻村工作队（建议稿）", "Village teams (draft)")
TOWNSHIP: Final = Text("乡镇", "Township")
VILLAGE: Final = Text("村", "Village")
LEAD_UNIT: Final = Text("包村单位", "Lead unit")
CAPTAINS_TITLE: Final = Text("乡镇总队长", "Township general captains")
TERMS_TITLE: Final = Text("得分", "Score")
TERM: Final = Text("计分项", "Term")
TERM_POINTS: Final = Text("分值", "Points")
WEIGHT: Final = Text("权重", "Weight")
WEIGHTED: Final = Text("加权分", "Weighted")
PENALTIES: Final = Text("软性规则扣分", "Penalties of soft rules")
TOTAL: Final = Text("总分", "Score")
VIOLATIONS_TITLE: Final = Text("未满足的软性规则", "Soft rules not met")
SITUATION: Final = Text("情况", "What is not met")
PENALTY: Final = Text("扣分", "Penalty")
ALL_MET: Final = Text("软性规则全部满足。", "Every soft rule is met.")
WORST_TITLE: Final = Text("指数最低的村", "Worst-served villages")
VILLAGE_POINTS: Final = Text("得分", "Points")
ATTAINABLE: Final = Text("可达分", "Attainable")
INDEX: Final = Text("指数", "Index")
PROVEN: Final = Text(
    "得分{score}，上界{bound}，差距{gap}：{proof}。", "Score {score}, bound {bound}, gap {gap}: {proof}."
)
UNPROVEN: Final = Text("得分{score}：{proof}。", "Score {score}: {proof}.")
FLOOR_PROVEN: Final = Text(
    "最低指数{index}；已证明没有方案的最低指数达到再高0.01。",
    "Worst index {index}; no plan reaches 0.01 more (proven).",
)
FLOOR_OPEN: Final = Text(
    "最低指数{index}；是否还能提高尚未证明。", "Worst index {index}; whether it can be raised is open."
)
RESERVES: Final = Text(
    "{posts}个岗位中{named}个有替补人选，{none}个没有。",
    "{named} of {posts} posts have a named reserve, {none} have none.",
)
OUTCOME: Final = Text("{status}。", "Result: {status}.")
CHECKED: Final = Text("方案已按选派数据逐条复核。", "The plan was recounted from the round, rule by rule.")
NOT_REPEATABLE: Final = Text(
    "本次运行受时间或中途停止影响，不能逐一重现。",
    "This run was cut short by time or on request and can't be repeated exactly.",
)

CONTINUED: Final = Text(
    "本次运行从检查点继续（第{count}次），不能逐一重现。",
    "This run was continued from a checkpoint ({count}) and can't be repeated exactly.",
)
PLAN_DROPPED: Final = Text(
    "检查点中的方案经重新核算不成立，已舍去。",
    "The plan in the checkpoint did not stand the recount and was dropped.",
)
RANK_DROPPED: Final = Text(
    "检查点中已完成的求解有一个不成立，它和其后的都重新求解。",
    "A finished solve in the checkpoint did not stand the recount: it and those after it are done again.",
)

# ---------------------------------------------------------------- checking

PLAN_TITLE: Final = Text(
    "第{rank}个方案：{posts}个岗位，复核得分{score}。", "Plan {rank}: {posts} posts, recounted score {score}."
)
STANDS: Final = Text(
    "方案成立：没有违反硬性规则，所列数字全部一致。",
    "The plan stands: no hard rule is broken and every figure agrees.",
)
FALLS: Final = Text(
    "方案不成立：违反硬性规则{broken}处，不一致的数字{differences}处。",
    "The plan does not stand: {broken} breach(es) of hard rules, {differences} figure(s) that differ.",
)
BROKEN_TITLE: Final = Text("违反的硬性规则", "Hard rules broken")
DIFFERENCES_TITLE: Final = Text("不一致的数字", "Figures that differ")
FIGURE: Final = Text("数字", "Figure")
STATED: Final = Text("方案所列", "Stated")
COUNTED: Final = Text("复核", "Recounted")
OTHER_ROUND: Final = Text(
    "提醒：该结果是按另一份选派数据求得的（数据摘要不同）。",
    "Note: this result was found for another version of the round (the digests differ).",
)
BOUND_STANDS: Final = Text(
    "上界成立：按证书的价格逐村、逐个总队长岗位重新核算，没有方案的得分超过{bound}（由证书证明）。",
    "The bound stands: every village and captaincy was bounded again at the certificate's prices, and no plan scores "
    "more than {bound} (proven by the certificate).",
)
BOUND_STANDS_FAIR: Final = Text(
    "上界成立：按证书的价格逐村、逐个总队长岗位重新核算，各村指数都不低于{floor}的方案，得分都不超过{bound}"
    "（由证书证明）。",
    "The bound stands: every village and captaincy was bounded again at the certificate's prices, and no plan in which "
    "every village's index is at least {floor} scores more than {bound} (proven by the certificate).",
)
BOUND_BY_SEARCH: Final = Text(
    "方案所列上界是{stated}：从{bound}到{stated}这一段依据求解程序自己的穷举搜索，这里没有复核。",
    "The plan states a bound of {stated}: what lies between {bound} and {stated} rests on the solver's own exhaustive "
    "search, which was not checked here.",
)
BOUND_FALLS: Final = Text(
    "上界未得到证明，问题{problems}处：", "The bound is not shown; problems: {problems}."
)
BOUND_PROBLEM: Final = Text("- {line}", "- {line}")
BOUND_SLOW: Final = Text(
    "提醒：{rules}没有说明从队员身上读取什么，复核上界要逐人尝试，可能非常久。",
    "Note: {rules} does not say what is read of people, so checking the bound tries them one by one; it may take "
    "very long.",
)

# ---------------------------------------------------------------- rules

DEFAULT: Final = Text("默认", "Default")
PARAMETERS: Final = Text("参数及默认值", "Parameters with defaults")
MEANING: Final = Text("含义", "Meaning")
RULE_ID: Final = Text("代码", "Id")
WHY: Final = Text("缘由", "Why")
ALLOWED: Final = Text("允许", "Allowed")
NOT_ALLOWED: Final = Text("不允许", "Not allowed")
SOFT: Final = Text("软性，每差一个扣{weight}分", "soft, {weight} a unit")
TERM_WEIGHT: Final = Text("权重{weight}", "weight {weight}")
MODES: Final = Text("可选方式", "Modes")
HOW_TO_SET: Final = Text(
    "改动写法：--set 规则.参数=值，例如 --set young_share.mode=hard、--set need_fit.weight=2。",
    "To change one: --set rule.param=value, such as --set young_share.mode=hard or --set need_fit.weight=2.",
)

# ---------------------------------------------------------------- demo

DEMO_START: Final = Text("示例：{name}（合成数据）", "Demo: {name} (synthetic)")
DEMO_END: Final = Text("全部文件在 {folder}。", "All files are in {folder}.")
