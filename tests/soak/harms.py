"""Harm done to a service at random moments, by a seed: kills without warning, and workers that are stopped and wake."""

from __future__ import annotations

import os
import random
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from api.jobs.hand import MOST_DEATHS
from api.jobs.repository import now
from tests.api.jobs.fleet import wait_for
from tests.api.jobs.rounds import most_deaths
from tests.api.operate.serving import are_gone
from tests.soak.deployments import api_of, processes, workers_of
from tests.soak.people import ready_within

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import sqlalchemy as sa

    from tests.api.operate.serving import Serving
    from tests.soak.deployments import Deployment
    from tests.soak.violations import Record

_API, _WORKER = "api.serve", "api.jobs.worker"
#: Seconds from the begin of a round to the first harm, and from one to the next, at most.
_LONGEST_WAIT: Final = 5.0
#: Seconds that a stopped worker sleeps: others wait for 4.
_ASLEEP: Final = 7.0
#: The same where there is no other.
_NAP: Final = (1.0, 3.0)
#: Seconds for processes to be gone that the kernel ends with their supervisor.
_GONE: Final = 3.0


@dataclass(frozen=True, slots=True)
class Harm:
    """What was done; times are those of the database, in milliseconds.

    Attributes
    ----------
    kind
        What was done.
    at, since
        When it was done, and from when the pause is counted: the death, the restart, the database's return.
    workers
        Whose runs it hit; none where it hit no run.
    mark
        The event by which a run shows that it was hit; none where every run that was under way was.
    answered
        Milliseconds from ``since`` until the api answered again; None where it was not away.
    """

    round: int
    kind: str
    at: int
    since: int
    workers: frozenset[str] = frozenset()
    mark: str = ""
    answered: int | None = None


class Killer:
    """Does harm; it belongs into the thread that lives longest, for the database's server ends with who started it.

    Parameters
    ----------
    deployment, database
        What it is done to; a run whose child has died twice without getting on is spared a third death of its child,
        for that fails it by rule.
    seed
        One seed, one sequence of harm and waits.
    record
        Where it is written down that processes outlive their supervisor, or that nothing answers any more.
    """

    def __init__(self, deployment: Deployment, database: sa.Engine, seed: int, record: Record) -> None:
        self._deployment = deployment
        self._database = database
        self._chance = random.Random(seed)
        self._record = record
        self._ways: Mapping[str, tuple[int, Callable[[], Harm | None]]] = {
            "api": (3, self._kill_api),
            "worker": (4, self._kill_worker),
            "child": (4, self._kill_child),
            "supervisor": (2, self._kill_supervisor),
            "whole service": (2, self._kill_service),
            "worker asleep": (2, self._pause_worker),
        }
        if deployment.server is not None:
            self._ways = {
                **self._ways,
                "machine": (2, self._lose_machine),
                "database": (4, self._kill_database),
            }
        self.done: list[Harm] = []

    def harm(self) -> list[Harm]:
        """Do harm once or twice, each after a while; return what was done."""
        before = len(self.done)
        kinds = list(self._ways)
        for _ in range(self._chance.choice((1, 1, 2))):
            time.sleep(self._chance.uniform(0.2, _LONGEST_WAIT))
            kind = self._chance.choices(kinds, [weight for weight, _ in self._ways.values()])[0]
            harm = self._ways[kind][1]()
            if harm is not None:
                self.done.append(harm)
        return self.done[before:]

    # -------------------------------------------------- one process

    def _kill_api(self) -> Harm:
        at = now()
        _kill(api_of(self._deployment).part(_API))
        return self._harm("api", at, now(), waits=True)

    def _kill_worker(self) -> Harm:
        serving = self._any_worker()
        at = now()
        _kill(serving.part(_WORKER))
        return self._harm("worker", at, now(), serving, mark="taken_over")

    def _kill_child(self) -> Harm | None:
        serving = self._any_worker()
        name = name_of(serving)
        children = [pid for pid in serving.descendants() if _module(pid) == "api.jobs.child"]
        if not children or most_deaths(self._database, name) >= MOST_DEATHS - 1:
            return None
        at = now()
        _kill(self._chance.choice(children))
        return self._harm("child", at, now(), serving, mark="child_died")

    def _pause_worker(self) -> Harm:
        serving = self._any_worker()
        is_alone = len(workers_of(self._deployment)) == 1
        pid = serving.part(_WORKER)
        at = now()
        os.kill(pid, signal.SIGSTOP)
        time.sleep(self._chance.uniform(*_NAP) if is_alone else _ASLEEP)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)
        if is_alone:  # nobody can take its runs over
            return self._harm("worker asleep", at, now(), serving)
        return self._harm("worker asleep", at, at, serving, mark="taken_over")

    # -------------------------------------------------- many

    def _kill_supervisor(self) -> Harm:
        serving = self._chance.choice(self._deployment.servings)
        at = self._kill_with_all(serving)
        since = now()
        serving.start()
        return self._harm(
            "supervisor", at, since, serving, mark="taken_over", waits=serving is api_of(self._deployment)
        )

    def _lose_machine(self) -> Harm:
        """Kill a worker with its supervisor, and start neither until others have its runs."""
        serving = self._any_worker()
        at = self._kill_with_all(serving)
        since = now()
        time.sleep(_ASLEEP)
        serving.start()
        return self._harm("machine", at, since, serving, mark="taken_over")

    def _kill_service(self) -> Harm:
        all_ = list(processes(self._deployment))
        self._chance.shuffle(all_)
        at = now()
        for pid in all_:
            _kill(pid, wait=False)
        for serving in self._deployment.servings:
            serving.signal(signal.SIGKILL)
        self._require_gone(all_)
        since = now()
        for serving in reversed(self._deployment.servings):  # the api last, for only that is waited for
            serving.start()
        all_of_them = self._deployment.servings
        return self._harm("whole service", at, since, *all_of_them, mark="taken_over", waits=True)

    def _kill_database(self) -> Harm:
        server = self._deployment.server
        assert server is not None
        at = now()
        server.crash()
        time.sleep(self._chance.uniform(0, 3))
        server.start()
        return self._harm("database", at, now(), *self._deployment.servings, waits=True)

    def _kill_with_all(self, serving: Serving) -> int:
        """Kill a supervisor, and wait until the kernel has ended its processes; return when it was killed."""
        all_ = serving.descendants()
        at = now()
        serving.signal(signal.SIGKILL)
        self._require_gone(all_)
        return at

    # -------------------------------------------------- what all have in common

    def _any_worker(self) -> Serving:
        return self._chance.choice(workers_of(self._deployment))

    def _require_gone(self, pids: list[int]) -> None:
        end = time.monotonic() + _GONE
        while not are_gone(pids) and time.monotonic() < end:
            time.sleep(0.02)
        left = [(pid, _module(pid)) for pid in pids if not are_gone([pid])]
        self._record.unless(not left, "no process outlives its supervisor", left)

    def _harm(
        self, kind: str, at: int, since: int, *servings: Serving, mark: str = "", waits: bool = False
    ) -> Harm:
        """Return what was done; wait until the api answers again where it was away."""
        answered = None
        if waits:
            address = api_of(self._deployment)
            is_ready = ready_within(lambda: address.url, 60)
            answered = now() - since
            self._record.unless(is_ready, "the api answers again", f"{kind}: not within {answered} ms")
        names = frozenset(name_of(one) for one in servings)
        return Harm(self._record.round, kind, at, since, names, mark, answered)


def name_of(serving: Serving) -> str:
    """Return what a serving's worker is called."""
    return serving.data.parent.name if serving.data.parent.name.startswith("w-") else os.uname().nodename


def _kill(pid: int, *, wait: bool = True) -> None:
    """Kill a process, and wait until it is gone."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    if wait:
        wait_for(lambda: are_gone([pid]), f"{pid} to be gone", 10)


def _module(pid: int) -> str:
    with suppress(OSError), open(f"/proc/{pid}/cmdline", "rb") as file:  # noqa: PTH123 - no path of ours
        words = file.read().decode(errors="replace").split("\0")
        return words[words.index("-m") + 1] if "-m" in words else ""
    return ""
