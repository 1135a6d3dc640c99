"""``matcher demo``: a small county from its workbook to the checked plan and its roster."""

from __future__ import annotations

from pathlib import Path

import matcher
from matcher.cli.desk import Desk
from matcher.cli.options import Lang, Language
from matcher.cli.outputs import check_outputs
from matcher.cli.refusals import refuse
from matcher.cli.solving import Files, solve_and_show
from matcher.cli.views.screening import show_screening
from matcher.exports import Background
from matcher.settings import Settings
from matcher.tables import read_round
from matcher.words import command_line as words

#: The sample, in the repository that holds the package.
SAMPLE = Path(matcher.__file__).parent.parent / "data" / "samples" / "huaxi" / "round.xlsx"
#: Where the demo writes, in the folder it is run in.
FOLDER = Path("build") / "demo"


def demo_command(lang: Language = Lang.ZH) -> int:
    """Show the whole way on a small county."""
    desk = Desk(lang.value)
    if not SAMPLE.is_file():
        raise refuse("sample_missing", path=SAMPLE)
    files = Files(plan=FOLDER / "plan.json", roster=FOLDER / "roster.xlsx")
    FOLDER.mkdir(parents=True, exist_ok=True)
    check_outputs({"--json": files.plan, "--xlsx": files.roster})
    round_ = read_round(SAMPLE)
    desk.say(words.DEMO_START, name=round_.name)
    background = Background.of(round_, desk.language)
    show_screening(desk, background)
    status = solve_and_show(desk, background, Settings(), files)
    desk.say(words.DEMO_END, folder=FOLDER.resolve())
    return status
