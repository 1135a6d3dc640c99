"""``matcher roster``: the roster workbook of a plan that is at hand, of whatever rank."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matcher.cli.desk import Desk
from matcher.cli.inputs import checked, plan_of_rank
from matcher.cli.options import Baseline, Force, Lang, Language, Locks, PlanPath, RoundPath, Sets
from matcher.cli.outputs import check_outputs, write_file
from matcher.cli.overrides import overridden
from matcher.cli.status import Status
from matcher.exports import Background, roster_of
from matcher.tables import read_round
from matcher.words import command_line as words

Out = Annotated[Path, typer.Argument(metavar="OUT.xlsx")]
Rank = Annotated[int, typer.Option("--rank", metavar="N", min=1, show_default=False)]


def roster_command(  # noqa: PLR0913 - every option of a command is a parameter
    round_path: RoundPath,
    plan: PlanPath,
    out: Out,
    *,
    rank: Rank = 1,
    settings: Sets = None,
    locks: Locks = None,
    baseline: Baseline = None,
    force: Force = False,
    lang: Language = Lang.ZH,
) -> int:
    """Write the roster workbook of a plan."""
    desk = Desk(lang.value)
    check_outputs({"OUT.xlsx": out}, [round_path, plan, baseline], force=force)
    asked = overridden(read_round(round_path), settings, locks, baseline)
    chosen = plan_of_rank(plan, rank)
    background = Background.of(asked, desk.language)
    material = checked(background, plan, chosen)
    write_file(desk, words.ROSTER_FILE, out, roster_of(material))
    return Status.DONE
