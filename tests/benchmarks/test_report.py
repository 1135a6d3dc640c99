"""The report renders, needs nothing from elsewhere, and compares what can be compared."""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING

from benchmarks.experiments import Answer
from benchmarks.report.page import write_report
from benchmarks.report.results import Results
from benchmarks.targets import Finding
from benchmarks.warm import Warm
from tests.benchmarks.runs import row_of

if TYPE_CHECKING:
    from pathlib import Path

OURS = row_of(bound=1001, status="plan")
ROWS = [
    OURS,
    row_of(method="cpsat_1", score=990, bound=1010, status="plan", trace=((3.0, 990, 1010),)),
    row_of(method="cpsat_8", score=995, bound=1020, status="plan", trace=((3.0, 995, 1020),)),
    row_of(method="highs", score=None, bound=None, status="out of memory", trace=()),
    row_of(method="timefold", score=None, bound=None, status="not installed", why="no Java", trace=()),
    *(row_of(round=f"v{n}", villages=n, asked=0.005, seconds=n / 9) for n in (25, 50, 100, 200)),
]


def test_the_report_renders(tmp_path: Path) -> None:
    missed = Finding("a <target>", "within 1 s", "2 s", met=False, missed_by="1 s")
    page = write_report(
        Answer("peers", ROWS, [missed], [Warm("yuzhong", 1, 9.0, inf, None)]), tmp_path, "matcher bench"
    )
    html = page.read_text("utf-8")
    assert not re.search(r"""(?:src|href)=["'](?!data:)|url\(|@import""", html)
    assert "a &lt;target&gt;" in html
    assert "MISSED" in html
    pictures = {file.stem for file in tmp_path.glob("*.png")}
    assert pictures == {"score-over-time", "gap-over-time", "time-by-size", "win-loss", "memory"}
    assert pictures == {file.stem for file in tmp_path.glob("*.svg")}
    text = (tmp_path / "report.md").read_text("utf-8")
    assert set(re.findall(r"\]\((.+?)\.png\)", text)) == pictures
    assert "no Java" in text


def test_a_report_without_runs_renders(tmp_path: Path) -> None:
    page = write_report(
        Answer("warm", warm=[Warm("yuzhong", 1, 9.0, 4.2, 0.001)]), tmp_path, "matcher bench warm"
    )
    assert "4.2" in page.read_text("utf-8")


def test_of_a_family_the_best_is_shown() -> None:
    results = Results(tuple(ROWS))
    shown = [row.method for row in results.best if row.round == "huaxi"]
    assert shown == ["auto", "cpsat_8", "highs", "timefold"]
    assert results.ratio(ROWS[1]) == (20 / 990) / (1 / 1000)
    assert results.behind(ROWS[2]) == 5 / 995
    assert results.behind(ROWS[3]) is None


def test_a_bound_that_a_plan_refutes_is_told() -> None:
    results = Results((OURS, row_of(method="highs", score=980, bound=990, status="plan")))
    assert len(results.contradictions()) == 1
    assert not Results(tuple(ROWS)).contradictions()
