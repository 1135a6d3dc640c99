"""``matcher compare``: whose post, which teams and which terms differ between two plans."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matcher.cli.commands.why import Rank
from matcher.cli.desk import Desk
from matcher.cli.inputs import plan_of_rank
from matcher.cli.options import Lang, Language, RoundPath
from matcher.cli.status import Status
from matcher.cli.views.answers import show_comparison
from matcher.exports import Background, Material
from matcher.tables import read_round

PlanPath = Annotated[Path, typer.Argument(metavar="PLAN.json")]
Other = Annotated[Path | None, typer.Argument(metavar="[OTHER.json]", show_default=False)]


def compare_command(
    round_path: RoundPath, plan: PlanPath, other: Other = None, *, rank: Rank = 2, lang: Language = Lang.ZH
) -> int:
    """Compare two plans of a round."""
    desk = Desk(lang.value)
    background = Background.of(read_round(round_path), desk.language)
    before = plan_of_rank(plan, 1)
    after = plan_of_rank(plan, rank) if other is None else plan_of_rank(other, 1)
    pair = [Material.checked(background, one.plan, better=one.better) for one in (before, after)]
    show_comparison(desk, *pair)
    return Status.DONE
