"""The best checked plan so far, kept outside every solver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher.check.recount import Recount, recount
from matcher.problems import MatcherError
from matcher.result import TracePoint
from matcher.solving.state import State, posts_of
from matcher.solving.ties import keep_roles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matcher.model.encode import Team
    from matcher.model.instance import Instance
    from matcher.solving.memory import Left
    from matcher.solving.recorder import Recorder
    from matcher.solving.stopping import Stop


class RecountDiffers(MatcherError):
    """The checker counts a plan differently from the model: a fault of ours; the plan is not released."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a solve stands.

    Attributes
    ----------
    seconds
        Since the start.
    phase
        ``attainable``, ``start``, ``columns``, ``plan``, ``improve``, ``prove``, ``floor`` or ``reserves``; where there is no
        plan, then ``conflict``, ``repair``, ``repairs`` and ``partial``.
    score, bound
        The best checked score and the best proven bound; None where there is none yet.
    rank
        The rank of the plan that is worked on.
    """

    seconds: float
    phase: str
    score: int | None
    bound: int | None
    rank: int = 1

    @property
    def gap(self) -> float | None:
        """The proven gap."""
        if self.score is None or self.bound is None:
            return None
        return (self.bound - self.score) / max(1, abs(self.score))


class Incumbent:
    """Takes every plan that a method finds, has it checked, and keeps the best with the best bound.

    Parameters
    ----------
    instance
        The instance.
    attainable
        Each village's attainable points.
    stop
        Its clock times the trace.
    on_progress
        Called whenever score or bound get better, and at each phase.
    recorder
        Told of every better plan.
    """

    def __init__(
        self,
        instance: Instance,
        attainable: dict[str, int],
        stop: Stop,
        on_progress: Callable[[Progress], None] | None = None,
        recorder: Recorder | None = None,
    ) -> None:
        self.instance = instance
        self.attainable = attainable
        self.stop = stop
        self.on_progress = on_progress
        self.recorder = recorder
        self.phase = "start"
        self.teams: dict[str, Team] | None = None
        self.recount: Recount | None = None
        self.bound: int | None = None
        self.trace: list[TracePoint] = []

    @property
    def score(self) -> int | None:
        """The best checked score."""
        return self.recount.score if self.recount is not None else None

    @property
    def optimal(self) -> bool:
        """Whether the best plan is proven to be the best there is."""
        return self.score is not None and self.score == self.bound

    def within(self, gap: float) -> bool:
        """Return whether a gap of at most ``gap`` is proven."""
        if self.score is None or self.bound is None:
            return False
        return self.bound - self.score <= gap * max(1, abs(self.score))

    def enter(self, phase: str) -> None:
        """Begin a phase."""
        self.phase = phase
        self._report()

    def offer(self, teams: Mapping[str, Team]) -> bool:
        """Check a plan and keep it if it is the best; return whether it was.

        Raises
        ------
        RecountDiffers
            When the checker finds another score than the model, or a broken rule where the model sees none.
        """
        broken, score = State(self.instance, teams).measure()
        if broken or (self.score is not None and score <= self.score):
            return False
        self.take(teams, score)
        return True

    def begin(self, teams: Mapping[str, Team]) -> bool:
        """Begin with a plan that nobody vouches for; return whether it is one, and better than what there is."""
        blocks = self.instance.blocks
        possible = teams.keys() <= blocks.keys() and all(
            blocks[place].can_hold(team) and len(set(team)) == len(team) for place, team in teams.items()
        )
        return possible and self.offer(teams)

    def priced(self, left: Callable[[], Left]) -> None:
        """Say that there may be better prices; ``left`` gives them, with good teams."""
        if self.recorder is not None:
            self.recorder.priced(self, left)

    def settle(self) -> None:
        """Of the best plans of one score inside each team, take the one that keeps people's roles."""
        if self.teams is None or self.score is None:
            return
        teams, score = dict(self.teams), self.score

        def fits(place: str, team: Team) -> bool:
            if State(self.instance, {**teams, place: team}).measure() != (0, score):
                return False
            teams[place] = team  # what comes after is asked about the plan with this exchange
            return True

        self._keep(keep_roles(self.instance, self.teams, self.instance.blocks.__getitem__, fits), self.score)

    def take(self, teams: Mapping[str, Team], score: int) -> None:
        """Have a plan recounted and keep it as the best; ``score`` is the model's.

        Raises
        ------
        RecountDiffers
            When the checker finds another score than the model, or a broken rule where the model sees none.
        """
        self._keep(teams, score)
        self._trace()
        if self.recorder is not None:
            self.recorder.better(self)

    def _keep(self, teams: Mapping[str, Team], score: int) -> None:
        posts = posts_of(self.instance, teams)
        counted = recount(self.instance.facts, self.instance.book, posts, self.attainable)
        if counted.score != score or counted.broken:
            rules = sorted({item.rule for item in counted.broken})
            raise RecountDiffers(
                f"the model counts {score}, the checker {counted.score}; rules broken by the recount: {rules}"
            )
        self.teams = {place: sorted(team) for place, team in teams.items()}
        self.recount = counted

    def prove(self, bound: int | None) -> None:
        """Take a proven upper bound on the score of any plan; the best one is kept.

        Raises
        ------
        RecountDiffers
            When a checked plan is better than the bound: then one of the two is wrong.
        """
        if bound is not None and self.score is not None and bound < self.score:
            raise RecountDiffers(f"a checked plan has {self.score}, above the bound of {bound}")
        if bound is not None and (self.bound is None or bound < self.bound):
            self.bound = bound
            self._trace()

    def _trace(self) -> None:
        self.trace.append(TracePoint(seconds=round(self.stop.elapsed, 3), score=self.score, bound=self.bound))
        self._report()

    def _report(self) -> None:
        if self.on_progress is not None:
            self.on_progress(Progress(self.stop.elapsed, self.phase, self.score, self.bound))
