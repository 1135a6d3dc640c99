"""``matcher repair``: where no plan is possible, the changes that are proven to help, and the round with one applied."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matcher.cli.desk import Desk
from matcher.cli.options import Effort, Force, JsonOut, Lang, Language, Limit, RoundPath
from matcher.cli.outputs import check_outputs, json_bytes, write_file
from matcher.cli.refusals import refuse
from matcher.cli.rounds_out import check_round_out, write_round
from matcher.cli.settings import settings_of
from matcher.cli.solving import solved
from matcher.cli.status import Status
from matcher.cli.views.infeasible import show_conflict, show_repairs
from matcher.exports import Background
from matcher.tables import read_round
from matcher.words import command_line as words
from matcher.words import infeasible

Apply = Annotated[int | None, typer.Option("--apply", metavar="N", min=1)]
#: The gap of a solve that only asks whether a plan is possible.
ANY_PLAN = 1.0
Out = Annotated[Path | None, typer.Option("--out", metavar="OUT")]


def repair_command(
    round_path: RoundPath,
    *,
    apply: Apply = None,
    out: Out = None,
    json_out: JsonOut = None,
    limit: Limit = None,
    effort: Effort = "normal",
    force: Force = False,
    lang: Language = Lang.ZH,
) -> int:
    """Say which changes make a plan possible; with ``--apply`` write the round with one of them."""
    from matcher.edits import Edit, edited

    desk = Desk(lang.value)
    if (apply is None) != (out is None):
        raise refuse("apply_and_out")
    file = out if out is not None and out.suffix else None
    check_outputs({"--json": json_out, "OUT": file}, [round_path], force=force)
    if out is not None:
        check_round_out(out, [round_path], force=force)
    # Where a plan is possible, any will do: there is nothing to repair. Where none is, this gap is of no account.
    settings = settings_of(effort=effort, limit=limit, plans=1, gap=ANY_PLAN)
    background = Background.of(read_round(round_path), desk.language)
    result = solved(desk, background.round, settings)
    if json_out is not None:
        write_file(desk, words.RESULT_FILE, json_out, json_bytes(result.document()))
    if result.infeasibility is None:
        desk.say(infeasible.NOTHING_TO_REPAIR if result.best is not None else infeasible.NOT_SETTLED)
        return Status.DONE if result.best is not None else Status.NO_PLAN
    show_conflict(desk, result.infeasibility.conflict, background.names, result.screening)
    show_repairs(desk, result.infeasibility, written=json_out is not None)
    if apply is None or out is None:
        return Status.INFEASIBLE
    repairs = result.infeasibility.repairs
    if apply > len(repairs):
        raise refuse("no_such_repair", "--apply", number=apply, count=len(repairs))
    edits = [Edit.model_validate(step["edit"]) for step in repairs[apply - 1]["steps"]]
    write_round(desk, edited(background.round, edits), out)
    return Status.DONE
