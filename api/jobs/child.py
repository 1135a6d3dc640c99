"""The process that solves: a task in, lines out. It knows no database, and ends with the worker that began it."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Final

from api.jobs.guard import bind_to, limit_memory
from api.jobs.messages import (
    STOP,
    AnewLine,
    CheckpointLine,
    FailureLine,
    ProgressLine,
    ResultLine,
    Task,
)
from matcher.checkpoint import Checkpoint
from matcher.problems import InvalidInput
from matcher.round import Round
from matcher.settings import Settings
from matcher.solving import Stop, solve
from matcher.solving.counties.crew import CountyFailed
from matcher.solving.counties.requests import OUT_OF_MEMORY
from matcher.solving.incumbent import Progress, RecountDiffers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from api.jobs.messages import Line
    from matcher.checkpoint import Stage


class Speaker:
    """Says lines to the worker, with the time and the work since the process began.

    Parameters
    ----------
    file
        The descriptor to write to.
    """

    def __init__(self, file: int) -> None:
        self._file = os.fdopen(file, "wb")
        self._began = time.monotonic()

    def say(self, line: type[Line], **values: Any) -> None:
        """Say a line, all of it."""
        made = line(seconds=round(time.monotonic() - self._began, 3), work=round(self.work, 3), **values)
        self._file.write(made.line())
        self._file.flush()

    @property
    def work(self) -> float:
        """Processor seconds of this process and of those it has begun and that have ended: about a unit of effort each."""
        times = os.times()
        return times.user + times.system + times.children_user + times.children_system


class Solving:
    """A task of the kind ``solve``.

    Parameters
    ----------
    task, stop, speaker
        What to do, what ends it early, and where to say how it goes.
    """

    def __init__(self, task: Task, stop: Stop, speaker: Speaker) -> None:
        self._task = task
        self._stop = stop
        self._speaker = speaker
        self._stage: Stage | None = None
        self._spent_before = 0.0
        self._stage_began = 0.0

    def run(self) -> dict[str, Any]:
        """Solve, and return the result as data.

        Raises
        ------
        MatcherError
            As :func:`matcher.solve` does.
        """
        round_ = Round.from_document(self._task.round)
        settings = Settings.model_validate(self._task.settings)
        resume = self._resume(round_, settings)
        if resume is not None:
            self._stage, self._spent_before = resume.stage, self._task.stage_work
        result = solve(
            round_,
            settings,
            stop=self._stop,
            on_progress=self._on_progress,
            on_checkpoint=self._on_checkpoint,
            resume=resume,
        )
        return result.document()

    def _resume(self, round_: Round, settings: Settings) -> Checkpoint | None:
        """Return the checkpoint, unless another version of the program or of the rules wrote it."""
        if self._task.checkpoint is None:
            return None
        try:
            checkpoint = Checkpoint.of(self._task.checkpoint)
            checkpoint.must_be_of(round_, settings)
        except InvalidInput as error:
            self._speaker.say(AnewLine, codes=_codes(error))
            return None
        return checkpoint

    def _on_progress(self, progress: Progress) -> None:
        self._speaker.say(
            ProgressLine,
            phase=progress.phase,
            score=progress.score,
            bound=progress.bound,
            rank=progress.rank,
        )

    def _on_checkpoint(self, checkpoint: Checkpoint) -> None:
        work = self._speaker.work
        if checkpoint.stage != self._stage:
            self._stage, self._spent_before, self._stage_began = checkpoint.stage, 0.0, work
        spent = self._spent_before + work - self._stage_began
        self._speaker.say(CheckpointLine, checkpoint=checkpoint.document(), stage_work=round(spent, 3))


_DOING: Final[Mapping[str, Callable[[Task, Stop, Speaker], Solving]]] = {"solve": Solving}


def answer(task: Task, stop: Stop, speaker: Speaker) -> None:
    """Do a task, and say what came of it; its worker tries again after what is no answer."""
    try:
        document = _DOING[task.kind](task, stop, speaker).run()
    except MemoryError:
        speaker.say(FailureLine, code="out_of_memory", details={"mebibytes": task.memory >> 20})
    except InvalidInput as error:
        speaker.say(FailureLine, code="invalid", details={"codes": ", ".join(_codes(error))})
    except RecountDiffers:
        speaker.say(FailureLine, code="recount_differs", details={})
    except Exception as error:
        if isinstance(error, CountyFailed) and error.failure == OUT_OF_MEMORY:
            speaker.say(FailureLine, code="out_of_memory", details={"mebibytes": task.memory >> 20})
        else:
            # Only what kind of error: its text may hold somebody's data.
            speaker.say(FailureLine, code="crashed", details={"error": type(error).__name__})
    else:
        speaker.say(ResultLine, document=document)


def _codes(error: InvalidInput) -> list[str]:
    return sorted({problem.code for problem in error.problems})


def main(arguments: Sequence[str]) -> None:
    """Do the task on the standard input; arguments are the descriptor for lines, and the worker's process."""
    file, parent = (int(argument) for argument in arguments)
    bind_to(parent)
    # Whoever ends a service signals all of its processes; what is to be stopped says the worker.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    speaker = Speaker(file)
    task = Task.model_validate(json.loads(sys.stdin.buffer.readline()))
    limit_memory(task.memory)
    stop = Stop(task.settings.get("time_limit"))
    # The solver takes signals for itself where it runs in the main thread; so it runs in another, and this one listens.
    solver = threading.Thread(target=_solve, args=(task, stop, speaker), daemon=True)
    solver.start()
    for line in sys.stdin.buffer:
        if line == STOP and not stop.requested:
            stop.request()
    os._exit(1)  # the worker is gone


def _solve(task: Task, stop: Stop, speaker: Speaker) -> None:
    answer(task, stop, speaker)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
