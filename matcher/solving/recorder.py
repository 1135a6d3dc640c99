"""The recorder of a solve: hands out checkpoints while it runs, and what it goes on from where it was continued."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from matcher.certificate import Price
from matcher.check import check
from matcher.checkpoint import Checkpoint, Finished, SavedFloor, Stage, rules_digest, shaping
from matcher.result import TracePoint
from matcher.solving.memory import LEFT, Left

if TYPE_CHECKING:
    from collections.abc import Callable

    from matcher.checkpoint import StageName
    from matcher.model.encode import Team
    from matcher.plan import Plan
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving.floor import FoundFloor
    from matcher.solving.incumbent import Incumbent
    from matcher.solving.memory import Memory
    from matcher.solving.once import Found
    from matcher.solving.stopping import Stop

#: Seconds from one checkpoint with better prices to the next; a better plan is handed out at once.
PRICES_EVERY = 2.0
#: A saved plan that was so near to its bound, as a share, is improved further; from a worse one better plans are sought anew.
NEAR_ENOUGH = 0.01


@dataclass(frozen=True)
class Saved:
    """What the stage that was under way goes on from; nothing in it is believed.

    Attributes
    ----------
    teams
        The best plan; empty where there was none.
    floor
        The floor it stands on.
    near
        Whether it was near to its bound, by what the checkpoint says.
    """

    teams: dict[str, Team]
    floor: SavedFloor | None
    near: bool


class Recorder:
    """Keeps where a solve stands, and gives back what an earlier process had.

    Parameters
    ----------
    round_, settings
        What is solved.
    stop
        Its clock times the notes; what was cut short by it counts as not finished.
    on_checkpoint
        Takes the checkpoints; an exception in it ends the solve.
    resume
        Where an earlier process stood.

    Attributes
    ----------
    notes
        What was taken up or dropped, for the trace.
    """

    def __init__(
        self,
        round_: Round,
        settings: Settings,
        stop: Stop,
        on_checkpoint: Callable[[Checkpoint], object] | None = None,
        resume: Checkpoint | None = None,
    ) -> None:
        self.notes: list[TracePoint] = []
        self.continued = 0 if resume is None else resume.continued + 1
        self._stop = stop
        self._on_checkpoint = on_checkpoint
        self._resume = resume
        self._to_take_up = [] if resume is None else list(resume.finished)
        self._finished: list[Finished] = []
        self._handed_out = 0
        self._stage = Stage(rank=1, solve=1, name="plan")
        self._began = Stage(rank=1, solve=1, name="plan")
        self._solves: dict[int, int] = {}
        self._saved: Saved | None = None
        self._teams: dict[str, Team] = {}
        self._score: int | None = None
        self._bound: int | None = None
        self._floor: SavedFloor | None = None
        self._left = Left() if resume is None else _left_by(resume)
        self._last_prices = -PRICES_EVERY
        self._cut_short = False
        self._head = {
            "round_digest": round_.digest,
            "rules_digest": rules_digest(round_),
            "settings": shaping(settings),
            "continued": self.continued,
        }

    # -------------------------------------------------- stages

    def enter(self, rank: int, name: StageName) -> None:
        """Begin the next solve of a rank."""
        if self._stage.name == "first" and name != "first":
            self._left = Left()  # prices of other points say nothing here
        self._solves[rank] = self._solves.get(rank, 0) + 1
        self._began = self._stage = Stage(rank=rank, solve=self._solves[rank], name=name)
        self._teams, self._score, self._bound, self._floor = {}, None, None, None

    def taken_up(self, round_: Round) -> Finished | None:
        """Return the solve just begun if it was finished before, its plan recounted; None where it is to be done.

        A plan that does not stand the recount is dropped, with all that came after it.

        Parameters
        ----------
        round_
            The round that was solved: a kind of plan may solve one with other weights.
        """
        if not self._to_take_up:
            return None
        known = self._to_take_up[0]
        here = known.stage == self._began
        if not here and self._began.name == "pool":  # which gave nothing then
            return None
        if not here or (known.plan is not None and not check(round_, known.plan).ok):
            self._note("rank_dropped", None)
            self._to_take_up, self._resume = [], None
            return None
        self._to_take_up.pop(0)
        self._finished.append(known)
        self._handed_out = len(self._finished)
        if known.plan is not None:
            self._note("resumed", known.plan.score)
        return known

    def begin(self, memory: Memory | None) -> None:
        """Go on with the stage just begun: from what was saved of it, else from nothing.

        Parameters
        ----------
        memory
            Takes the saved prices and good teams.
        """
        was, self._resume = self._resume, None
        self._saved = None
        if was is not None and _same(was.stage, self._began):
            teams = {place: [*team] for place, team in was.teams.items()}
            known = was.score is not None and was.bound is not None
            near = known and (was.bound or 0) - (was.score or 0) <= NEAR_ENOUGH * max(1, abs(was.score or 0))
            self._saved = Saved(teams, was.floor, near)
            if memory is not None:
                self.fill(memory)
                memory.plan = dict(teams) if near and self._left.prices else {}
        elif len(self._finished) > self._handed_out:
            self._hand_out()

    def fill(self, memory: Memory) -> None:
        """Fill a memory with the prices and the good teams that were saved."""
        if not self._left.prices:
            return  # good teams are no beginning without prices
        memory.prices = dict(self._left.prices)
        memory.teams = {place: [list(team) for team in teams] for place, teams in self._left.teams.items()}
        memory.plan = {}

    def at_hand(self, rank: int, round_: Round, plan_from_pool: Callable[[], Plan | None]) -> Plan | None:
        """Return a rank's plan out of teams at hand, as it was found before or is found now; None without one."""
        self.enter(rank, "pool")
        known = self.taken_up(round_)
        if known is not None:
            return known.plan
        plan = plan_from_pool()
        if plan is not None and not self._stop.cut_short:
            self._finished.append(Finished(stage=self._began, method="pool", status="feasible", plan=plan))
        return plan

    def finish(self, found: Found, memory: Memory | None = None) -> None:
        """Take note that the solve under way is done, unless it was cut short.

        Parameters
        ----------
        memory
            What it left to the next one.
        """
        self._saved = None
        if self._stop.cut_short:
            self._cut_short = True
            return
        if memory is not None and memory.prices:
            self._left = Left(memory.prices, memory.teams)
        self._finished.append(
            Finished(
                stage=self._began,
                method=found.method,
                status=found.status,
                plan=found.plan,
                bound=found.bound,
            )
        )

    # -------------------------------------------------- what is taken up

    def saved(self) -> Saved | None:
        """Return what the stage goes on from, once."""
        saved, self._saved = self._saved, None
        return saved

    def took_up(self, incumbent: Incumbent, *, begun: bool) -> None:
        """Take note of whether a saved plan is the plan that the stage begins with."""
        self._note("resumed" if begun else "plan_dropped", incumbent.score)

    def _note(self, note: Literal["resumed", "plan_dropped", "rank_dropped"], score: int | None) -> None:
        self.notes.append(TracePoint(seconds=round(self._stop.elapsed, 3), score=score, note=note))

    # -------------------------------------------------- what is handed out

    def stands_on(self, floor: FoundFloor) -> None:
        """Begin the stage that comes after the floor was raised."""
        self._stage = self._began.model_copy(update={"name": "floor"})
        self._floor = SavedFloor(index=str(floor.floor), proven=floor.proven)
        self._teams, self._score, self._bound = {}, None, None

    def leave_floor(self) -> None:
        """Go back to the stage before a floor that no plan was found to stand on."""
        self._stage, self._floor = self._began, None

    def better(self, incumbent: Incumbent) -> None:
        """Take a better plan, and hand it out at once."""
        self._teams, self._score = dict(incumbent.teams or {}), incumbent.score
        self._bound = incumbent.bound
        self._hand_out()

    def priced(self, incumbent: Incumbent, left: Callable[[], Left]) -> None:
        """Take better prices, and hand them out unless that was done a moment ago.

        Parameters
        ----------
        left
            Gives prices and good teams; called only when they are handed out.
        """
        now = time.monotonic()
        if self._on_checkpoint is None or now - self._last_prices < PRICES_EVERY:
            return
        self._last_prices = now
        self._bound = incumbent.bound
        self._left = left()
        self._hand_out()

    def _hand_out(self) -> None:
        if self._on_checkpoint is None or self._cut_short:
            return
        self._handed_out = len(self._finished)
        self._on_checkpoint(
            Checkpoint(
                **self._head,
                stage=self._stage,
                teams={place: tuple(sorted(team)) for place, team in self._teams.items()},
                score=self._score,
                bound=self._bound,
                floor=self._floor,
                prices=tuple(
                    Price(rule=rule, key=key, price=price)
                    for (rule, key), price in self._left.prices.items()
                    if price
                ),
                good_teams={
                    place: tuple(tuple(team) for team in teams[:LEFT])
                    for place, teams in self._left.teams.items()
                },
                finished=tuple(self._finished),
            )
        )


def _left_by(resume: Checkpoint) -> Left:
    """Return the prices and good teams of a checkpoint, the team of its plan among those of each place."""
    teams = {place: [list(team) for team in teams] for place, teams in resume.good_teams.items()}
    if resume.prices:
        for place, team in resume.teams.items():
            teams.setdefault(place, []).append(list(team))
    return Left({price.row: price.price for price in resume.prices}, teams)


def _same(saved: Stage, began: Stage) -> bool:
    """Return whether a stage is the one that was saved; a floor is raised in the stage of its plan."""
    raised = saved.name == "floor" and began.name == "plan"
    return (saved.rank, saved.solve) == (began.rank, began.solve) and (raised or saved.name == began.name)
