"""A worker: it beats, claims runs, has them solved by children, and writes down what they say. One thread does it all."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog

from api.config import BadSettings, settings_of
from api.jobs import lease, peers
from api.jobs.hand import Hand
from api.jobs.lease import Claimant, DatabaseAway
from api.jobs.own_name import own_name
from api.jobs.peers import Peers
from api.jobs.queue import Limits, Reservation
from api.jobs.refusals import JobsRefused
from api.storage.engine import open_database
from api.storage.refusals import StorageRefused
from api.storage.session import writing
from api.watch import logging, traces

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlalchemy as sa

_log = structlog.get_logger()

#: Seconds from one look at the children, and at the database, to the next.
TICK: Final = 0.25
LOOK: Final = 0.5
#: Seconds that a drain waits for a newer checkpoint of each run, and after that for the database.
DRAIN: Final = 10.0
LAST_TRIES: Final = 5.0


def _memory_of_machine() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


@dataclass(frozen=True)
class Means:
    """What a worker may use.

    Attributes
    ----------
    cores
        How many cores its runs may take together.
    limits
        What may be at work in the whole service.
    memory
        Bytes of address space for a child; as many as the machine has memory where not given.
    """

    cores: int
    limits: Limits = field(default_factory=Limits)
    memory: int = field(default_factory=_memory_of_machine)


class Worker:
    """The loop of a worker; its name must be its own (:func:`api.jobs.own_name.own_name`).

    Parameters
    ----------
    database, name, means
        Where the runs are, who works on them, and with what.
    """

    def __init__(self, database: sa.Engine, name: str, means: Means) -> None:
        self._database = database
        self._name = name
        self._means = means
        self._peers = Peers(name)
        self._reservation = Reservation()
        self._hands: list[Hand] = []
        self._is_entered = False
        self._is_away = False
        self._is_draining = False
        self._looked = -LOOK
        self._wake = threading.Event()
        self._log = _log.bind(worker=name)

    def drain(self) -> None:
        """Ask it to begin nothing more, to give back what it has, and to end."""
        self._is_draining = True

    def run(self) -> None:
        """Work until it is drained."""
        self._log.info("begun", cores=self._means.cores)
        while not self._is_draining:
            self._tick()
            self._wake.wait(TICK)
            self._wake.clear()
        self._give_back()
        self._log.info("ended")

    def _tick(self) -> None:
        """Do all that is to do now; what a database that is away leaves undone is done by a later one."""
        try:
            with lease.within_reach():
                if time.monotonic() - self._looked >= LOOK:
                    self._look()
                for hand in self._hands:
                    hand.step()
                before = len(self._hands)
                self._hands = [hand for hand in self._hands if not hand.is_over]
                if len(self._hands) < before:
                    # What waits is not to wait for the next look, too.
                    self._fill({})
        except DatabaseAway as away:
            if not self._is_away:
                self._log.warning("database_away", message=str(away))
            self._is_away = True

    def _look(self) -> None:
        """Beat; see what is asked of the runs in hand, and which workers are gone; claim what there is to do."""
        with writing(self._database) as connection:
            if not self._is_entered or not peers.beat(connection, self._name):
                peers.enter(connection, self._name, socket.gethostname(), self._means.cores)
            beats = peers.beats(connection)
            wishes = lease.wishes(connection, [hand.lease for hand in self._hands])
        self._is_entered = True
        if self._is_away:
            self._log.info("database_back")
            self._is_away = False
        gone = self._peers.look(beats)
        self._looked = time.monotonic()
        for hand in self._hands:
            if hand.lease in wishes:
                hand.heed(wishes[hand.lease])
            else:
                hand.let_go()
        self._fill(gone)

    def _fill(self, gone: dict[str, int]) -> None:
        """Claim and begin what there is room for."""
        while not self._is_draining and self._claim(gone):
            self._hands[-1].step()

    def _claim(self, gone: dict[str, int]) -> bool:
        """Claim a run, if there is one; return whether there was."""
        free = self._means.cores - sum(hand.cores for hand in self._hands)
        in_hand = [hand.lease.run for hand in self._hands]
        claimant = Claimant(self._name, self._means.cores, free, in_hand)
        claimed = lease.claim(self._database, claimant, gone, self._means.limits, self._reservation)
        if claimed is None:
            return False
        self._log.info("claimed", run=claimed.lease.run, epoch=claimed.lease.epoch, was=claimed.row["state"])
        hand = Hand(self._database, claimed, self._means.memory, self._wake.set)
        self._hands.append(hand)
        hand.heed(claimed.row["asked"])
        return True

    def _give_back(self) -> None:
        """Give each run back as soon as it has a checkpoint that is newer than the drain, or the time is up."""
        self._log.info("draining", runs=len(self._hands))
        began = time.monotonic()
        saves = {hand.lease: hand.saves for hand in self._hands}
        while self._hands and time.monotonic() - began < DRAIN + LAST_TRIES:
            self._tick()
            is_late = time.monotonic() - began >= DRAIN
            try:
                with lease.within_reach():
                    for hand in self._hands:
                        if is_late or hand.saves > saves[hand.lease]:
                            hand.release()
            except DatabaseAway:
                pass  # another try, or another worker takes it over
            time.sleep(TICK)
        for hand in self._hands:
            hand.kill()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one worker until SIGTERM or SIGINT; return 2 where it can't begin."""
    options = _parser().parse_args(arguments)
    logging.set_up("info")
    try:
        if not options.database:
            raise JobsRefused("worker_no_database")
        traces.set_up(settings_of(data=options.data).traces_endpoint, "worker")
        with own_name(options.data, options.name):
            database = open_database(options.database, migrate=False)
            means = Means(options.cores, Limits(options.per_user, options.total), options.memory << 20)
            worker = Worker(database, options.name, means)
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: worker.drain())
            worker.run()
            database.dispose()
            traces.close()
    except (JobsRefused, StorageRefused) as refused:
        _log.error("refused", code=refused.code, zh=refused.sentence("zh"), en=str(refused))
        return 2
    except BadSettings as error:
        _log.error("refused", code="settings_bad", lines=error.lines)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    limits = Limits()
    parser = argparse.ArgumentParser(prog="python -m api.jobs.worker", description="Runs one worker.")
    parser.add_argument(
        "--database",
        default=os.environ.get("MATCHER_DATABASE"),
        help="its address; better in MATCHER_DATABASE, where no other user sees a password",
    )
    parser.add_argument("--data", type=Path, required=True, help="the service's folder of data")
    parser.add_argument(
        "--name", default=socket.gethostname(), help="the worker's name, its own in the service"
    )
    parser.add_argument("--cores", type=int, default=os.cpu_count(), help="cores that its runs may take")
    parser.add_argument(
        "--per-user",
        type=int,
        default=limits.per_user,
        help="cores at work, from which on a user's further runs wait",
    )
    parser.add_argument(
        "--total", type=int, default=limits.total, help="cores at work, from which on all further runs wait"
    )
    parser.add_argument(
        "--memory", type=int, default=_memory_of_machine() >> 20, help="MiB of address space for a solve"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
