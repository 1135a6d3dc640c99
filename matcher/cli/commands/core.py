"""``matcher core``: which posts every nearly as good plan has, and which are contested."""

from __future__ import annotations

from typing import Annotated

import typer

from matcher.cli.commands.why import Rank
from matcher.cli.desk import Desk
from matcher.cli.inputs import checked, plan_of_rank, read_plans, with_prices
from matcher.cli.options import JsonOut, Lang, Language, PlanPath, RoundPath
from matcher.cli.outputs import check_outputs, json_bytes, write_file
from matcher.cli.status import Status
from matcher.cli.views.answers import show_core
from matcher.exports import Background
from matcher.tables import read_round
from matcher.words import answers as words

Within = Annotated[int | None, typer.Option("--within", metavar="POINTS", min=0)]


def core_command(
    round_path: RoundPath,
    plan: PlanPath,
    *,
    rank: Rank = 1,
    within: Within = None,
    json_out: JsonOut = None,
    lang: Language = Lang.ZH,
) -> int:
    """Say which posts are firm and which are contested."""
    from matcher.questions.core import firm_core, half_per_cent

    desk = Desk(lang.value)
    check_outputs({"--json": json_out}, [round_path, plan])
    background = Background.of(read_round(round_path), desk.language)
    plans = read_plans(plan).plans
    best = checked(background, plan, plan_of_rank(plan, 1))
    with_prices(best, plan)
    material = best if rank == 1 else checked(background, plan, plan_of_rank(plan, rank))
    reach = within if within is not None else half_per_cent(best.plan)
    posts = firm_core(background.round, plans, reach, rank=rank)
    show_core(desk, material, posts, reach, best.plan)
    if json_out is not None:
        rows = [
            {"cadre": post.cadre, "place": post.place, "role": post.role, "cost": post.cost, "firm": post.firm,
             "plans": post.plans}
            for post in posts
        ]  # fmt: skip
        write_file(desk, words.ANSWER_FILE, json_out, json_bytes({"posts": rows}))
    return Status.DONE
