"""Stress rounds that have a plan, though something about them is odd."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from matcher.synth.stress.case import Cell, Cells, Expected, Formula, Stress
from matcher.synth.stress.small import COUNTY, Small

if TYPE_CHECKING:
    from matcher.synth.document import Document

#: Who holds which post of the plan in force (village by place, role), by unit: the second unit's people go.
_IN_FORCE: Final = (
    ("C01", 0, "first_secretary"), ("C02", 0, "resident"), ("C03", 0, "resident"),
    ("C04", 1, "first_secretary"), ("C05", 1, "resident"), ("C06", 1, "resident"),
    ("C07", 2, "first_secretary"), ("C08", 2, "resident"), ("C09", 2, "resident"),
    ("C10", 3, "first_secretary"), ("C11", 3, "resident"), ("C12", 3, "resident"),
)  # fmt: skip
_RECALLED: Final = ("C04", "C05", "C06")


def recalled_unit() -> Document:
    """One unit's people are recalled while the plan is in force; their unit has just as many others.

    Other units have spare people too, every bit as able, but not from the unit that leads the village.
    """
    small = Small("recalled_unit", "一单位人员被集中召回的县")
    for number in range(4):
        small.village("苇渡镇" if number < 2 else "榛桥乡", current_lead_unit=f"U{number + 1:02d}")
    for _ in range(4):
        small.unit(max_villages=1, quota=6, funds=10)
    for cadre, village, _ in _IN_FORCE:
        small.cadre(f"U{village + 1:02d}", age=(33, 41, 49)[int(cadre[1:]) % 3])
    for unit in ("U02", "U02", "U02", "U01", "U03", "U04"):
        small.cadre(unit, age=(33, 41, 49)[(len(small.cadres) + 1) % 3])
    posts = [_post(small, *row) for row in _IN_FORCE]
    in_office = [{**post, "since": "2024-09-01", "days_per_month": 22, "appraisal": "称职"} for post in posts]
    for row in in_office:
        if row["cadre"] in _RECALLED:
            row.update({"days_per_month": 12, "recall": ["few_days"], "appraisal": "基本称职"})
    return small.document(incumbents=in_office, baseline=posts)


def _post(small: Small, cadre: str, village: int, role: str) -> dict[str, Any]:
    return {"cadre": cadre, "village": small.villages[village]["id"], "role": role}


def _still_there() -> tuple[dict[str, Any], ...]:
    rows = [row for row in _IN_FORCE if row[0] not in _RECALLED]
    return tuple({"cadre": cadre, "village": _id(place), "role": role} for cadre, place, role in rows)


def rare_names() -> Document:
    """Names in rare characters and with full-width digits and spaces, ids with leading zeros."""
    small = _easy("rare_names", "生僻字与前导零的县")
    small.villages[0].update({"name": "𬭩岚㛃湾村", "notes": "合成数据　第３批次"})
    small.villages[1]["name"] = "下榛（２组）村"
    small.villages[2]["township"] = "㙟桥乡"
    small.units[0]["name"] = f"{COUNTY}　第１农业服务站"
    for number, name in enumerate(("张𬭩", "李㛃", "王　𬍛", "陈𫖮𬸚", "欧阳䶮")):
        small.cadres[number]["name"] = name
    for number, row in enumerate(small.cadres, 1):
        row["id"] = f"{number:06d}"
    for number, row in enumerate(small.units):
        row["id"] = f"00{number}"
    for row in small.cadres:
        row["unit"] = f"00{int(row['unit'][1:]) - 1}"
    return small.document(decisions=[{"kind": "pick", "cadre": "000002", "reason": "合成示例　县委已定"}])


_RARE_CELLS: Final[Cells] = {
    "villages": [{"id": "9999001201", "hardship": "３", "residents": " ２ ", "population": "１２００"}],
    "units": [{"id": "000", "quota": "２０", "funds": "１０．５"}],
    "cadres": [
        {"id": "000001", "birth_month": "１９８３－０５", "grassroots_years": "４"},
        {"id": "000004", "birth_month": "１９８０年２月"},
    ],
}


def _with_rare_numbers() -> Document:
    document = rare_names()
    document["villages"][0]["population"] = 1200
    document["units"][0]["funds"] = 10.5
    document["cadres"][0].update({"birth_month": "1983-05", "grassroots_years": 4})
    document["cadres"][3]["birth_month"] = "1980-02"
    return document


#: Ways to write July 1985 and December 1985 in a cell.
_JULY: Final = (
    date(1985, 7, 1), datetime(1985, 7, 15), "1985-07", "1985.7", 1985.7, "1985年7月", "1985/7",
    "１９８５年７月",
)  # fmt: skip
_DECEMBER: Final = (date(1985, 12, 31), 1985.12, "1985年12月", "1985.12")


def birth_months() -> Document:
    """Everybody was born in July or December 1985, and every cell says so in another way."""
    small = _easy("birth_months", "出生年月写法不一的县")
    for number, row in enumerate(small.cadres):
        row["birth_month"] = "1985-07" if number < len(_JULY) else "1985-12"
    return small.document()


def _month_cells() -> Cells:
    cells: list[Cell] = [*_JULY, *_DECEMBER]
    return {"cadres": [{"id": f"C{n:02d}", "birth_month": cell} for n, cell in enumerate(cells, 1)]}


def does_not_add_up() -> Document:
    """Types for 22 of 23 villages, two villages without needs, a unit that sends nobody."""
    small = Small("does_not_add_up", "类型合计与村数不符的县")
    for number in range(23):
        small.village(("苇渡镇", "榛桥乡", "芷口乡")[number % 3], residents=0)
    small.villages[4]["needs"] = {}
    small.villages[22].update({"types": [], "needs": {}})
    bureaus = [small.unit() for _ in range(9)]
    small.unit(name=COUNTY + "史志研究中心")
    for number in range(30):
        small.cadre(bureaus[number % 9], age=28 + number % 25)
    return small.document()


def formula_cells() -> Document:
    """Text that a spreadsheet would run as a formula, and cells that are formulas."""
    small = _easy("formula_cells", "单元格带公式的县")
    small.villages[0]["notes"] = "=cmd|' /C calc'!A0"
    small.villages[1]["notes"] = "@SUM(1+1)*cmd|' /C calc'!A0"
    small.villages[2].update({"notes": "+86-0000-0000", "population": 1234})
    small.cadres[0]["position"] = "-2+3+cmd|' /C calc'!A0"
    small.units[0].update({"leader": '=HYPERLINK("http://example.invalid")', "funds": 12})
    return small.document()


_FORMULAS: Final[Cells] = {
    "villages": [{"id": "9999001203", "population": Formula("=1200+34", 1234)}],
    "units": [{"id": "U01", "funds": Formula("=SUM(5,7)", 12)}],
}


def twins() -> Document:
    """Eight pairs of people alike in all but id and name, four villages and two units likewise."""
    small = Small("twins", "处处并列的县")
    for _ in range(4):
        small.village()
    small.unit(funds=10)
    small.unit(funds=10, name=f"{COUNTY}财政局")
    for number in range(16):
        small.cadre(f"U{number % 2 + 1:02d}")
        plain = {"sex": "male", "birth_month": f"198{number % 8 // 2}-04"}
        small.cadres[-1].update({**plain, "specialties": {"industry" if number % 4 < 2 else "project": 4}})
    return small.document()


def _easy(name: str, text: str) -> Small:
    """Return a round of three villages, three units and twelve people that has many plans."""
    small = Small(name, text)
    for number in range(3):
        small.village("苇渡镇" if number < 2 else "榛桥乡")
    bureaus = [small.unit() for _ in range(3)]
    for number in range(12):
        small.cadre(bureaus[number % 3], age=(33, 41, 49)[number % 3])
    return small


def _id(place: int) -> str:
    return f"9999001{201 + place:03d}"


CASES: Final = (
    Stress(
        "recalled_unit", "one unit's people recalled after the plan", recalled_unit,
        Expected(0, kept=_still_there(), moves=len(_RECALLED), subjects=("C13", "C14", "C15")),
    ),
    Stress(
        "rare_names", "rare characters, full-width digits and spaces, ids with leading zeros",
        _with_rare_numbers, Expected(0, lossless=True), cells=_RARE_CELLS,
    ),
    Stress(
        "birth_months", "birth months as Excel dates, text, numbers and 1985年7月", birth_months,
        Expected(0, lossless=True), cells=_month_cells(),
    ),
    Stress(
        "does_not_add_up", "types for 22 of 23 villages, villages without needs, a unit without candidates",
        does_not_add_up,
        Expected(0, warnings=("types_do_not_add_up", "no_needs", "needs_from_types", "unit_without_cadres"),
                 subjects=(_id(22), _id(4), "U10")),
    ),
    Stress(
        "formula_cells", "formulas, and text that looks like one", formula_cells,
        Expected(0, lossless=True, warnings=("text_like_formula",)), cells=_FORMULAS,
    ),
    Stress("twins", "ties: twins in every respect", twins, Expected(0, repeatable=True)),
)  # fmt: skip
