"""The processes that work on counties: as many as there are cores, each replaced when it dies."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matcher.problems import MatcherError
from matcher.solving.counties.county import Stopped
from matcher.solving.counties.office import Office
from matcher.solving.counties.requests import OUT_OF_MEMORY, STOP, Failure
from matcher.solving.stopping import Aborted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import IO, Self

    from matcher.model.instance import Instance
    from matcher.solving.counties.requests import Answer, Begin, Work
    from matcher.solving.stopping import Stop

#: How often a request is tried again in a fresh process after the one that had it died.
AGAIN = 1
#: Seconds between two looks at whether to stop.
LOOK = 0.1
#: Seconds that a process has to answer once it was asked to stop; then it is ended.
PATIENCE = 20.0
#: The answer to a request that a stop left no time for.
NOT_BEGUN = Failure("Stopped", "it was stopped")


class CountyFailed(MatcherError):
    """A county could not be worked on: its process died twice, or said why.

    Attributes
    ----------
    county
        The county's name.
    failure
        What went wrong.
    """

    def __init__(self, county: str, failure: Failure) -> None:
        self.county = county
        self.failure = failure
        super().__init__(f"{county}: {failure.kind}: {failure.text}")


@dataclass
class _Worker:
    process: subprocess.Popen[bytes]
    connection: Connection
    #: Which request it works on; None when it waits for one.
    busy: int | None = None
    #: The counties that it has worked on, and likely has at hand.
    counties: set[int] = field(default_factory=set)


class Inline:
    """In place of processes: everything is done in this one, for a single core.

    Parameters
    ----------
    instance
        The round.
    """

    def __init__(self, instance: Instance) -> None:
        self._office = Office(instance)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def ask(self, requests: Sequence[Work], stop: Stop) -> list[Answer | Failure]:
        """Return the answer to every request, in their order: ``NOT_BEGUN`` where a stop left no time for it."""
        answers: list[Answer | Failure] = [NOT_BEGUN for _ in requests]
        for number, request in enumerate(requests):
            if stop.now:
                break
            try:
                answers[number] = self._office.answer(request, stop)
            except Stopped:
                break
            except Aborted:
                raise
            except MemoryError:
                answers[number] = OUT_OF_MEMORY
            except Exception as error:
                answers[number] = Failure(type(error).__name__, str(error))
        return answers


class Crew:
    """Processes for the counties of one round.

    Parameters
    ----------
    begin
        The round.
    counties
        How many counties there are: each has a file without a name, gone when the last process is.
    workers
        How many processes.
    """

    def __init__(self, begin: Begin, counties: int, workers: int) -> None:
        self.begin = begin
        self._files: list[IO[bytes]] = [tempfile.TemporaryFile() for _ in range(counties)]  # noqa: SIM115
        self._workers: list[_Worker] = []
        self._wanted = max(1, min(workers, counties))
        self.deaths = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        for worker in list(self._workers):
            self._end(worker)
        for file in self._files:
            file.close()

    @property
    def processes(self) -> list[int]:
        """The ids of the processes."""
        return [worker.process.pid for worker in self._workers]

    def ask(self, requests: Sequence[Work], stop: Stop) -> list[Answer | Failure]:
        """Return the answer to every request, in their order, whichever process gave it.

        The first are begun first, so put the longest in front. A request whose process dies is tried once more in a
        fresh one. When it is to stop, the processes are asked to answer soon, and the answer to what was not begun is
        ``NOT_BEGUN``.
        """
        answers: list[Answer | Failure] = [NOT_BEGUN for _ in requests]
        waiting = list(range(len(requests)))
        tries = dict.fromkeys(waiting, 0)
        asked_to_stop: float | None = None
        while waiting or any(worker.busy is not None for worker in self._workers):
            if asked_to_stop is None and stop.now:
                asked_to_stop = time.monotonic()
                waiting.clear()
                tries = dict.fromkeys(tries, AGAIN + 1)  # whoever dies now is not replaced
                self._stop_all()
            while waiting and (worker := self._idle()) is not None:
                number = self._next(worker, waiting, requests)
                waiting.remove(number)
                worker.busy = number
                worker.counties.update(requests[number].counties)
                tries[number] += 1
                if not self._send(worker, requests[number]):
                    self._gone(worker, waiting, tries, answers)
            self._gather(waiting, tries, answers)
            if asked_to_stop is not None and time.monotonic() - asked_to_stop > PATIENCE:
                for late in [worker for worker in self._workers if worker.busy is not None]:
                    self._end(late)
        return answers

    def _gather(self, waiting: list[int], tries: dict[int, int], answers: list[Answer | Failure]) -> None:
        """Take the answers that are there."""
        busy = {worker.connection: worker for worker in self._workers if worker.busy is not None}
        for connection in wait(list(busy), LOOK):
            worker = busy[connection]  # type: ignore[index]
            try:
                answer = worker.connection.recv()
            except (EOFError, OSError):
                self._gone(worker, waiting, tries, answers)
                continue
            if worker.busy is not None:
                answers[worker.busy] = answer
            worker.busy = None

    def _gone(
        self,
        worker: _Worker,
        waiting: list[int],
        tries: dict[int, int],
        answers: list[Answer | Failure],
    ) -> None:
        """Try the request of a process that died again, or let it have failed."""
        number = worker.busy
        self._end(worker)
        self.deaths += 1
        if number is None:
            return
        status = worker.process.returncode
        answers[number] = Failure("Died", f"the process that worked on it died (status {status})")
        if tries[number] <= AGAIN:
            waiting.insert(0, number)

    def _idle(self) -> _Worker | None:
        """Return a process that has nothing to do, a new one where one is missing."""
        for worker in self._workers:
            if worker.busy is None:
                return worker
        if len(self._workers) < self._wanted:
            return self._start()
        return None

    def _next(self, worker: _Worker, waiting: Sequence[int], requests: Sequence[Work]) -> int:
        """Return the request to begin next: about a county at hand, or else one that nobody has at hand."""
        elsewhere = set().union(*(other.counties for other in self._workers)) - worker.counties

        def order(number: int) -> tuple[int, int]:
            counties = set(requests[number].counties)
            return len(counties - worker.counties), len(counties & elsewhere)

        return min(waiting, key=order)

    def _start(self) -> _Worker:
        ours, theirs = Pipe()
        files = [file.fileno() for file in self._files]
        root = str(Path(__file__).parents[3])
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        process = subprocess.Popen(
            [
                sys.executable,
                "-P",
                "-m",
                "matcher.solving.counties.worker",
                *map(str, [theirs.fileno(), *files]),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[theirs.fileno(), *files],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        self._send(worker, self.begin)  # where it is gone already, that shows when it is asked something
        return worker

    def _send(self, worker: _Worker, request: Any) -> bool:
        """Send a request; return whether the process was there to take it."""
        try:
            worker.connection.send(request)
        except OSError:
            return False
        return True

    def _stop_all(self) -> None:
        for worker in self._workers:
            if worker.busy is not None:
                self._send(worker, STOP)

    def _end(self, worker: _Worker) -> None:
        worker.connection.close()
        worker.process.kill()
        worker.process.wait()
        worker.busy = None
        if worker in self._workers:
            self._workers.remove(worker)
