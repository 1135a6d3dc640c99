"""Every way in which planners write dates."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from matcher.problems import InvalidInput
from matcher.tables import read_round
from matcher.tables.dates import read_date, read_month
from matcher.tables.wrong import Wrong
from tests.tables.samples import least, write_cells

if TYPE_CHECKING:
    from pathlib import Path

JULY = [
    "1985-07", "1985-7", "1985/7", "1985/07", "1985.7", "1985.07", "198507", "1985年7月", "1985年07月", "1985 年 7 月",
    "１９８５年７月", "１９８５．７", "1985-07-03", "1985/7/3", "1985.7.3", "1985年7月3日", "19850703", " 1985-07　",
    "1985-07-03 00:00:00", "1985-07-03T00:00:00", "1985年7月3", 1985.7, 1985.07, 198507, 198507.0, 19850703, 19850703.0,
    date(1985, 7, 3), datetime(1985, 7, 3), datetime(1985, 7, 3, 12, 30),
]  # fmt: skip

REFUSED: list[tuple[Any, str]] = [
    ("不详", "not_a_month"), ("1985", "not_a_month"), (1985, "not_a_month"), (1985.0, "not_a_month"),
    ("85.7", "not_a_month"), ("1985-7-3-1", "not_a_month"), (True, "not_a_month"), ("7月", "not_a_month"),
    (1985.123, "not_a_month"), ("1985-13", "impossible_date"), (1985.13, "impossible_date"), ("1985-00", "impossible_date"),
    ("1985-02-30", "impossible_date"), ("19850732", "impossible_date"), ("1885-07", "impossible_date"),
    ("2185-07", "impossible_date"), (1985.1, "ambiguous_month"), (31229, "date_serial"), (31229.0, "date_serial"),
    ("31229", "date_serial"), (31229.5, "date_serial"),
]  # fmt: skip


@pytest.mark.parametrize("cell", JULY)
def test_a_month(cell: Any) -> None:
    assert read_month(cell) == "1985-07"


@pytest.mark.parametrize("cell", JULY)
def test_a_date(cell: Any) -> None:
    assert read_date(cell) in ("1985-07-01", "1985-07-03")


@pytest.mark.parametrize(("cell", "code"), REFUSED)
def test_refused(cell: Any, code: str) -> None:
    with pytest.raises(Wrong) as caught:
        read_month(cell)
    assert caught.value.code == code


def test_a_month_alone_is_its_first_day() -> None:
    assert read_date("2008年7月") == "2008-07-01"


@pytest.mark.parametrize(("cell", "month"), [("1985.10", "1985-10"), ("1985.1", "1985-01"), (1985.11, "1985-11"),
                                              (1985.01, "1985-01"), (1985.2, "1985-02")])  # fmt: skip
def test_october_and_january(cell: Any, month: str) -> None:
    """As text both can be told apart; as a number 1985.10 is 1985.1, which is refused."""
    assert read_month(cell) == month


@pytest.mark.parametrize(("cell", "code"), [("1985.1", "ambiguous_month"), ("31229", "date_serial")])
def test_a_csv_file_can_not_tell_text_from_numbers(cell: str, code: str) -> None:
    with pytest.raises(Wrong) as caught:
        read_month(cell, typed=False)
    assert caught.value.code == code
    assert read_month("1985.10", typed=False) == "1985-10"


def test_the_same_months_in_a_workbook(tmp_path: Path) -> None:
    rows = [[f"C{number}", "张三", cell, "U1"] for number, cell in enumerate(JULY)]
    sheet = [["干部编码", "姓名", "出生年月", "单位编码"], *rows]
    round_ = read_round(write_cells(tmp_path / "round.xlsx", least(干部表=sheet)))
    assert {cadre.birth_month for cadre in round_.cadres} == {"1985-07"}


def test_an_ambiguous_month_is_refused_at_its_cell(tmp_path: Path) -> None:
    sheet = [["干部编码", "姓名", "出生年月", "单位编码"], ["C1", "张三", 1985.1, "U1"]]
    with pytest.raises(InvalidInput) as caught:
        read_round(write_cells(tmp_path / "round.xlsx", least(干部表=sheet)))
    (problem,) = caught.value.problems
    assert (problem.code, problem.location and problem.location.cell) == ("ambiguous_month", "C2")
