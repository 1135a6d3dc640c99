"""Ranked plans on the screen: what each is worth, how far it is from rank 1, what it gives up and gains."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from matcher.cli.desk import Column
from matcher.exports.figures import percent
from matcher.words import ranking as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.cli.desk import Desk
    from matcher.exports import Material
    from matcher.plan import Plan
    from matcher.result import RankingEnd

_COLUMNS = (
    Column(words.RANK, right=True), Column(words.SCORED, right=True), Column(words.BOUND, right=True),
    Column(words.GAP, right=True), Column(words.OTHER_POSTS, right=True), Column(words.OTHER_TEAMS, right=True),
    Column(words.AGAINST_BEST),
)  # fmt: skip


def show_ranking(desk: Desk, materials: Sequence[Material], ended: RankingEnd | None) -> None:
    """Print the plans side by side, and why there are not more of them."""
    if len(materials) > 1:
        desk.table(_COLUMNS, (_row(desk, material.plan) for material in materials), words.RANKING_TITLE)
    for material in materials:
        plan = material.plan
        if plan.substance == "none":
            desk.say(words.NO_SUBSTANCE, rank=plan.rank)
        elif plan.substance == "none_within":
            desk.say(words.NO_SUBSTANCE_WITHIN, rank=plan.rank, points=plan.no_substance_within)
        elif plan.substance == "open":
            desk.say(words.SUBSTANCE_OPEN, rank=plan.rank)
        elif plan.substance_bound is not None:
            desk.say(words.SUBSTANCE_COSTS, rank=plan.rank, bound=plan.substance_bound)
    for before, after in pairwise(material.plan for material in materials):
        # With fairness first, plans stand by their worst village.
        worst = [plan.floor.index if plan.floor is not None else 0.0 for plan in (before, after)]
        if after.score > before.score and worst[1] >= worst[0]:
            desk.say(words.NOT_BY_SCORE, rank=after.rank, above=before.rank)
    if ended is not None:
        desk.say(words.SAID, sentence=ended.sentences[desk.language])


def _row(desk: Desk, plan: Plan) -> tuple[object, ...]:
    first = next(iter(plan.distance), None)
    return (
        plan.rank,
        plan.score,
        "" if plan.bound is None else plan.bound,
        "" if plan.gap is None else percent(plan.gap),
        "" if first is None else first.posts,
        "" if first is None else first.teams,
        "" if plan.tradeoff is None else plan.tradeoff.sentences[desk.language],
    )
