"""What an earlier process had done of a ranking, as its checkpoint says: taken up where it stands the recount."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from matcher.check import check
from matcher.result import TracePoint
from matcher.solving.memory import Left

if TYPE_CHECKING:
    from matcher.checkpoint import Checkpoint, Finished, SavedFloor, Stage
    from matcher.model.encode import Team
    from matcher.round import Round
    from matcher.solving.stopping import Stop

#: A saved plan that was so near to its bound, as a share, is improved further; from a worse one better plans are sought anew.
NEAR_ENOUGH = 0.01


@dataclass(frozen=True)
class Saved:
    """What the stage that was under way goes on from; nothing in it is believed.

    Attributes
    ----------
    stage
        The stage.
    teams
        The best plan; empty where there was none.
    floor
        The floor it stands on.
    near
        Whether it was near to its bound, by what the checkpoint says.
    """

    stage: Stage
    teams: dict[str, Team]
    floor: SavedFloor | None
    near: bool


class Earlier:
    """What is left of a solve that an earlier process did not end.

    Parameters
    ----------
    checkpoint
        Where it stood; None where there was no earlier process.
    stop
        Its clock times the notes.

    Attributes
    ----------
    continued
        How often the run was continued, this time included.
    left
        The prices and good teams that were saved, the team of its plan among those of each place.
    notes
        What was taken up or dropped, for the trace.
    """

    def __init__(self, checkpoint: Checkpoint | None, stop: Stop) -> None:
        self.continued = 0 if checkpoint is None else checkpoint.continued + 1
        self.left = Left() if checkpoint is None else _left_by(checkpoint)
        self.notes: list[TracePoint] = []
        self._checkpoint = checkpoint
        self._finished = [] if checkpoint is None else list(checkpoint.finished)
        self._stop = stop

    def finished(self, began: Stage, round_: Round) -> Finished | None:
        """Return a solve that was finished, its plan recounted; None where it is to be done.

        A plan that does not stand the recount is dropped, with all that came after it.

        Parameters
        ----------
        began
            The stage in which the solve begins.
        round_
            The round that was solved: a kind of plan may solve one with other weights.
        """
        if not self._finished:
            return None
        known = self._finished[0]
        here = known.stage == began
        if not here and began.name == "pool":  # which gave nothing then
            return None
        if not here or (known.plan is not None and not check(round_, known.plan).ok):
            self.note("rank_dropped", None)
            self._finished, self._checkpoint = [], None
            return None
        if known.plan is not None:
            self.note("resumed", known.plan.score)
        return self._finished.pop(0)

    def under_way(self, began: Stage) -> Saved | None:
        """Return, at the first stage that is not done, what was saved of it; None where it was another one."""
        was, self._checkpoint = self._checkpoint, None
        if was is None or not _same(was.stage, began):
            return None
        teams = {place: [*team] for place, team in was.teams.items()}
        near = False
        if was.score is not None and was.bound is not None:
            near = was.bound - was.score <= NEAR_ENOUGH * max(1, abs(was.score))
        return Saved(was.stage, teams, was.floor, near)

    def note(self, note: Literal["resumed", "plan_dropped", "rank_dropped"], score: int | None) -> None:
        """Take note of what was taken up or dropped."""
        self.notes.append(TracePoint(seconds=round(self._stop.elapsed, 3), score=score, note=note))


def _left_by(checkpoint: Checkpoint) -> Left:
    if not checkpoint.prices:
        return Left()  # good teams are no beginning without prices
    teams = {place: [list(team) for team in teams] for place, teams in checkpoint.good_teams.items()}
    for place, team in checkpoint.teams.items():
        teams.setdefault(place, []).append(list(team))
    return Left({price.row: price.price for price in checkpoint.prices}, teams)


def _same(saved: Stage, began: Stage) -> bool:
    """Return whether a stage is the one that was saved; a floor is raised in the stage of its plan."""
    raised = saved.name == "floor" and began.name == "plan"
    return (saved.rank, saved.solve) == (began.rank, began.solve) and (raised or saved.name == began.name)
