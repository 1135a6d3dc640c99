"""Kills and stops at random, by a seed, and what must be true of the runs afterwards; a soak uses them, too."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING, Any

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
    assert faults_of(database, run) == []


def faults_of(database: sa.Engine, run: str) -> list[str]:
    """Return what is wrong with a run that should have ended: nothing, whatever was done to its workers."""
    row = run_row(database, run)
    all_events = events(database, run)
    numbers = [event.seq for event in all_events]
    endings = [event for event in all_events if event.type in ENDED]
    epochs = [event.data["epoch"] for event in all_events if "epoch" in event.data]
    plans = plan_rows(database, run)
    saved = checkpoint_rows(database, run)
    must = {
        "it has ended": row.state in ENDED,
        "its events are numbered": numbers == sorted(set(numbers))
        and (numbers[0], numbers[-1]) == (1, row.event_seq),
        # What is missing told nothing new, and what is left tells something.
        "its events are thinned": spare_events((event.seq, event.type, event.data) for event in all_events)
        == [],
        "it ended once": [event.type for event in endings] == [row.state],
        "nothing came after its end": bool(endings) and endings[0] is all_events[-1],
        "its last owner ended it": bool(endings) and endings[0].data.get("epoch", row.epoch) == row.epoch,
        "no owner of before wrote": epochs == sorted(epochs)
        and [one.epoch for one in saved] == sorted(one.epoch for one in saved),
        "it has a result if it has an answer": (row.result_digest is not None) == (row.state in ANSWERED),
        "its plans are ranked": [plan.rank for plan in plans] == list(range(1, len(plans) + 1)),
        "it has plans if it is done": bool(plans) == (row.state == "done"),
    }
    shown = [
        (event.seq, event.type, event.data.get("epoch")) for event in all_events if event.type != "progress"
    ]
    found = [
        f"not so: {what}; {row.state}, epoch {row.epoch}, {shown}"
        for what, holds in must.items()
        if not holds
    ]
    return [*found, *_not_continued(all_events, saved)]


def assert_sound_batch(database: sa.Engine, run: str) -> None:
    """Assert that a batch has ended well, and that each of its parts was finished once."""
    row, all_events = run_row(database, run), events(database, run)
    assert row.state == all_events[-1].type == "done"
    numbers = [event.seq for event in all_events]
    assert numbers == sorted(set(numbers))
    assert (numbers[0], numbers[-1]) == (1, row.event_seq)
    stages = [event.data["stage"] for event in all_events if event.type == "checkpoint"]
    assert len(stages) == len(set(stages))
    assert plan_rows(database, run) == []


def _not_continued(all_events: Sequence[sa.Row[Any]], saved: Sequence[sa.Row[Any]]) -> list[str]:
    """Return where a run did not go on from its last checkpoint: by a stage, by a score, or from zero."""
    found = [
        f"{event.type} at event {event.seq}: {event.data}"
        for event in all_events
        if event.type in ("fell_behind", "begun_anew")
    ]
    by_stage: defaultdict[str, list[int]] = defaultdict(list)
    kept: defaultdict[str, list[int]] = defaultdict(list)
    places: list[tuple[int, int]] = []
    for event in all_events:
        if event.type == "checkpoint":
            stage = event.data["stage"]
            rank, solve, _ = stage.split(".", 2)
            places.append((int(rank), int(solve)))
            if event.data["score"] is not None:
                by_stage[stage].append(event.data["score"])
    for row in saved:
        if row.score is not None:
            kept[row.stage].append(row.score)
    for stage, scores in (*by_stage.items(), *kept.items()):
        if scores != sorted(scores):
            found.append(f"the score falls within {stage}: {scores}")
    if places != sorted(places):
        found.append(f"it went back to an earlier solve: {places}")
    return found
