"""Of plans that score the same, the one nearest to a plan at hand: who asks what a change costs asks who moves, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.solving.columns.market import SCALE, Market
from matcher.solving.columns.rounding import quick_choice
from matcher.solving.state import State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matcher.model.encode import Team
    from matcher.solving.columns.column import Column
    from matcher.solving.columns.piece import Piece
    from matcher.solving.pool import Pool
    from matcher.solving.run import Run
    from matcher.solving.stopping import Stop

#: Posts that the plan may keep fewer than the nearest out of the known teams: to prove the last few takes longest.
POSTS = 3


def keep_posts(
    run: Run, pieces: Sequence[Piece], pool: Pool | None, plan: Mapping[str, Team], asked: str, stop: Stop
) -> None:
    """Exchange the plan of a run for one out of known teams that scores no less and keeps more posts of ``plan``.

    Parameters
    ----------
    run
        What a method ended with; its incumbent takes the new plan.
    pieces
        The blocks, by their number; that of ``asked`` is not looked at.
    pool
        The teams that the method left.
    plan
        The plan at hand, by place.
    asked
        The place whose team is asked to be another.
    """
    incumbent, instance = run.incumbent, run.instance
    if pool is None or incumbent.teams is None or stop.now:
        return
    held = {(place, *member) for place, team in plan.items() for member in team}

    def kept(place: str, team: Team | Sequence[tuple[str, str]]) -> int:
        return sum((place, *member) in held for member in team)

    known = {(column.block, column.team): column for column in pool.columns}
    for number, place in enumerate(pool.places):
        for team in () if place == asked else (plan.get(place), incumbent.teams.get(place)):
            column = _column(pieces[number], team)
            if column is not None:
                known[number, column.team] = column
    # All posts together count less than a point.
    posts = max(1, sum(map(len, incumbent.teams.values())))
    share = max(1, SCALE // (posts + 1))
    columns = [
        column._replace(worth=column.worth + share * kept(pool.places[column.block], column.team))
        for column in known.values()
    ]
    chosen = quick_choice(
        columns, range(len(pool.places)), Market(pool.links), stop, within=POSTS * share / SCALE
    )
    run.work += chosen.work
    if chosen.columns is None:
        return
    teams = {pool.places[column.block]: list(column.team) for column in chosen.columns}
    broken, score = State(instance, teams).measure()
    more = sum(kept(*item) for item in teams.items()) > sum(kept(*item) for item in incumbent.teams.items())
    if not broken and incumbent.score is not None and score >= incumbent.score and more:
        incumbent.take(teams, score)


def _column(piece: Piece, team: Team | None) -> Column | None:
    return piece.column(team) if team is not None and piece.block.can_hold(team) else None
