"""``matcher compare``: whose post, which teams and which terms differ between two plans."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from matcher.cli.commands.why import Rank
from matcher.cli.desk import Desk
from matcher.cli.inputs import checked, plan_of_rank
from matcher.cli.options import Lang, Language, PlanPath, RoundPath
from matcher.cli.refusals import Refused, refuse
from matcher.cli.status import Status
from matcher.cli.views.comparison import show_comparison, show_counted
from matcher.exports import Background
from matcher.tables import read_round

Other = Annotated[Path | None, typer.Argument(metavar="[OTHER.json]", show_default=False)]


def compare_command(
    round_path: RoundPath, plan: PlanPath, other: Other = None, *, rank: Rank = 2, lang: Language = Lang.ZH
) -> int:
    """Compare two plans of a round."""
    from matcher.study.changes import recounted

    desk = Desk(lang.value)
    background = Background.of(read_round(round_path), desk.language)
    path, place = (plan, rank) if other is None else (other, 1)
    if other is None and place == 1:
        raise refuse("compare_itself")
    first = plan_of_rank(plan, 1)
    after = checked(background, path, plan_of_rank(path, place))
    try:
        show_comparison(desk, checked(background, plan, first), after, caused=False)
    except Refused:
        # The plan in force, say, in a round in which somebody has dropped out: it is counted by the round at hand.
        here = recounted(background.round, first.plan, background.round, after.plan)
        if "posts" in here.breaks:
            raise
        show_comparison(desk, replace(after, plan=here.plan), after, caused=True)
        show_counted(desk, replace(after, plan=first.plan), here, after.plan)
    return Status.DONE
