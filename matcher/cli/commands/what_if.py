"""``matcher what-if``: the round with a few changes, solved from the plan at hand, and what that changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from matcher.cli.desk import Desk
from matcher.cli.inputs import checked, plan_of_rank
from matcher.cli.naming import cadre_id
from matcher.cli.options import (
    Effort,
    Force,
    Gap,
    JsonOut,
    Lang,
    Language,
    Limit,
    Locks,
    PlanPath,
    RoundPath,
    Sets,
)
from matcher.cli.outputs import check_apart, check_outputs, json_bytes, write_file
from matcher.cli.overrides import overridden
from matcher.cli.refusals import refuse
from matcher.cli.rounds_out import check_round_out, write_round
from matcher.cli.settings import settings_of
from matcher.cli.solving import solved
from matcher.cli.status import Status
from matcher.cli.views.comparison import show_comparison, show_counted
from matcher.cli.views.infeasible import show_conflict, show_repairs
from matcher.exports import Background, Material
from matcher.tables import read_round
from matcher.words import command_line as words

Drops = Annotated[list[str] | None, typer.Option("--drop", metavar="CADRE")]
RoundOut = Annotated[Path | None, typer.Option("--round-out", metavar="FILE")]


def what_if_command(  # noqa: PLR0913 - every option of a command is a parameter
    round_path: RoundPath,
    plan: PlanPath,
    *,
    drops: Drops = None,
    locks: Locks = None,
    settings: Sets = None,
    gap: Gap = 0.0,
    limit: Limit = None,
    effort: Effort = "normal",
    json_out: JsonOut = None,
    round_out: RoundOut = None,
    force: Force = False,
    lang: Language = Lang.ZH,
) -> int:
    """Solve the round with a few changes and compare with the plan at hand."""
    from matcher.edits import drop, edited
    from matcher.solving.memory import memory_of
    from matcher.study.changes import recounted

    desk = Desk(lang.value)
    check_outputs({"--json": json_out}, [round_path, plan])
    if round_out is not None:
        check_round_out(round_out, [round_path, plan], force=force)
    check_apart({"--json": json_out, "--round-out": round_out})
    if not (drops or locks or settings):
        raise refuse("nothing_changed")
    asked = settings_of(effort=effort, limit=limit, plans=1, gap=gap)
    base = Background.of(read_round(round_path), desk.language)
    before = checked(base, plan, plan_of_rank(plan, 1))
    changed = overridden(base.round, settings, locks, None)
    changed = edited(changed, [drop(cadre_id(changed, text, "--drop")) for text in drops or ()])
    after = Background.of(changed, desk.language)
    result = solved(desk, changed, asked, memory_of(changed.facts, before.plan))
    if json_out is not None:
        write_file(desk, words.RESULT_FILE, json_out, json_bytes(result.document()))
    if round_out is not None:
        write_round(desk, changed, round_out)
    if result.best is None:
        if result.infeasibility is not None:
            show_conflict(desk, result.infeasibility.conflict, after.names, result.screening)
            show_repairs(desk, result.infeasibility, written=json_out is not None)
        return Status.INFEASIBLE if result.status == "infeasible" else Status.NO_PLAN
    found = Material.checked(after, result.best, result.provenance)
    here = recounted(changed, before.plan, base.round, found.plan)
    show_comparison(desk, replace(before, plan=here.plan), found, caused=True)
    show_counted(desk, before, here, found.plan)
    return Status.DONE
