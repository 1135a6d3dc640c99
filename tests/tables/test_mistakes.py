"""Fifty and more mistakes in one workbook: all reported at once, each at its cell, and nothing else."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from matcher.problems import InvalidInput, Problem
from matcher.tables import read_round
from matcher.words.problems import line
from tests.tables.samples import write_cells

if TYPE_CHECKING:
    from pathlib import Path

Expected = tuple[str, int, str, str, str]

ROUND: list[list[Any]] = [
    ["项目", "内容"], ["轮次编号", "HX-2025"], ["计算年龄日期", "2025-05-01"], ["任期月数", 0], ["交接天数", 15.5], ["任期起始日", "明年"],
    ["轮次", "x"],
]  # fmt: skip
VILLAGES: list[list[Any]] = [
    ["村编码", "村名", "县区", "乡镇", "村类型", "需求", "帮扶难度", "下沉干部最少", "下沉干部最多", "已定包村单位", "人口", "乡 镇"],
    ["V1", "一村", "甲县", "甲镇"],
    ["V2", "二村", "甲县", "乙镇", "脱贫村、脱贫村"],
    ["V3", "三村", "甲县", "乙镇", "脱贪村"],
    ["V4", "四村", "甲县", "乙镇", None, "党建6"],
    ["V5", "五村", "甲县", "乙镇", None, "党建"],
    ["V6", "六村", "甲县", "乙镇", None, "党建五、政法2"],
    ["V7", "七村", "甲县", "乙镇", None, None, 9],
    ["V8", "八村", "甲县", "乙镇", None, None, None, 3, 1],
    ["V9", "九村", "甲县", "乙镇", None, None, None, None, None, "U99"],
    ["V10", "十村", "甲县", "乙镇", None, None, None, None, None, None, "三千"],
    ["V1", "重村", "甲县", "乙镇"],
    [None, "无码村", "甲县", "乙镇"],
    ["V13", None, "甲县", "乙镇"],
    ["V14", "县空村", None, "乙镇"],
    ["V15", "丙县村", "丙县", "丙镇"],
    ["V16", "独镇村", "甲县", "独镇", None, "党建见5"],
    ["V17", "长" * 201, "甲县", "乙镇"],
]  # fmt: skip
UNITS: list[list[Any]] = [
    ["单位编码", "单位名称", "单位层级", "县区", "乡镇", "可派人数", "单位资源", "红蓝榜", "单位實力"],
    ["0012", "农业局", "县", "甲县"],
    ["U2", "甲镇政府", "乡镇", "甲县"],
    ["U3", "某局", "县处", "甲县"],
    ["U4", "某局", "县", "甲县", None, -1],
    ["U5", "某局", "县", "甲县", None, 1.5],
    ["U6", "某局", "县", "甲县", None, None, "农技4、农业技术3"],
    ["U7", "某局", "县", "甲县", None, None, None, "黄榜"],
]  # fmt: skip
CADRES: list[list[Any]] = [
    ["干部编码", "姓名", "出生年月", "单位编码", "性别", "政治面貌", "转正日期", "专长", "基层工作年限",
     "负面情形", "配偶编码", "本人意愿", "年度考核"],
    ["C1", "张一", "1985-07", "0012"],
    ["C2", "张二", 1985.1, "0012"],
    ["C3", "张三", "1985-13", "0012"],
    ["C4", "张四", "2025-06", "0012"],
    ["C5", "张五", 31229, "0012"],
    ["C6", "张六", "1985-07", "12"],
    ["C7", "张七", "1985-07", "农业局"],
    ["C8", "张八", "1985-07", "0012", "女性"],
    ["C9", "张九", "1985-07", "0012", None, "党员"],
    ["C10", "张十", "1985-07", "0012", None, None, "1984-06"],
    ["C11", "李一", "1985-07", "0012", None, None, None, "党建0"],
    ["C12", "李二", "1985-07", "0012", None, None, None, None, "三年"],
    ["C13", "李三", "1985-07", "0012", None, None, None, None, None, "赌博"],
    ["C14", "李四", "1985-07", "0012", None, None, None, None, None, None, "C14"],
    ["C15", "李五", "1985-07", "0012", None, None, None, None, None, None, "C99"],
    ["C16", "李六", "1985-07", "0012", None, None, None, None, None, None, None, "再说"],
    ["C17", "李七", "1985-07", "0012", None, None, None, None, None, None, None, None, "优秀、良好"],
    [5.2011100120112e17, "李八", "1985-07", "0012"],
    [date(2025, 1, 2), "李九", "1985-07", "0012"],
    ["C20", "李十", None, "0012"],
    ["C21", "王一", "不详", "U98", "中"],
    ["C21", "王二", "1985-07", "U97", None, None, "2009-02-30"],
]  # fmt: skip
INCUMBENTS: list[list[Any]] = [
    ["干部编码", "村编码", "县区", "乡镇", "岗位", "任职日期", "月均驻村天数", "召回情形"],
    ["C1", "V1", None, None, "第一书记", date(2023, 5, 10)],
    ["C2", "V1", None, None, "总队长"],
    ["C3", None, None, None, "队员"],
    ["C4", "V2", "甲县", "甲镇", "队员"],
    ["C5", "V2", None, None, "队员", None, 32],
    ["C6", "V2", None, None, "队员", None, None, "喝酒"],
    ["C7", None, "甲县", "丁镇", "总队长"],
    ["C20", "V4", None, None, "队员"],
    ["C21", None, "甲县", "独镇", "总队长"],
    ["C8", "V2", None, None, "副书记"],
]  # fmt: skip
DECISIONS: list[list[Any]] = [
    ["锁定类型", "干部编码", "单位编码", "村编码", "县区", "乡镇", "岗位"],
    ["锁定", "C1", None, "V1"],
    ["锁定", None, None, "V1"],
    ["必选", "C1", None, "V1"],
    ["禁止", "C1"],
    ["绑定", "C1"],
    ["绑定单位", "C1", "0012", "V1"],
    ["禁止", "C2", None, None, None, None, "书纪"],
]  # fmt: skip
SUITABILITY: list[list[Any]] = [
    ["干部编码", "村编码", "评分"], ["C1", "V1", 85], ["C1", "V1", 86], ["C2", "V2", 101], ["C3", "V3", 85.5], ["C4", "V4", None],
]  # fmt: skip
RULES: list[list[Any]] = [
    ["规则", "方式", "权重", "参数"],
    ["年轻比例", "软", 30],
    ["young_share", "软", 30, "min_share=高"],
    ["team_units", "软", 10, "max_unit=3"],
    ["unit_quota", "软"],
    ["age_limit", None, 5],
    ["one_post", "软", 5],
    ["spouses", "强"],
    ["keep_one", None, -1],
    ["mean_age", "硬", None, "max_age"],
    ["negative_list", "开", "多", "items={酗酒过: 酗酒}"],
]  # fmt: skip
SHEETS: dict[str, list[list[Any]]] = {
    "选派轮次": ROUND, "村情表": VILLAGES, "单位表": UNITS, "干部表": CADRES, "在岗表": INCUMBENTS, "锁定表": DECISIONS,
    "面谈评分表": SUITABILITY, "规则表": RULES, "原方案": [["干部编码", "村编码", "岗位"], ["C1", "V1", "队员"], ["C1", "V2", "队员"]],
    "附表": [["随便", "写的"]],
}  # fmt: skip

EXPECTED: list[Expected] = [
    ("选派轮次", 4, "任期月数", "B4", "too_small"),
    ("选派轮次", 5, "交接天数", "B5", "not_a_whole_number"),
    ("选派轮次", 6, "任期起始日", "B6", "not_a_date"),
    ("选派轮次", 7, "轮次", "A7", "unknown_item"),
    ("村情表", 1, "乡 镇", "L1", "duplicate_header"),
    ("村情表", 3, "村类型", "E3", "repeated_value"),
    ("村情表", 4, "村类型", "E4", "unknown_code"),
    ("村情表", 5, "需求", "F5", "too_large"),
    ("村情表", 6, "需求", "F6", "level_missing"),
    ("村情表", 7, "需求", "F7", "bad_entry"),
    ("村情表", 8, "帮扶难度", "G8", "too_large"),
    ("村情表", 9, "下沉干部最少", "H9", "support_range"),
    ("村情表", 10, "已定包村单位", "J10", "dangling_id"),
    ("村情表", 11, "人口", "K11", "not_a_number"),
    ("村情表", 12, "村编码", "A12", "duplicate"),
    ("村情表", 13, "村编码", "A13", "missing_field"),
    ("村情表", 14, "村名", "B14", "missing_field"),
    ("村情表", 15, "县区", "C15", "county_needed"),
    ("村情表", 17, "需求", "F17", "unknown_code"),
    ("村情表", 18, "村名", "B18", "too_long"),
    ("单位表", 1, "单位實力", "I1", "unknown_header"),
    ("单位表", 3, "乡镇", "E3", "township_needed"),
    ("单位表", 4, "单位层级", "C4", "unknown_code"),
    ("单位表", 5, "可派人数", "F5", "too_small"),
    ("单位表", 6, "可派人数", "F6", "not_a_whole_number"),
    ("单位表", 7, "单位资源", "G7", "repeated_key"),
    ("单位表", 8, "红蓝榜", "H8", "unknown_code"),
    ("干部表", 3, "出生年月", "C3", "ambiguous_month"),
    ("干部表", 4, "出生年月", "C4", "impossible_date"),
    ("干部表", 5, "出生年月", "C5", "birth_after_as_of"),
    ("干部表", 6, "出生年月", "C6", "date_serial"),
    ("干部表", 7, "单位编码", "D7", "dangling_id"),
    ("干部表", 8, "单位编码", "D8", "dangling_id"),
    ("干部表", 9, "性别", "E9", "unknown_code"),
    ("干部表", 10, "政治面貌", "F10", "unknown_code"),
    ("干部表", 11, "转正日期", "G11", "before_birth"),
    ("干部表", 12, "专长", "H12", "too_small"),
    ("干部表", 13, "基层工作年限", "I13", "not_a_number"),
    ("干部表", 14, "负面情形", "J14", "unknown_code"),
    ("干部表", 15, "配偶编码", "K15", "own_spouse"),
    ("干部表", 16, "配偶编码", "K16", "dangling_id"),
    ("干部表", 17, "本人意愿", "L17", "not_yes_or_no"),
    ("干部表", 18, "年度考核", "M18", "unknown_code"),
    ("干部表", 19, "干部编码", "A19", "digits_lost"),
    ("干部表", 20, "干部编码", "A20", "date_in_id"),
    ("干部表", 21, "出生年月", "C21", "missing_field"),
    # Several mistakes in one row, and a row that repeats the id of a row that doesn't stand.
    ("干部表", 22, "出生年月", "C22", "not_a_month"),
    ("干部表", 22, "单位编码", "D22", "dangling_id"),
    ("干部表", 22, "性别", "E22", "unknown_code"),
    ("干部表", 23, "干部编码", "A23", "duplicate"),
    ("干部表", 23, "单位编码", "D23", "dangling_id"),
    ("干部表", 23, "转正日期", "G23", "impossible_date"),
    ("在岗表", 3, "村编码", "B3", "captain_village"),
    ("在岗表", 3, "乡镇", "D3", "captain_township"),
    ("在岗表", 4, "村编码", "B4", "village_needed"),
    ("在岗表", 5, "乡镇", "D5", "township_not_asked"),
    ("在岗表", 6, "月均驻村天数", "G6", "too_large"),
    ("在岗表", 7, "召回情形", "H7", "unknown_code"),
    ("在岗表", 8, "乡镇", "D8", "unknown_township"),
    ("在岗表", 11, "岗位", "E11", "unknown_code"),
    ("锁定表", 3, "干部编码", "B3", "decision_needs"),
    ("锁定表", 4, "村编码", "D4", "decision_refuses"),
    ("锁定表", 5, "村编码", "D5", "forbid_what"),
    ("锁定表", 6, "锁定类型", "A6", "unknown_code"),
    ("锁定表", 7, "干部编码", "B7", "decision_refuses"),
    ("锁定表", 8, "岗位", "G8", "unknown_code"),
    ("面谈评分表", 3, "干部编码", "A3", "duplicate"),
    ("面谈评分表", 4, "评分", "C4", "too_large"),
    ("面谈评分表", 5, "评分", "C5", "not_a_whole_number"),
    ("面谈评分表", 6, "评分", "C6", "missing_field"),
    ("规则表", 2, "规则", "A2", "unknown_rule"),
    ("规则表", 3, "参数", "D3", "bad_param"),
    ("规则表", 4, "参数", "D4", "unknown_param"),
    ("规则表", 5, "权重", "C5", "soft_without_weight"),
    ("规则表", 6, "权重", "C6", "weight_not_allowed"),
    ("规则表", 7, "方式", "B7", "mode_not_allowed"),
    ("规则表", 8, "方式", "B8", "unknown_code"),
    ("规则表", 9, "权重", "C9", "too_small"),
    ("规则表", 10, "参数", "D10", "bad_params"),
    ("规则表", 11, "权重", "C11", "not_a_number"),
    ("原方案", 3, "干部编码", "A3", "duplicate"),
    ("附表", 0, "", "", "unknown_sheet"),
]


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> tuple[Problem, ...]:
    path = write_cells(tmp_path_factory.mktemp("mistakes") / "round.xlsx", SHEETS)
    with pytest.raises(InvalidInput) as caught:
        read_round(path)
    return caught.value.problems


def _found(problem: Problem) -> Expected:
    where = problem.location
    assert where is not None, problem
    return where.sheet, where.row or 0, where.column, where.cell, problem.code


def test_all_at_once_each_at_its_cell_in_order(problems: tuple[Problem, ...]) -> None:
    found = [_found(problem) for problem in problems]
    assert set(found) == set(EXPECTED)
    assert found == EXPECTED
    assert len({code for *_, code in EXPECTED}) >= 45


def test_hints(problems: tuple[Problem, ...]) -> None:
    nearest = {problem.location.cell: problem.details.get("nearest") for problem in problems
               if problem.location and problem.location.sheet == "干部表" and problem.code == "dangling_id"}  # fmt: skip
    assert nearest["D7"] == "0012"  # the id without its zeros
    assert nearest["D8"] == "0012"  # the unit's name
    assert nearest["D22"] is None


def test_every_problem_can_be_said_and_sent(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        assert line(problem, "zh")
        assert json.dumps(problem.document(), ensure_ascii=False)
    assert line(problems[6], "zh") == (
        "工作表“村情表”第4行“村类型”（E4）：“脱贪村”不是村类型的代码或名称，是不是“脱贫村”。可填：脱贫村、易地扶贫搬迁安置村、"
        "软弱涣散村、乡村振兴示范村、红色美丽村庄试点、重点任务村、矛盾突出村、产业基础薄弱村、抵边村、一般村。"
    )


def test_a_missing_column_is_said_once(tmp_path: Path) -> None:
    sheets = {
        **SHEETS,
        "村情表": [row[1:] for row in VILLAGES[:9]],
        "单位表": [["单位编码", "单位层级"], ["0012", "县"]],
    }
    with pytest.raises(InvalidInput) as caught:
        read_round(write_cells(tmp_path / "round.xlsx", sheets))
    found = [_found(problem) for problem in caught.value.problems]
    assert ("村情表", 1, "", "", "missing_column") in found
    assert ("单位表", 1, "", "", "missing_column") in found
    # Nobody can tell which villages exist, so no reference to one is called wrong.
    assert not [f for f in found if f[4] == "dangling_id" and f[2] == "村编码"]
    assert not [f for f in found if f[4] == "missing_field" and f[0] in ("村情表", "单位表")]
