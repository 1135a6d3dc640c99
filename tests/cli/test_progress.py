"""The progress of a solve: plain lines where nobody watches a terminal."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console

from matcher.cli.desk import Desk
from matcher.cli.progress import progress_of
from matcher.solving import Progress, Stop

if TYPE_CHECKING:
    import pytest

STEPS = (
    Progress(0.0, "attainable", None, None), Progress(1.0, "start", None, None), Progress(2.0, "start", 1000, None),
    Progress(2.1, "start", 1005, None), Progress(2.2, "start", 1100, None), Progress(3.0, "prove", 1100, 2000),
    Progress(3.1, "prove", 1100, 1999), Progress(3.2, "prove", 1100, 1200), Progress(4.0, "prove", 1200, 1200),
)  # fmt: skip


def test_lines_only_when_something_moves(capsys: pytest.CaptureFixture[str]) -> None:
    desk = Desk("zh")
    with progress_of(desk, Stop()) as told:
        for step in STEPS:
            told(step)
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(" · ")[1:3] for line in lines] == [
        ["得分—", "上界—"], ["得分—", "上界—"], ["得分1000", "上界—"], ["得分1100", "上界—"], ["得分1100", "上界2000"],
        ["得分1100", "上界1999"], ["得分1100", "上界1200"], ["得分1200", "上界1200"],
    ]  # fmt: skip
    assert lines[-1].startswith("寻优并证明 · 得分1200 · 上界1200 · 差距0.00% · 4.0秒")


def test_a_live_line_on_a_terminal() -> None:
    desk, shown = Desk("en"), io.StringIO()
    desk.err = Console(file=shown, force_terminal=True, width=120, markup=False)
    stop = Stop()
    with progress_of(desk, stop) as told:
        told(STEPS[5])
        stop.request()
    assert "searching and proving · score 1100 · bound 2000 · gap 81.82%" in shown.getvalue()
    assert "stopping, the best plan is kept" in shown.getvalue()
