"""The recorder of a solve: hands out checkpoints while it runs, and gives back what an earlier process had."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from matcher.certificate import Price
from matcher.checkpoint import Checkpoint, Finished, SavedFloor, Stage, rules_digest, shaping
from matcher.solving.earlier import Earlier
from matcher.solving.memory import LEFT, Left

if TYPE_CHECKING:
    from collections.abc import Callable

    from matcher.checkpoint import StageName
    from matcher.model.encode import Team
    from matcher.plan import Plan
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving.earlier import Saved
    from matcher.solving.floor import FoundFloor
    from matcher.solving.incumbent import Incumbent
    from matcher.solving.memory import Memory
    from matcher.solving.once import Found
    from matcher.solving.stopping import Stop

#: Seconds from one checkpoint with better prices to the next; a better plan is handed out at once.
PRICES_EVERY = 2.0


class Recorder:
    """Keeps where a solve stands.

    Parameters
    ----------
    round_, settings
        What is solved.
    stop
        A solve that it cut short does not count as finished.
    on_checkpoint
        Takes the checkpoints; an exception in it ends the solve.
    resume
        Where an earlier process stood.

    Attributes
    ----------
    earlier
        What that process had done.
    """

    def __init__(
        self,
        round_: Round,
        settings: Settings,
        stop: Stop,
        on_checkpoint: Callable[[Checkpoint], object] | None = None,
        resume: Checkpoint | None = None,
    ) -> None:
        self.earlier = Earlier(resume, stop)
        self._stop = stop
        self._on_checkpoint = on_checkpoint
        self._finished: list[Finished] = []
        self._handed_out = 0
        self._stage = self._began = Stage(rank=1, solve=1, name="plan")
        self._solves: dict[int, int] = {}
        self._saved: Saved | None = None
        self._teams: dict[str, Team] = {}
        self._score: int | None = None
        self._bound: int | None = None
        self._floor: SavedFloor | None = None
        self._known: tuple[Stage, dict[str, Team]] | None = None
        self._left = self.earlier.left
        self._last_prices = -PRICES_EVERY
        self._cut_short = False
        self._head = {
            "round_digest": round_.digest,
            "rules_digest": rules_digest(round_),
            "settings": shaping(settings),
            "continued": self.earlier.continued,
        }

    @property
    def rank(self) -> int:
        """The rank that is worked on."""
        return self._began.rank

    def enter(self, rank: int, name: StageName) -> None:
        """Begin the next solve of a rank."""
        self._solves[rank] = self._solves.get(rank, 0) + 1
        self._began = self._stage = Stage(rank=rank, solve=self._solves[rank], name=name)
        self._teams, self._score, self._bound, self._floor = {}, None, None, None

    def taken_up(self, round_: Round, memory: Memory | None = None) -> Finished | None:
        """Return the solve just begun if it was finished before; None where it is to be done.

        Parameters
        ----------
        round_
            The round that is solved: a kind of plan may solve one with other weights.
        memory
            Takes what was left to the next solve.
        """
        known = self.earlier.finished(self._began, round_)
        if known is None:
            return None
        self._finished.append(known)
        self._handed_out = len(self._finished)
        if memory is not None:
            self._left.fill(memory)
        return known

    def begin(self, memory: Memory) -> None:
        """Go on with the stage just begun: from what was saved of it, else from nothing.

        Parameters
        ----------
        memory
            Takes the saved prices and good teams.
        """
        self._saved = saved = self.earlier.under_way(self._began)
        if saved is not None:
            self._known = saved.stage, saved.teams  # handing it out again would look like progress
            self._last_prices = time.monotonic()
            if self._left.fill(memory) and saved.near:
                memory.plan = dict(saved.teams)
        elif len(self._finished) > self._handed_out:
            self._hand_out()

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

    def finish(self, found: Found, memory: Memory) -> None:
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
        if self._began.name == "first":
            self._left = Left()  # prices of other points say nothing of what comes next
        elif memory.prices:
            self._left = Left(memory.prices, memory.teams)
        done = Finished(
            stage=self._began, method=found.method, status=found.status, plan=found.plan, bound=found.bound
        )
        self._finished.append(done)

    def saved(self) -> Saved | None:
        """Return what the stage goes on from, once."""
        saved, self._saved = self._saved, None
        return saved

    def took_up(self, incumbent: Incumbent, *, begun: bool) -> None:
        """Take note of whether a saved plan is the plan that the stage begins with."""
        self.earlier.note("resumed" if begun else "plan_dropped", incumbent.score)

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
        if (self._stage, self._teams) != self._known:
            self._hand_out()

    def priced(self, incumbent: Incumbent, left: Callable[[], Left]) -> None:
        """Take better prices, and hand them out unless that was done a moment ago; the same ones are no news.

        Parameters
        ----------
        left
            Gives prices and good teams; called only when it is time.
        """
        now = time.monotonic()
        if self._on_checkpoint is None or now - self._last_prices < PRICES_EVERY:
            return
        self._last_prices, found = now, left()
        if found.prices != self._left.prices:
            self._bound, self._left = incumbent.bound, found
            self._hand_out()

    def _hand_out(self) -> None:
        if self._on_checkpoint is None or self._cut_short:
            return
        self._handed_out, self._known = len(self._finished), (self._stage, self._teams)
        self._on_checkpoint(self._checkpoint())

    def _checkpoint(self) -> Checkpoint:
        prices, good = self._left
        return Checkpoint.model_validate(
            {
                **self._head,
                "stage": self._stage,
                "teams": {place: tuple(sorted(team)) for place, team in self._teams.items()},
                "score": self._score,
                "bound": self._bound,
                "floor": self._floor,
                "prices": tuple(
                    Price(rule=rule, key=key, price=price) for (rule, key), price in prices.items() if price
                ),
                "good_teams": {place: tuple(map(tuple, teams[:LEFT])) for place, teams in good.items()},
                "finished": tuple(self._finished),
            }
        )
