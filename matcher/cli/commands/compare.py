"""``matcher compare``: whose post, which teams and which terms differ between two plans."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matcher.cli.commands.why import Rank
from matcher.cli.desk import Desk
from matcher.cli.inputs import checked, plan_of_rank
from matcher.cli.options import Lang, Language, PlanPath, RoundPath
from matcher.cli.status import Status
from matcher.cli.views.comparison import show_comparison
from matcher.exports import Background
from matcher.tables import read_round

Other = Annotated[Path | None, typer.Argument(metavar="[OTHER.json]", show_default=False)]


def compare_command(
    round_path: RoundPath, plan: PlanPath, other: Other = None, *, rank: Rank = 2, lang: Language = Lang.ZH
) -> int:
    """Compare two plans of a round."""
    desk = Desk(lang.value)
    background = Background.of(read_round(round_path), desk.language)
    before = checked(background, plan, plan_of_rank(plan, 1))
    path, place = (plan, rank) if other is None else (other, 1)
    show_comparison(desk, before, checked(background, path, plan_of_rank(path, place)), caused=False)
    return Status.DONE
