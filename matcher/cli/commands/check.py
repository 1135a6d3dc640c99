"""``matcher check``: a plan recounted from its round."""

from __future__ import annotations

from typing import Annotated

import typer

from matcher import check
from matcher.cli.desk import Desk
from matcher.cli.inputs import read_plans
from matcher.cli.options import Baseline, JsonOut, Lang, Language, Locks, PlanPath, RoundPath, Sets
from matcher.cli.outputs import check_outputs, json_bytes, write_file
from matcher.cli.overrides import overridden
from matcher.cli.status import Status
from matcher.cli.views.report import documents, note_slow, show_recounted, show_report
from matcher.exports import Names
from matcher.tables import read_round
from matcher.words import command_line as words

Attainable = Annotated[bool, typer.Option("--attainable")]
Reserves = Annotated[bool, typer.Option("--reserves")]
Bound = Annotated[bool, typer.Option("--bound")]


def check_command(  # noqa: PLR0913 - every option of a command is a parameter
    round_path: RoundPath,
    plan: PlanPath,
    *,
    attainable: Attainable = False,
    reserves: Reserves = False,
    bound: Bound = False,
    settings: Sets = None,
    locks: Locks = None,
    baseline: Baseline = None,
    json_out: JsonOut = None,
    lang: Language = Lang.ZH,
) -> int:
    """Recount a plan from the round: every rule and every figure."""
    desk = Desk(lang.value)
    check_outputs({"--json": json_out}, [round_path, plan, baseline])
    asked = overridden(read_round(round_path), settings, locks, baseline)
    given = read_plans(plan)
    if given.provenance.get("round_digest", asked.digest) != asked.digest:
        desk.note(words.OTHER_ROUND)
    names = Names(asked.facts, desk.language)
    if bound:
        note_slow(desk, asked, names)
    reports = []
    for place, one in enumerate(given.plans):
        better = given.plans[:place]
        report = check(asked, one, attainable=attainable, reserves=reserves, bound=bound, better=better)
        reports.append((one.rank, report))
        desk.say(words.PLAN_TITLE, rank=one.rank, posts=len(one.posts), score=report.recount.score)
        show_report(desk, report, names)
    show_recounted(desk, report)
    if json_out is not None:
        write_file(desk, words.REPORT_FILE, json_out, json_bytes({"plans": documents(reports)}))
    return Status.DONE if all(report.ok for _, report in reports) else Status.FAILED
