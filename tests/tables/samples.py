"""Small rounds made by hand, and workbooks written cell by cell."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import xlsxwriter

from matcher.round import Round
from matcher.synth.stress import Formula

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_DOCUMENT: dict[str, Any] = {
    "schema": "round/1",
    "id": "HX-2025",
    "name": "花溪区2025年驻村干部选派",
    "region": "花溪区",
    "as_of": "2025-05-01",
    "starts_on": "2025-06-01",
    "term_months": 24,
    "handover_days": 15,
    "villages": [
        {
            "id": "0099001", "name": "𬭩河村", "county": "花溪区", "township": "青岩镇",
            "types": ["lifted", "weak_org"], "needs": {"party": 5, "law": 2, "digital": 0}, "hardship": 3,
            "residents": 2, "support_min": 0, "support_max": 1, "languages": ["布依语", "苗语"], "lead_unit": "001",
            "current_lead_unit": "002", "population": 1459, "households": 423, "income": 14577.5, "disputes": 3,
            "distance_km": 22, "notes": "多山\n路远",
        },
        {"id": "0099002", "name": "㛃家坪村", "county": "花溪区", "township": "石板镇", "types": ["general"]},
    ],
    "units": [
        {
            "id": "001", "name": "区农业农村局", "level": "county", "kind": "政府机关", "county": "花溪区", "quota": 4,
            "max_villages": 0, "funds": 8.5, "projects": 2, "leader": "李某", "strength": 4,
            "resources": {"agritech": 4, "ecommerce": 2}, "rating": "red",
        },
        {"id": "002", "name": "青岩镇政府", "level": "township", "township": "青岩镇"},
    ],
    "cadres": [
        {
            "id": "0001", "name": "王　芳", "sex": "female", "birth_month": "1985-10", "ethnicity": "布依族",
            "political_status": "中共党员", "party_joined": "2010-06-12", "work_started": "2008-07-01",
            "education": "本科", "position": "办公室主任", "rank": "section_deputy", "unit": "001",
            "specialties": {"party": 4, "finance": 3}, "grassroots_years": 3.5,
            "appraisals": ["优秀", "称职", "称职"], "native_village": "外村1", "spouse_native_village": "0099002",
            "kin_villages": ["0099002", "外村2"], "native_township": "花溪区/青岩镇",
            "spouse_native_township": "花溪区/石板镇", "spouse": "0002",
            "conditions": {"c1": True, "c2": False}, "flags": ["teacher_medic", "own1"],
            "languages": ["布依语"], "willing": True, "named_pick": True,
        },
        {"id": "0002", "name": "=cmd|' /C calc'!A0", "birth_month": "1990-01", "unit": "001", "willing": False},
        {"id": "0003", "name": "赵某", "birth_month": "1978-12", "unit": "002", "rank": "tech_senior"},
    ],
    "incumbents": [
        {
            "cadre": "0001", "village": "0099001", "role": "first_secretary", "since": "2023-05-10",
            "days_per_month": 21.5, "appraisal": "称职", "recall": ["weak_performance"], "extension_approved": True,
        },
        {"cadre": "0003", "county": "花溪区", "township": "青岩镇", "role": "captain"},
    ],
    "decisions": [
        {"kind": "lock", "cadre": "0001", "village": "0099001", "role": "first_secretary", "reason": "县委会议议定"},
        {"kind": "forbid", "cadre": "0002", "village": "0099002"},
        {"kind": "bind", "unit": "001", "village": "0099001"},
    ],
    "suitability": [{"cadre": "0001", "village": "0099001", "score": 85}],
    "baseline": [{"cadre": "0002", "village": "0099002", "role": "resident"}],
    "rules": [
        {"id": "young_share", "mode": "soft", "weight": 30, "params": {"min_share": 0.2}, "source": "组通字〔2025〕3号"},
        {"id": "negative_list", "params": {"items": {"sanction": "处分影响期", "own1": "在读，全日制", "teacher_medic": ""}}},
        {"id": "qualification", "params": {"items": {"c1": "政治素质好", "c2": "能坚持驻村、身体好"}}},
        {"id": "team_structure", "params": {"by_type": {"lifted": {"residents": 2, "support_max": 1}}}},
        {"id": "township_captain", "mode": "hard", "params": {"units": {"花溪区/青岩镇": ["001", "002"]}}},
        {"id": "need_fit", "weight": 2, "note": "试行"},
    ],
    "needs_by_type": {"general": {}, "lifted": {"industry": 5}},
}  # fmt: skip


def document(**changes: Any) -> dict[str, Any]:
    """Return a small round with something in every table and every field."""
    return {**copy.deepcopy(_DOCUMENT), **changes}


def small_round(**changes: Any) -> Round:
    return Round.from_document(document(**changes))


#: The least workbook that is a round, by sheet: rows from the header on.
LEAST: dict[str, list[list[Any]]] = {
    "选派轮次": [["项目", "内容"], ["轮次编号", "HX-2025"], ["计算年龄日期", "2025-05-01"]],
    "村情表": [["村编码", "村名", "乡镇"], ["V1", "一村", "甲镇"], ["V2", "二村", "乙镇"]],
    "单位表": [["单位编码", "单位名称", "单位层级"], ["U1", "农业局", "县"]],
    "干部表": [
        ["干部编码", "姓名", "出生年月", "单位编码"],
        ["C1", "张三", "1985-07", "U1"],
        ["C2", "李四", "1990-01", "U1"],
    ],
}


def least(**changes: Any) -> dict[str, list[list[Any]]]:
    """Return the least workbook, with some sheets replaced or added."""
    return {**copy.deepcopy(LEAST), **changes}


def write_cells(path: Path, sheets: Mapping[str, Any]) -> Path:
    """Write a workbook cell by cell: texts, numbers, dates, booleans, formulas as such, None as no cell."""
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            for index, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, index, cell)
                elif hasattr(cell, "year"):
                    sheet.write_datetime(number, index, cell, day)
                elif isinstance(cell, Formula):
                    sheet.write_formula(number, index, cell.text, None, cell.value)
                elif isinstance(cell, bool):
                    sheet.write_boolean(number, index, cell)
                elif cell is not None:
                    sheet.write_number(number, index, cell)
    book.close()
    return path
