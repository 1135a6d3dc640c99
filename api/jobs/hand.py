"""A run in the hands of a worker: its attempts one after the other, and all that is written about it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

import structlog
from pydantic import ValidationError

from api.jobs import checkpoints, lease
from api.jobs.attempt import Attempt, Broken
from api.jobs.ending import packed, write_ending
from api.jobs.entries import entry_of
from api.jobs.kinds import Outcome
from api.jobs.patience import Patience
from api.jobs.tasks import task_of
from api.storage.refusals import StorageRefused
from api.storage.session import reading, writing
from api.watch import traces

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlalchemy as sa

    from api.jobs.checkpoints import Saved
    from api.jobs.lease import Claimed
    from api.jobs.states import State

_log = structlog.get_logger()

#: Deaths of children, and attempts, without getting on, after which a run fails.
MOST_DEATHS: Final = 3
MOST_ATTEMPTS: Final = 20
#: Seconds from one event of mere progress to the next.
PROGRESS_EVERY = 1.0
#: The place of a run that has not found anything yet: rank, and solve for it.
_FIRST: Final = (1, 1)
#: Seconds until a child that could not be begun is tried again.
PUT_OFF = 2.0


class Hand:
    """One run, from the claim to its end or the loss of the lease.

    Parameters
    ----------
    database
        Where it is written about; any write may raise :class:`api.jobs.lease.DatabaseAway`, and is done again later.
    claimed
        The run.
    memory
        Bytes of address space for a child.
    wake
        Called when there is something to write that should not wait.

    Attributes
    ----------
    lease
        The right to write about it.
    cores
        How many it uses.
    saves
        How many checkpoints were saved from here.
    """

    def __init__(
        self, database: sa.Engine, claimed: Claimed, memory: int, wake: Callable[[], None] = lambda: None
    ) -> None:
        self.lease = claimed.lease
        self.cores: int = claimed.row["cores"]
        self._database = database
        self._row = claimed.row
        self._memory = memory
        self._wake = wake
        self._attempts = claimed.attempts
        self._deaths: int = claimed.row["child_deaths"]
        self._spent_ms: int = claimed.row["spent_ms"]
        self._spent_work: float = claimed.row["spent_work"]
        self._saved: Saved | None = None
        self.saves = 0
        self._attempt: Attempt | None = None
        self._is_done = False
        self._last_progress = 0.0
        self._begun = traces.now()
        self._not_before = 0.0
        self._patience = Patience()
        self._log = _log.bind(run=self.lease.run, epoch=self.lease.epoch)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left of it here: it is written about no more, and its child is gone."""
        return self._is_done and (self._attempt is None or self._attempt.is_over)

    def let_go(self) -> None:
        """Let go of a run whose lease is lost: nothing is written any more."""
        if not self._is_done:
            self._log.warning("lease_lost")
            self._trace("lost")
            self.kill()

    def kill(self) -> None:
        """End its child, and write nothing any more."""
        self._is_done = True
        if self._attempt is not None:
            self._attempt.kill()

    def heed(self, asked: str | None) -> None:
        """Do what somebody asks of the run."""
        if self._is_done:
            return
        if asked == "cancel":
            self._end(Outcome("cancelled", "cancelled"))
        elif asked == "stop" and not self._patience.is_asked:
            self._patience.begin()
            if self._attempt is not None:
                self._attempt.stop()

    def step(self) -> None:
        """Begin an attempt where there is none; else write down what it said, or what came of it."""
        if self._is_done:
            return
        if self._attempt is None:
            if time.monotonic() >= self._not_before:
                self._begin()
            return
        attempt = self._attempt
        ending = attempt.ending  # before its news, which are all there then
        self._write_news(attempt)
        if isinstance(ending, Broken) and not ending.was_begun:
            self._put_off(ending)
        elif isinstance(ending, Broken):
            self._broke(ending)
        elif ending is not None:
            self._end(ending)
        elif self._patience.is_lost:
            self._lose_patience(attempt)

    def release(self) -> None:
        """Give the run back with its newest checkpoint: it waits for any worker."""
        if self._is_done:
            return
        if self._attempt is not None:
            self._attempt.kill()
            self._write_news(self._attempt)
        if self._is_done:
            return
        data = {"released": self.lease.epoch}
        spent = self._spent()
        if not self._patience.is_asked:
            is_written = self._write(
                lambda c: lease.bring(c, self.lease, "queued", data, owner=None, **spent), to="queued"
            )
        else:  # it stays one that is to stop, whoever takes it next
            is_written = self._write(
                lambda c: lease.write(c, self.lease, [("released", data)], owner=None, **spent)
            )
        if is_written:
            self._log.info("released")
            self._trace("released")
            self.kill()

    # -------------------------------------------------- attempts

    def _begin(self) -> None:
        """Begin an attempt: from the newest checkpoint, with what is left of time and effort."""
        if self._attempts > MOST_ATTEMPTS or self._deaths >= MOST_DEATHS:
            self._give_up()
            return
        row = {**self._row, "spent_ms": self._spent_ms}
        try:
            with reading(self._database) as connection:
                self._saved = checkpoints.load(connection, self.lease.run)
                task = task_of(connection, row, self._saved, self._memory)
        except StorageRefused as refused:
            self._log.error("documents_damaged", code=refused.code)
            self._end(Outcome("failed", "documents_damaged"))
            return
        except ValidationError:  # another version of the program took its settings
            self._end(Outcome("failed", "invalid", details={"codes": "settings"}))
            return
        self._attempt = Attempt(task, self._wake)
        if self._patience.is_asked:
            self._patience.begin()
            self._attempt.stop()
        self._attempt.begin()

    def _broke(self, broken: Broken) -> None:
        """Write down the death of a child; another attempt follows, unless there were too many."""
        is_own = not self._patience.has_given_up(self._attempt)  # else it was ended from here
        deaths, attempts, spent = self._deaths + is_own, self._attempts + 1, self._spent()
        self._log.warning("child_died", how=broken.how, deaths=deaths)
        event = ("child_died", {"how": broken.how, "epoch": self.lease.epoch})
        counters = {"child_deaths": deaths, "attempts": attempts}
        if self._write(lambda c: lease.write(c, self.lease, [event], **counters, **spent)):
            self._deaths, self._attempts, self._attempt = deaths, attempts, None
            self._spent_ms, self._spent_work = spent["spent_ms"], spent["spent_work"]

    def _lose_patience(self, attempt: Attempt) -> None:
        """End a child that does not end by itself; a run that has no plan then comes to none."""
        saved = self._saved
        if saved is None or (saved.score is None and saved.place == _FIRST):
            self._end(Outcome("cancelled", "stopped_before_plan"))
            return
        self._patience.give_up(attempt)
        attempt.kill()

    def _put_off(self, broken: Broken) -> None:
        """Try again a little later: that the machine is short of something says nothing about the run."""
        self._log.warning("child_not_begun", how=broken.how)
        self._attempt = None
        self._not_before = time.monotonic() + PUT_OFF

    def _give_up(self) -> None:
        details = {"deaths": self._deaths, "attempts": self._attempts - 1}
        self._end(Outcome("failed", "too_many_attempts", details=details))

    # -------------------------------------------------- writing

    def _write_news(self, attempt: Attempt) -> None:
        """Write down what a child said; mere progress waits a moment for more of it."""
        news = attempt.news()
        is_urgent = news.saved or news.anew is not None
        if not news or not (is_urgent or time.monotonic() - self._last_progress >= PROGRESS_EVERY):
            return
        entry = entry_of(news, self._saved, self.lease.epoch)

        def action(connection: sa.Connection) -> None:
            lease.write(connection, self.lease, entry.events, **entry.values, **self._spent())
            for saved in entry.kept:
                checkpoints.save(connection, self.lease, saved)

        if self._write(action):
            attempt.written(news)
            self._last_progress = time.monotonic()
            self.saves += len(entry.kept)
            self._saved = entry.kept[-1] if entry.kept else self._saved
            if entry.gets_on:
                self._deaths = self._attempts = 0

    def _end(self, outcome: Outcome) -> None:
        """Write down what the run came to: result, plans, state and event at once."""
        spent = self._spent()
        if outcome.work is not None:
            spent["spent_work"] = self._spent_work + outcome.work

        answers = packed(outcome)

        def action(connection: sa.Connection) -> None:
            write_ending(connection, self.lease, self._row, outcome, answers, spent)

        if self._write(action, to=outcome.state):
            self._log.info("ended", state=outcome.state, reason=outcome.code)
            self._trace(outcome.state)
            self.kill()

    def _write(self, action: Callable[[sa.Connection], None], to: State | None = None) -> bool:
        """Do a fenced write; return whether it was done, now or by an earlier try whose outcome was not known."""
        try:
            with writing(self._database) as connection:
                action(connection)
        except lease.Fenced:
            if to is not None and lease.is_in(self._database, self.lease, to):
                return True
            self.let_go()
            return False
        return True

    def _trace(self, came_to: str) -> None:
        traces.run(self.lease.run, self._row["kind"], self.lease.epoch, came_to, self._begun)

    def _spent(self) -> dict[str, Any]:
        """Return what the run has taken so far, by all attempts."""
        seconds, work = (0.0, 0.0) if self._attempt is None else (self._attempt.seconds, self._attempt.work)
        return {"spent_ms": self._spent_ms + round(seconds * 1000), "spent_work": self._spent_work + work}
