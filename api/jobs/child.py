"""The process that solves: a task in, lines out. It knows no database, and ends with the worker that began it."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

from api.jobs.doing import doing
from api.jobs.doing.going import codes_of
from api.jobs.guard import bind_to, limit_memory
from api.jobs.messages import STOP, FailureLine, ResultLine, Task
from api.jobs.speaker import Speaker
from matcher.problems import InvalidInput
from matcher.solving import Stop
from matcher.solving.counties.crew import CountyFailed
from matcher.solving.counties.requests import OUT_OF_MEMORY
from matcher.solving.incumbent import RecountDiffers

if TYPE_CHECKING:
    from collections.abc import Sequence


def answer(task: Task, stop: Stop, speaker: Speaker) -> None:
    """Do a task, and say what came of it; its worker tries again after what is no answer."""
    try:
        document = doing(task.kind)(task, stop, speaker)
    except MemoryError:
        speaker.say(FailureLine, code="out_of_memory", details={"mebibytes": task.memory >> 20})
    except InvalidInput as error:
        speaker.say(FailureLine, code="invalid", details={"codes": ", ".join(codes_of(error))})
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


def main(arguments: Sequence[str]) -> None:
    """Do the task on the standard input; arguments are the descriptor for lines, and the worker's process."""
    file, parent = (int(argument) for argument in arguments)
    bind_to(parent)
    # Whoever ends a service signals all of its processes; what is to be stopped says the worker.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    speaker = Speaker(file)
    task = Task.model_validate(json.loads(sys.stdin.buffer.readline()))
    stop = Stop(task.settings.get("time_limit"))
    # The solver takes signals for itself where it runs in the main thread; so it runs in another, and this one listens.
    solver = threading.Thread(target=_solve, args=(task, stop, speaker), daemon=True)
    solver.start()
    for line in sys.stdin.buffer:
        if line == STOP and not stop.requested:
            stop.request()
    os._exit(1)  # the worker is gone


def _solve(task: Task, stop: Stop, speaker: Speaker) -> None:
    limit_memory(task.memory)  # in this thread, for one can't be begun in too little
    answer(task, stop, speaker)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
