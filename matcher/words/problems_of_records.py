"""Problems between records, with the rules, and oddities of a whole round, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.words.wording import Wording, wording

if TYPE_CHECKING:
    from collections.abc import Mapping

RECORDS: Mapping[str, Wording] = {
    "empty_table": wording(
        "{table}里一行也没有", "请填写",
        "there is no row in “{table}”", "fill it in",
    ),
    "duplicate": wording(
        "“{value}”与{first}重复", "请删去一行，或改正编码",
        "“{value}” is the same as in {first}", "delete one of the rows, or mend the id",
    ),
    "dangling_id": wording(
        "{target}里没有“{value}”{near}", "请改正编码（注意前面的0），或在{target}里补上",
        "there is no “{value}” in “{target}”{near}", "mend the id (mind leading zeros), or add it to “{target}”",
    ),
    "county_needed": wording(
        "本轮有几个县区（{counties}），这一行没有写明", "请填写县区",
        "the round has several counties ({counties}) and this row names none", "fill in the county",
    ),
    "unknown_township": wording(
        "本轮没有村属于乡镇“{value}”", "请改成村情表里的乡镇名，并核对县区",
        "no village of the round lies in the township “{value}”", "use a township of the villages, and check the county",
    ),
    "birth_after_as_of": wording(
        "出生年月“{value}”晚于计算年龄日期（{as_of}）", "请核对出生年月",
        "the birth month “{value}” is later than the as-of date ({as_of})", "check the birth month",
    ),
    "before_birth": wording(
        "日期“{value}”早于出生年月（{birth}）", "请核对两个日期",
        "the date “{value}” is earlier than the birth month ({birth})", "check both",
    ),
    "own_spouse": wording(
        "配偶写成了本人“{value}”", "请改成配偶的编码，或清空",
        "the cadre “{value}” is named as their own spouse", "name the spouse, or leave it blank",
    ),
    "support_range": wording(
        "下沉干部最少{value}人，多于最多{most}人", "请改正其中一个",
        "at least {value} support cadres is more than at most {most}", "mend one of the two",
    ),
    "township_needed": wording(
        "乡镇单位没有写乡镇", "请填写乡镇，或改正单位层级",
        "a township's unit names no township", "fill in the township, or mend the level",
    ),
    "captain_village": wording(
        "总队长按乡镇任职，不能填村“{value}”", "请清空村，填写乡镇",
        "a captain serves a township and not the village “{value}”", "clear the village and fill in the township",
    ),
    "captain_township": wording(
        "总队长没有写乡镇", "请填写乡镇",
        "the captain has no township", "fill in the township",
    ),
    "village_needed": wording(
        "没有写村", "请填写村编码；总队长才不填",
        "there is no village", "fill in the village; only a captain has none",
    ),
    "township_not_asked": wording(
        "乡镇“{value}”只有总队长才填", "请清空乡镇，或把岗位改成总队长",
        "only a captain has a township (“{value}”)", "clear it, or make the role captain",
    ),
    "decision_needs": wording(
        "“{kind}”要写明“{field}”", "请填写",
        "“{kind}” needs “{field}”", "fill it in",
    ),
    "decision_refuses": wording(
        "“{kind}”不用写“{field}”（{value}）", "请清空，或改正锁定类型",
        "“{kind}” does not speak of “{field}” ({value})", "clear it, or mend the kind",
    ),
    "forbid_what": wording(
        "“禁止”没有写明不到哪个村或不任什么岗位", "请填写村、乡镇或岗位；完全不选请用“不选”",
        "“forbid” names neither a village nor a role", "fill one in; to post somebody nowhere use “drop”",
    ),
    "village_by_name": wording(
        "这里要填村编码，“{value}”是编码为“{id}”的村的名称", "请改填“{id}”；若指本轮之外的同名村，请填它的编码",
        "an id belongs here, and “{value}” is the name of the village with the id “{id}”",
        "write “{id}”; for another village of that name outside the round, write its id",
    ),
    "township_unclear": wording(
        "“{value}”像是本轮的乡镇“{nearest}”，但写法对不上，回避会落空", "请写“{nearest}”，或写成“县区/乡镇”",
        "“{value}” looks like the round's township “{nearest}” but is not written so; the recusal would be lost",
        "write “{nearest}”, or “county/township”",
    ),
    "joined_not_member": wording(
        "政治面貌是“{status}”，却填了转正日期{value}", "请核对政治面貌和转正日期；照此也可以继续",
        "political status is {status}, yet there is a date of full membership, {value}",
        "check both; the round can go on as it is",
    ),
    "weight_unused": wording(
        "规则“{rule}”的方式不是“软”，权重{value}不起作用", "要按扣分处理请把方式改为“软”，否则请删去权重",
        "the rule “{rule}” is not soft, so the weight {value} says nothing", "make it soft, or take the weight out",
    ),
    "unknown_rule": wording(
        "没有规则“{value}”{near}", "请用代码表里的规则代码或名称",
        "there is no rule “{value}”{near}", "use a rule of the code sheet",
    ),
    "unknown_param": wording(
        "规则“{rule}”没有参数“{value}”", "可用的参数：{known}",
        "the rule “{rule}” has no parameter “{value}”", "it may have: {known}",
    ),
    "bad_param": wording(
        "规则“{rule}”的参数“{param}”不能是“{value}”（{message}）", "请对照代码表改正",
        "the parameter “{param}” of the rule “{rule}” can't be “{value}” ({message})", "mend it as the code sheet says",
    ),
    "mode_not_allowed": wording(
        "规则“{rule}”的方式不能是“{value}”", "可以是：{modes}",
        "the mode of the rule “{rule}” can't be “{value}”", "it may be: {modes}",
    ),
    "soft_without_weight": wording(
        "规则“{rule}”设为软，但没有权重", "请填写权重（每违反一个单位扣的分）",
        "the rule “{rule}” is soft and has no weight", "fill in the weight, the penalty for each unit",
    ),
    "weight_not_allowed": wording(
        "规则“{rule}”是资格审查规则，没有权重（{value}）", "请清空权重",
        "the rule “{rule}” screens people and has no weight ({value})", "clear the weight",
    ),
    "types_do_not_add_up": wording(
        "{villages}个村中只有{typed}个写了村类型，没有写的：{untyped}", "如有类型请补上；照此也可以继续",
        "only {typed} of {villages} villages have a type; none: {untyped}", "add the types if there are any",
    ),
    "needs_from_types": wording(
        "村“{village}”的需求空白，已按村类型取", "如与实际不符请填写需求",
        "the needs of village “{village}” are blank and were taken from its types", "fill them in where they differ",
    ),
    "no_needs": wording(
        "村“{village}”没有需求，也没有可取需求的村类型", "请填写需求或村类型，否则该村不计专长分",
        "village “{village}” has no needs and no type to take them from", "fill in its needs or its types",
    ),
    "unit_without_cadres": wording(
        "单位“{value}”没有候选干部", "如应派人请在干部表补上",
        "the unit “{value}” has no candidates", "add them if it is to send people",
    ),
    "since_blank": wording(
        "在岗干部“{cadre}”没有任职日期，视为任期未满", "请补上任职日期",
        "there is no date since when “{cadre}” is in office, so rotation is not due", "fill in the date",
    ),
    "since_after_start": wording(
        "任职日期“{value}”晚于任期起始日", "请核对任职日期",
        "the date in office “{value}” is later than the start of the term", "check the date",
    ),
    "spouse_disagrees": wording(
        "配偶“{value}”那一行写的配偶不是本人", "请核对两人的配偶编码",
        "the spouse “{value}” names somebody else as spouse", "check both rows",
    ),
    "condition_not_asked": wording(
        "资格条件“{value}”没有规则要求，不起作用", "如需审查，请在规则表 qualification 的 items 里列出",
        "no rule asks for the condition “{value}”", "list it in the items of the rule “qualification” if it is to count",
    ),
    "nothing_to_keep": wording(
        "要求变动最少的方案，但选派数据里既没有原方案，也没有在岗人员", "填写原方案表或在岗表，或改用其他种类的方案（kind）",
        "the plan with the fewest changes is asked for, and the round has neither a plan in force nor incumbents",
        "fill in the baseline or the incumbents, or ask for another kind of plan",
    ),
    "scenario_taken": wording(
        "已有名为“{value}”的情景", "换一个名字", "there is a scenario “{value}” already", "use another name",
    ),
    "scenario_name": wording(
        "情景的名字“{value}”为空、太长或含有不能保存的字符", "用1至{most}个字",
        "the scenario's name “{value}” is empty, too long, or can't be saved", "use 1 to {most} characters",
    ),
    "scenario_braces": wording(
        "情景的名字“{value}”里花括号的内容不是所列的值", "花括号里可用：{known}",
        "what stands in braces in the name “{value}” is none of the values", "use {known} in braces",
    ),
    "scenario_false": wording(
        "情景“{value}”的方案没有通过复核", "删去它的 result，重新求解",
        "a plan of the scenario “{value}” does not stand the check", "take its result out of the file and run it again",
    ),
    "scenario_of_other_round": wording(
        "情景“{value}”的结果不是这个情景的：求解的是另一份数据，或状态与方案不符", "删去它的 result，重新求解",
        "the result of the scenario “{value}” is not its own: it was solved for other data, or its status and plans don't agree",
        "take its result out of the file and run it again",
    ),
    "not_an_edit": wording(
        "情景“{value}”的第{number}处改动是 {kind}，不是改动", "用 matcher.edits 中的函数写改动，如 drop、lock、weight",
        "change {number} of the scenario “{value}” is a {kind}, not an edit", "make edits with matcher.edits: drop, lock, weight …",
    ),
    "scenario_unknown": wording(
        "没有名为“{value}”的情景", "可用：{known}", "there is no scenario “{value}”", "use one of {known}",
    ),
    "scenario_not_run": wording(
        "情景“{value}”没有算完", "再运行一次", "the scenario “{value}” was not run to its end", "run it again",
    ),
    "scenario_without_plan": wording(
        "情景“{value}”没有方案", "看它的 result：哪些规则不能同时满足",
        "the scenario “{value}” has no plan", "look at its result: which rules can't all be met",
    ),
    "not_a_study": wording(
        "这不是研究文件（{value}）", "用 Study.save 写出的文件（study/1）",
        "this is no study ({value})", "use a file that Study.save wrote (study/1)",
    ),
    "never_gives": wording(
        "规则“{value}”在任何补救办法中都不放宽", "从 relax 中删去",
        "the rule “{value}” gives way in no repair", "take it out of relax",
    ),
    "edit_table": wording(
        "没有“{value}”这张表", "可用的表：{known}", "there is no table “{value}”", "use one of {known}",
    ),
    "edit_bad": wording(
        "这一处改动（{value}）的内容不合要求", "请用 matcher.edits 中的函数写改动",
        "what this edit ({value}) holds can't be applied", "make edits with the functions of matcher.edits",
    ),
    "edit_row": wording(
        "{target}里没有“{value}”这一行", "请核对编码或序号",
        "“{target}” has no row “{value}”", "check the id or the number",
    ),
    "question_whom": wording(
        "没有写明问的是哪名干部或哪个单位，或两者都写了", "只写干部，或只写单位",
        "it is not said which cadre or unit is asked about, or both are", "name either a cadre or a unit",
    ),
    "question_no_post": wording(
        "干部“{value}”在方案中没有岗位", "请核对编码；为什么没有岗位可用 why-not 询问",
        "the cadre “{value}” has no post in the plan", "check the id; why-not says why somebody is not posted",
    ),
    "question_role": wording(
        "没有“{value}”这种岗位", "可用：first_secretary、resident、support、captain",
        "there is no role “{value}”", "use first_secretary, resident, support or captain",
    ),
    "question_other_round": wording(
        "第{value}名方案不是这个轮次的方案：按这个轮次重新计分，与方案所写的总分不同",
        "请用求得该方案的那个轮次提问，或按现在的数据重新求解",
        "plan {value} is not one of this round: counted by this round it scores something else than it says",
        "ask about the round that the plan was found for, or solve the round at hand anew",
    ),
    "question_of_unit": wording(
        "问单位包村时不能写岗位“{value}”", "请去掉岗位；由谁任第一书记，请写干部",
        "a question about a lead unit has no role, here “{value}”", "leave the role out, or ask about a cadre",
    ),
    "question_rank": wording(
        "没有第{value}名方案", "请写已有方案的名次，或多求几个方案",
        "there is no plan of rank {value}", "give the rank of one of the plans, or find more of them",
    ),
    "pick_refused": wording(
        "点名抽派的干部“{value}”未通过任何岗位的资格审查", "请核对该干部的资料，或取消点名",
        "the named pick “{value}” passes screening for no seat", "check the cadre's data, or drop the pick",
    ),
}  # fmt: skip
