"""A solve as the command line runs it: progress, recount, words, files, exit status."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from matcher.cli.checkpoints import show_continued, write_checkpoint
from matcher.cli.outputs import json_bytes, write_file
from matcher.cli.progress import progress_of
from matcher.cli.status import Status
from matcher.cli.views.forecast import show_forecast
from matcher.cli.views.infeasible import show_conflict, show_repairs
from matcher.cli.views.plan import show_plan
from matcher.cli.views.ranking import show_ranking
from matcher.cli.views.screening import show_refused_picks
from matcher.cli.views.supply import show_supply
from matcher.exports import Material, roster_of, supply_of
from matcher.words import command_line as words
from matcher.words.result import STATUS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from matcher.checkpoint import Checkpoint
    from matcher.cli.desk import Desk
    from matcher.codes import Text
    from matcher.exports import Background
    from matcher.result import Result
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving import Memory

#: The exit status of a solve without a plan.
_WITHOUT_PLAN = {"infeasible": Status.INFEASIBLE, "unknown": Status.NO_PLAN, "cancelled": Status.NO_PLAN}


@dataclass(frozen=True, slots=True)
class Files:
    """Where a solve writes; None: nowhere.

    Attributes
    ----------
    result
        The result document.
    roster
        The roster workbook.
    plan
        The plan document.
    checkpoint
        Where the solve stands, while it runs.
    """

    result: Path | None = None
    roster: Path | None = None
    plan: Path | None = None
    checkpoint: Path | None = None


def solve_and_show(
    desk: Desk,
    background: Background,
    settings: Settings,
    files: Files,
    resume: Checkpoint | None = None,
) -> Status:
    """Solve a round, recount the plan, print it and write the files.

    Parameters
    ----------
    resume
        Where an earlier process stood, to go on from.

    Raises
    ------
    PlanRefused
        When a plan does not stand the recount; nothing was printed of it, nothing written.
    Aborted
        After a second request to stop.
    """
    if background.round.warnings:
        desk.say(words.WARNINGS, count=len(background.round.warnings))
    show_refused_picks(desk, background)
    show_supply(desk, supply_of(background.screening), background.names)
    on_checkpoint = None if files.checkpoint is None else partial(write_checkpoint, files.checkpoint)
    result = solved(desk, background.round, settings, on_checkpoint=on_checkpoint, resume=resume)
    show_continued(desk, result)
    materials = [
        Material.checked(background, plan, result.provenance, result.plans[:place])
        for place, plan in enumerate(result.plans)
    ]
    desk.say(words.OUTCOME, status=desk.words(STATUS[result.status]))
    for material in materials[:1]:
        show_plan(desk, material)
        desk.say(words.CHECKED)
    show_ranking(desk, materials, result.ranking_ended)
    if result.infeasibility is not None:
        show_conflict(desk, result.infeasibility.conflict, background.names, result.screening)
        show_repairs(desk, result.infeasibility, written=files.result is not None)
    if "continued" not in result.provenance and not result.provenance.get("reproducible", True):
        desk.say(words.NOT_REPEATABLE)
    _write(desk, result, materials, files)
    return Status.DONE if materials else _WITHOUT_PLAN.get(result.status, Status.FAILED)


def solved(
    desk: Desk,
    round_: Round,
    settings: Settings,
    memory: Memory | None = None,
    *,
    on_checkpoint: Callable[[Checkpoint], object] | None = None,
    resume: Checkpoint | None = None,
) -> Result:
    """Solve with a progress line; Ctrl-C stops and keeps the best plan, a second one aborts."""
    from matcher.solving import Stop, solve

    name = round_.name or round_.id
    desk.note(words.SOLVING, name=name, villages=len(round_.villages), cadres=len(round_.cadres))
    stop = Stop(settings.time_limit)
    with progress_of(desk, stop) as on_progress:
        result = solve(
            round_,
            settings,
            on_progress=on_progress,
            on_forecast=partial(show_forecast, desk, settings.time_limit),
            stop=stop,
            memory=memory,
            on_checkpoint=on_checkpoint,
            resume=resume,
        )
    _ = stop.now  # a second request that came after the last look at it still aborts
    return result


def _write(desk: Desk, result: Result, materials: list[Material], files: Files) -> None:
    """Write the files that were asked for; one that can't be written keeps none of the others back."""
    failed: OSError | None = None
    for what, path, data in _contents(desk, result, materials, files):
        try:
            write_file(desk, what, path, data)
        except OSError as error:
            failed = failed or error
    if failed is not None:
        raise failed


def _spares(result: Result, path: Path) -> bool:
    """Return whether a file that is there is worth more than a result that came to nothing."""
    return result.status in ("unknown", "cancelled") and path.exists()


def _contents(
    desk: Desk, result: Result, materials: list[Material], files: Files
) -> Iterator[tuple[Text, Path, bytes]]:
    if files.result is not None and _spares(result, files.result):
        desk.note(words.RESULT_KEPT, path=files.result)
    elif files.result is not None:
        yield words.RESULT_FILE, files.result, json_bytes(result.document())
    if not materials:
        if files.roster is not None:
            desk.note(words.NO_ROSTER)
        return
    best = materials[0]
    if files.plan is not None:
        yield words.PLAN_FILE, files.plan, json_bytes(best.plan.document())
    if files.roster is not None:
        yield words.ROSTER_FILE, files.roster, roster_of(best)
