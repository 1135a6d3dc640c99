"""A soak: rounds of work under harm, each looked at when its runs have ended, and all of it once more at the end."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from api.storage.engine import open_database
from tests.soak import checks, endings
from tests.soak.deployments import Apart, OneMachine, api_of, start, strays
from tests.soak.harms import Killer
from tests.soak.ledger import Ledger
from tests.soak.pauses import LONGEST, pauses_of
from tests.soak.people import Person, made_person
from tests.soak.violations import Record
from tests.soak.watching import Watcher
from tests.soak.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import sqlalchemy as sa

    from tests.soak.deployments import Deployment
    from tests.soak.harms import Harm
    from tests.soak.pauses import Pause

DEPLOYMENTS: Final[Mapping[str, Callable[[Path], Deployment]]] = {"sqlite": OneMachine, "postgresql": Apart}
#: Seconds for processes that have just begun, or are about to end, before they count as left over.
_SETTLED: Final = 2.0


@dataclass
class Outcome:
    """What a soak came to.

    Attributes
    ----------
    rounds
        How many rounds were done.
    harms, pauses
        What was done, and how long runs stood still after it.
    acknowledged
        How many writes were acknowledged, by kind.
    runs
        How many runs came to each state.
    continued
        How many runs were gone on with by another owner or another child.
    lost_leases
        How often a worker that woke found that a run was no longer its own.
    again
        How often a client got no answer, or was asked to come again.
    """

    rounds: int = 0
    seconds: float = 0.0
    harms: list[Harm] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    acknowledged: dict[str, int] = field(default_factory=dict)
    runs: dict[str, int] = field(default_factory=dict)
    continued: int = 0
    lost_leases: int = 0
    again: int = 0
    record: Record = field(default_factory=Record)


class Campaign:
    """A soak on one database.

    Parameters
    ----------
    kind
        ``sqlite`` or ``postgresql``.
    folder
        An empty folder for all that it makes.
    seed
        One seed, one sequence of work and harm; what comes of it depends on the machine, too.
    say
        Told of each round.
    """

    def __init__(self, kind: str, folder: Path, seed: int, say: Callable[[str], None]) -> None:
        self._kind = kind
        self._folder = folder
        self._seed = seed
        self._say = say
        self.outcome = Outcome()
        self._record = self.outcome.record
        self._anchors: dict[int, str] = {}
        self._is_to_end = False

    def end(self) -> None:
        """Ask it to end after the round that is under way; signals may call it."""
        self._is_to_end = True

    def run(self, rounds: int) -> Outcome:
        """Do so many rounds, then end everything and look at it as a whole."""
        began = time.monotonic()
        deployment = DEPLOYMENTS[self._kind](self._folder)
        try:
            start(deployment)
            database = open_database(deployment.database_url, migrate=False)
            try:
                self._rounds(deployment, database, rounds)
            finally:
                database.dispose()
            endings.check_end(deployment, self._record)
            self.outcome.lost_leases = endings.check_logs(deployment, self._record)
        finally:
            for serving in deployment.servings:
                serving.stop()
            if deployment.server is not None:
                deployment.server.remove()
            self.outcome.seconds = time.monotonic() - began
        return self.outcome

    def _rounds(self, deployment: Deployment, database: sa.Engine, rounds: int) -> None:
        api = api_of(deployment)

        def address() -> str:
            return api.url

        key = (api.data.parent / "administrator.key").read_text().strip()
        administrator = Person(address, key, "administrator", self._record)
        planner, approver = (
            made_person(administrator, address, f"soak-{role}", role, self._record)
            for role in ("planner", "approver")
        )
        ledger = Ledger(self._folder / "ledger.jsonl")
        work = Work(planner, approver, ledger, self._seed, self._record)
        work.prepare()
        killer = Killer(deployment, database, self._seed, self._record)
        reader = checks.Reader(planner, self._record)
        for number in range(1, rounds + 1):
            self._record.round = ledger.round = number
            with Watcher(database) as watcher:
                self._round(work, killer)
            self._look(deployment, database, ledger, reader)
            self._time(ledger, watcher, [harm for harm in killer.done if harm.round == number])
            self.outcome.rounds = number
            if self._is_to_end:
                break
        self._record.round = 0
        self._finally(deployment, database, ledger, reader)
        for person in (administrator, planner, approver):
            self.outcome.again += person.again
            person.close()
        ledger.close()

    def _round(self, work: Work, killer: Killer) -> None:
        """Let people work while harm is done."""

        def do() -> None:
            try:
                work.do()
            except Exception as error:  # whatever stops them is a violation, and the next round is begun
                self._record.add("people can do their work", f"{type(error).__name__}: {error}")
                work.clear()

        people = threading.Thread(target=do)
        people.start()
        try:
            self.outcome.harms += killer.harm()
        finally:
            people.join()

    def _look(
        self, deployment: Deployment, database: sa.Engine, ledger: Ledger, reader: checks.Reader
    ) -> None:
        """Look at what a round has left."""
        number = self._record.round
        runs = [entry.id for entry in ledger.of("run", round_=number)]
        reader.read(ledger.of("round", "revision", "run", "stop", "cancel", "plan", round_=number))
        checks.check_runs(database, runs, self._record)
        checks.check_once(database, ledger, self._record)
        checks.check_trail(database, self._anchors, self._record)
        self._no_strays(deployment)

    def _time(self, ledger: Ledger, watcher: Watcher, harms: list[Harm]) -> None:
        """See how long the runs of a round stood still."""
        number = self._record.round
        for entry in ledger.of("run", round_=number):
            events = watcher.events(entry.id)
            self.outcome.continued += any(event.type in ("taken_over", "child_died") for event in events)
            state = events[-1].type
            self.outcome.runs[state] = self.outcome.runs.get(state, 0) + 1
            for pause in pauses_of(entry.id, events, harms):
                self.outcome.pauses.append(pause)
                is_short = pause.lasted <= LONGEST
                self._record.unless(is_short, "no run stands still for longer than 10 s", pause)
        done = ", ".join(harm.kind for harm in harms)
        self._say(f"round {number}: {done}; {len(self._record.found)} violation(s) so far")

    def _no_strays(self, deployment: Deployment) -> None:
        left = strays(deployment)
        if left:
            time.sleep(_SETTLED)
            left &= strays(deployment)
        self._record.unless(not left, "no process is left over", left)

    def _finally(
        self, deployment: Deployment, database: sa.Engine, ledger: Ledger, reader: checks.Reader
    ) -> None:
        """Look at everything once more."""
        reader.read(ledger.entries)
        reader.publications(ledger)
        checks.check_runs(database, [entry.id for entry in ledger.of("run")], self._record)
        checks.check_once(database, ledger, self._record)
        checks.check_trail(database, self._anchors, self._record)
        checks.check_documents(database, self._record)
        endings.check_trail_by_command(deployment, self._folder, self._anchors, self._record)
        endings.check_backup(deployment, self._folder, self._record)
        for entry in ledger.entries:
            self.outcome.acknowledged[entry.kind] = self.outcome.acknowledged.get(entry.kind, 0) + 1
