"""``matcher sensitivity``: what one more of something is worth, how far weights can move, how robust each post is."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from matcher.cli.desk import Desk
from matcher.cli.inputs import checked, plan_of_rank, with_prices
from matcher.cli.options import Effort, Gap, JsonOut, Lang, Language, Limit, PlanPath, RoundPath
from matcher.cli.outputs import check_outputs, json_bytes, write_file
from matcher.cli.settings import settings_of
from matcher.cli.status import Status
from matcher.cli.views.sensitivity import show_ranges, show_robustness, show_worths
from matcher.exports import Background
from matcher.tables import read_round
from matcher.words import answers
from matcher.words import sensitivity as words

if TYPE_CHECKING:
    import pandas as pd

Weights = Annotated[bool, typer.Option("--weights")]
Posts = Annotated[bool, typer.Option("--posts")]


def sensitivity_command(  # noqa: PLR0913 - every option of a command is a parameter
    round_path: RoundPath,
    plan: PlanPath,
    *,
    weights: Weights = False,
    posts: Posts = False,
    gap: Gap = 0.0,
    limit: Limit = None,
    effort: Effort = "normal",
    json_out: JsonOut = None,
    lang: Language = Lang.ZH,
) -> int:
    """Say what scarce things are worth, and on request how far weights can move and which posts stay."""
    from matcher.questions import sensitivity
    from matcher.questions.weights import weight_ranges
    from matcher.solving import Stop

    desk = Desk(lang.value)
    check_outputs({"--json": json_out}, [round_path, plan])
    settings = settings_of(effort=effort, limit=limit, plans=1, gap=gap)
    background = Background.of(read_round(round_path), desk.language)
    material = checked(background, plan, plan_of_rank(plan, 1))
    round_, asked = background.round, material.plan
    with_prices(material, plan)
    answer: dict[str, Any] = {}
    worths, seats = sensitivity.worths(round_, asked), sensitivity.seat_worths(round_, asked)
    show_worths(desk, material, worths, seats)
    answer |= {"worths": _rows(worths), "seats": _rows(seats)}
    stop = Stop(settings.time_limit)
    with stop.on_signals():
        if weights:
            ranges = weight_ranges(round_, asked, settings, stop=stop)
            show_ranges(desk, material, ranges)
            answer["weights"] = [asdict(one) for one in ranges]
        if posts:
            kept = sensitivity.robustness(round_, asked, settings, stop=stop)
            show_robustness(desk, material, kept)
            answer["posts"] = _rows(kept) if kept.attrs["solves"] else None
        if stop.now and (weights or posts):
            desk.say(words.CUT_SHORT)
    if json_out is not None:
        write_file(desk, answers.ANSWER_FILE, json_out, json_bytes(answer))
    return Status.DONE


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]
