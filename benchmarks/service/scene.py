"""What the readers find: a round with a run that has ended and its plans, and a run that goes on, always another one."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Final

from api.jobs.states import ENDED
from benchmarks.service.people import API, Person
from matcher.synth import county_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.service.running import Running

#: What readers ask for, and how often of a hundred times.
SHARES: Final = {"run": 35, "runs": 15, "plans": 15, "plan": 10, "round": 10, "result": 5, "me": 10}
#: A plan within this share of the best will do.
GAP: Final = 0.02
#: Seconds from one look at the run that goes on to the next.
_LOOK = 2.0


class Scene:
    """A round, read by many and worked on by one.

    Parameters
    ----------
    service
        The service, empty as yet.
    villages
        Those of the round that is read.
    worked_on, settings
        The round that is worked on meanwhile, and how: run after run of it.

    Attributes
    ----------
    runs
        The runs that were begun so far, the one that goes on last.
    """

    def __init__(
        self, service: Running, villages: int, worked_on: Mapping[str, Any], settings: Mapping[str, Any]
    ) -> None:
        self.runs: list[str] = []
        self._administrator = Person(service.url, service.administrator)
        self._planner = Person(service.url, self._administrator.make(0, "planner"))
        self._settings = settings
        self._read = str(self._planner.post("/rounds", county_of(villages, seed=1))["id"])
        self._worked_on = str(self._planner.post("/rounds", worked_on)["id"])
        done = self._planner.start(self._read, {"effort": "quick", "gap": GAP})
        if self._planner.ended(done)["state"] != "done":
            raise RuntimeError("the round that is to be read has no plan")
        self._done = done
        self._plan = str(self._planner.get(f"/runs/{done}/plans")["items"][0]["id"])
        self.runs.append(self._start())

    def readers(self, count: int) -> list[str]:
        """Make readers, and return their keys."""
        return [self._administrator.make(number, "viewer") for number in range(1, count + 1)]

    def path(self, kind: str) -> str:
        """Return what a kind of read asks for now."""
        paths = {
            "run": f"/runs/{self.runs[-1]}",
            "runs": "/runs?limit=20",
            "plans": f"/rounds/{self._read}/plans",
            "plan": f"/plans/{self._plan}",
            "round": f"/rounds/{self._read}",
            "result": f"/runs/{self._done}/result",
            "me": "/me",
        }
        return API + paths[kind]

    def events(self) -> str:
        """Return where the events of the run that goes on are."""
        return f"{API}/runs/{self.runs[-1]}/events"

    async def work_on(self, end: float) -> None:
        """Begin another run whenever one has ended; the last is cancelled at the end."""
        while time.monotonic() < end:
            await asyncio.sleep(min(_LOOK, max(0.0, end - time.monotonic())))
            shown = await asyncio.to_thread(self._planner.get, f"/runs/{self.runs[-1]}")
            if shown["state"] in ENDED:
                self.runs.append(await asyncio.to_thread(self._start))
        await asyncio.to_thread(self._planner.post, f"/runs/{self.runs[-1]}/cancel", {})

    def _start(self) -> str:
        return self._planner.start(self._worked_on, self._settings)
