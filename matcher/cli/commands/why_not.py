"""``matcher why-not``: refused by a rule, possible at a proven cost, or not settled."""

from __future__ import annotations

from typing import Annotated

import typer

from matcher.cli.commands.why import Cadre, Village
from matcher.cli.desk import Desk
from matcher.cli.inputs import checked, plan_of_rank
from matcher.cli.naming import cadre_id, captains_place, role_of, unit_id, village_id
from matcher.cli.options import Effort, Gap, JsonOut, Lang, Language, Limit, PlanPath, RoundPath
from matcher.cli.outputs import check_outputs, json_bytes, write_file
from matcher.cli.refusals import refuse
from matcher.cli.settings import settings_of
from matcher.cli.status import Status
from matcher.cli.views.answers import show_turns, show_why_not
from matcher.exports import Background
from matcher.tables import read_round
from matcher.words import answers as words

Unit = Annotated[str, typer.Option("--unit", metavar="UNIT", show_default=False)]
Township = Annotated[str, typer.Option("--township", metavar="TOWNSHIP", show_default=False)]
Role = Annotated[str, typer.Option("--role", metavar="ROLE", show_default=False)]
Quick = Annotated[bool, typer.Option("--quick")]
TurningPoints = Annotated[bool, typer.Option("--turning-points")]


def why_not_command(  # noqa: PLR0913 - every option of a command is a parameter
    round_path: RoundPath,
    plan: PlanPath,
    *,
    cadre: Cadre = "",
    village: Village = "",
    township: Township = "",
    role: Role = "",
    unit: Unit = "",
    quick: Quick = False,
    turning: TurningPoints = False,
    gap: Gap = 0.0,
    limit: Limit = None,
    effort: Effort = "normal",
    json_out: JsonOut = None,
    lang: Language = Lang.ZH,
) -> int:
    """Say why a cadre is not at a village or a captain, or a unit does not lead a village."""
    from matcher.questions import turning_points, why_not
    from matcher.solving import Stop
    from matcher.solving.memory import memory_of

    desk = Desk(lang.value)
    check_outputs({"--json": json_out}, [round_path, plan])
    if bool(village) == bool(township) or bool(cadre) == bool(unit) or (township and unit):
        raise refuse("ask_whom")
    if quick and turning:
        raise refuse("quick_turning")
    settings = settings_of(effort=effort, limit=limit, plans=1, gap=gap)
    background = Background.of(read_round(round_path), desk.language)
    round_ = background.round
    material = checked(background, plan, plan_of_rank(plan, 1))
    answer = why_not(
        round_,
        material.plan,
        cadre_id(round_, cadre, "--cadre") if cadre else "",
        captains_place(round_, township, "--township")
        if township
        else village_id(round_, village, "--village"),
        role_of(role, "--role") if role else "",
        unit=unit_id(round_, unit, "--unit") if unit else "",
        settings=settings,
        memory=memory_of(round_.facts, material.plan),
        solve=not quick,
    )
    show_why_not(desk, material, answer, solved=not quick)
    document = answer.document()
    if turning and answer.answer == "cost":
        stop = Stop(settings.time_limit)
        with stop.on_signals():
            turns = turning_points(round_, material.plan, answer, settings, stop=stop)
        show_turns(desk, turns, cut_short=stop.now)
        document["turns"] = [turn.document() for turn in turns]
    if json_out is not None:
        write_file(desk, words.ANSWER_FILE, json_out, json_bytes(document))
    return Status.DONE
