"""Kills and stops at random, by a seed, and what must be true of the runs afterwards; a soak uses them, too."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

from api.jobs.hand import MOST_DEATHS
from api.jobs.states import ANSWERED, ENDED
from api.jobs.thinning import spare_events
from tests.api.jobs.fleet import PATIENCE
from tests.api.jobs.rounds import checkpoint_rows, events, most_deaths, plan_rows, run_row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import sqlalchemy as sa

    from tests.api.jobs.fleet import Fleet, WorkerProcess


class Killer:
    """Does harm to a fleet; a killed worker is started again at once, as its supervisor would.

    Parameters
    ----------
    fleet
        The workers.
    database
        Theirs: a run whose child has died twice without getting on is spared, for the third death fails it by rule.
    seed
        One seed, one sequence of harm and of waits.
    pauses
        The shortest and the longest wait before each, in seconds.
    """

    def __init__(
        self, fleet: Fleet, database: sa.Engine, seed: int, pauses: tuple[float, float] = (1.0, 4.0)
    ) -> None:
        self._fleet = fleet
        self._database = database
        self._chance = random.Random(seed)
        self._pauses = pauses
        self.done: list[str] = []

    def harm(self, times: int) -> None:
        """Wait and do harm, so many times."""
        ways: Sequence[Callable[[WorkerProcess], None]] = (
            self.kill_worker,
            self.kill_child,
            self.pause_worker,
        )
        for _ in range(times):
            time.sleep(self._chance.uniform(*self._pauses))
            way = self._chance.choices(ways, weights=(4, 4, 1))[0]
            worker = self._chance.choice(self._fleet.workers)
            way(worker)
            self.done.append(f"{way.__name__} {worker.name}")

    @staticmethod
    def kill_worker(worker: WorkerProcess) -> None:
        """Kill a worker, and start its next life."""
        worker.kill()
        worker.start()

    def kill_child(self, worker: WorkerProcess) -> None:
        """Kill what solves for a worker."""
        if most_deaths(self._database, worker.name) >= MOST_DEATHS - 1:
            return
        for child in worker.children():
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    @staticmethod
    def pause_worker(worker: WorkerProcess) -> None:
        """Stop a worker for longer than others wait for it."""
        worker.signal(signal.SIGSTOP)
        time.sleep(6)
        worker.signal(signal.SIGCONT)


def wait_for_the_end(database: sa.Engine, runs: Sequence[str], patience: float = PATIENCE) -> None:
    """Wait until all runs have ended."""
    end = time.monotonic() + patience
    while any(run_row(database, run).state not in ENDED for run in runs):
        shown = {run: tuple(run_row(database, run)) for run in runs}
        assert time.monotonic() < end, shown
        time.sleep(0.2)


def assert_sound(database: sa.Engine, run: str) -> None:
    """Assert what holds of every run that has ended, whatever was done to its workers."""
    row = run_row(database, run)
    all_events = events(database, run)
    assert row.state in ENDED
    numbers = [event.seq for event in all_events]
    assert numbers == sorted(set(numbers))
    assert (numbers[0], numbers[-1]) == (1, row.event_seq)
    # What is missing told nothing new, and what is left tells something.
    assert spare_events((event.seq, event.type, event.data) for event in all_events) == []
    endings = [event for event in all_events if event.type in ENDED]
    assert [event.type for event in endings] == [row.state]
    assert endings[0] is all_events[-1]
    assert endings[0].data.get("epoch", row.epoch) == row.epoch
    epochs = [event.data["epoch"] for event in all_events if "epoch" in event.data]
    assert epochs == sorted(epochs)
    assert (row.result_digest is not None) == (row.state in ANSWERED)
    plans = plan_rows(database, run)
    assert [plan.rank for plan in plans] == list(range(1, len(plans) + 1))
    assert bool(plans) == (row.state == "done")
    assert_score_never_falls(database, run)


def assert_sound_batch(database: sa.Engine, run: str) -> None:
    """Assert that a batch has ended well, and that each of its parts was finished once."""
    row, all_events = run_row(database, run), events(database, run)
    assert row.state == all_events[-1].type == "done"
    assert [event.seq for event in all_events] == list(range(1, row.event_seq + 1))
    stages = [event.data["stage"] for event in all_events if event.type == "checkpoint"]
    assert len(stages) == len(set(stages))
    assert plan_rows(database, run) == []


def assert_score_never_falls(database: sa.Engine, run: str) -> None:
    """Assert that within a stage no checkpoint, and no event of one, has a plan worse than the one before."""
    assert events(database, run, "fell_behind") == []
    by_stage: defaultdict[str, list[int]] = defaultdict(list)
    for event in events(database, run, "checkpoint"):
        if event.data["score"] is not None:
            by_stage[event.data["stage"]].append(event.data["score"])
    kept: defaultdict[str, list[int]] = defaultdict(list)
    for row in checkpoint_rows(database, run):
        if row.score is not None:
            kept[row.stage].append(row.score)
    for scores in (*by_stage.values(), *kept.values()):
        assert scores == sorted(scores), (dict(by_stage), dict(kept))
