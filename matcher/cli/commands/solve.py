"""``matcher solve``: supply and demand, the solve with its progress, and the checked plans with their proof."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matcher.cli.checkpoints import gone_on_from, read_checkpoint
from matcher.cli.desk import Desk
from matcher.cli.options import (
    Baseline,
    Effort,
    Force,
    Gap,
    JsonOut,
    Lang,
    Language,
    Limit,
    Locks,
    RoundPath,
    Sets,
    XlsxOut,
)
from matcher.cli.outputs import check_outputs
from matcher.cli.overrides import overridden
from matcher.cli.problem_table import show_new_warnings
from matcher.cli.settings import settings_of
from matcher.cli.solving import Files, solve_and_show
from matcher.exports import Background
from matcher.tables import read_round

Plans = Annotated[int, typer.Option("--plans", metavar="K", show_default=False)]
MinDistance = Annotated[float, typer.Option("--min-distance", metavar="SHARE", show_default=False)]
Kind = Annotated[str, typer.Option("--kind", metavar="KIND", show_default=False)]
Method = Annotated[str, typer.Option("--method", metavar="METHOD", show_default=False)]
Equity = Annotated[str, typer.Option("--equity", metavar="EQUITY", show_default=False)]
Seed = Annotated[int, typer.Option("--seed", metavar="N", show_default=False)]
Workers = Annotated[int | None, typer.Option("--workers", metavar="N")]
Checkpoint = Annotated[Path | None, typer.Option("--checkpoint", metavar="FILE")]
Resume = Annotated[Path | None, typer.Option("--resume", metavar="FILE")]


def solve_command(  # noqa: PLR0913 - every option of a command is a parameter
    round_path: RoundPath,
    *,
    plans: Plans = 1,
    min_distance: MinDistance = 0.15,
    kind: Kind = "best",
    gap: Gap = 0.0,
    limit: Limit = None,
    effort: Effort = "normal",
    method: Method = "auto",
    equity: Equity = "none",
    seed: Seed = 1,
    workers: Workers = None,
    settings: Sets = None,
    locks: Locks = None,
    baseline: Baseline = None,
    json_out: JsonOut = None,
    xlsx_out: XlsxOut = None,
    checkpoint: Checkpoint = None,
    resume: Resume = None,
    force: Force = False,
    lang: Language = Lang.ZH,
) -> int:
    """Find the best plans, checked, each with the bound that was proven."""
    desk = Desk(lang.value)
    outputs = {"--json": json_out, "--xlsx": xlsx_out, "--checkpoint": checkpoint}
    check_outputs(outputs, [round_path, baseline, gone_on_from(resume, checkpoint)], force=force)
    asked = settings_of(
        plans=plans,
        min_distance=min_distance,
        kind=kind,
        gap=gap,
        limit=limit,
        effort=effort,
        method=method,
        equity=equity,
        seed=seed,
        workers=workers,
    )
    whole = read_round(round_path)
    given = overridden(whole, settings, locks, baseline)
    begun = None if resume is None else read_checkpoint(resume, given, asked)
    show_new_warnings(desk, whole, given)
    files = Files(json_out, xlsx_out, checkpoint=checkpoint)
    return solve_and_show(desk, Background.of(given, desk.language), asked, files, begun)
