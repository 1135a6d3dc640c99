"""The real service as a process of its own: ``matcher serve`` on an empty folder, on SQLite or on PostgreSQL."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

import httpx

from benchmarks.places import ROOT
from benchmarks.service.processes import children, module_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Database = Literal["sqlite", "postgresql"]

#: The processes beside the supervisor, by their modules.
API, WORKER = "api.serve", "api.jobs.worker"
#: Seconds that it may take to begin, and to end.
_PATIENCE = 600.0


class Running:
    """A service; its data are gone with its folder.

    Parameters
    ----------
    folder
        Where its data, its log and the administrator's key go.
    cores
        How many cores its runs may take together.
    address
        The database's; SQLite in ``folder`` where blank.

    Attributes
    ----------
    url
        Where it listens.
    """

    def __init__(self, folder: Path, cores: int, address: str = "") -> None:
        self.url = ""
        self._key = folder / "administrator.key"
        self._log = folder / "log"
        self._said = folder / "said"
        arguments = ["--data", str(folder / "data"), "--port", "0", "--cores", str(cores)]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MATCHER_")}
        settings = {"MATCHER_DATABASE": address} if address else {}
        with self._said.open("wb") as said, self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "api.cli", "serve", *arguments, "--admin-key-file", str(self._key)],
                stdout=said, stderr=log, env={**kept, "PYTHONPATH": str(ROOT), **settings},
            )  # fmt: skip

    @property
    def administrator(self) -> str:
        """The administrator's key."""
        return self._key.read_text("utf-8").strip()

    def parts(self) -> dict[str, int]:
        """Return its processes by what they are: ``supervisor``, ``api``, ``worker``."""
        found = {module_of(pid): pid for pid in children(self._process.pid)}
        return {"supervisor": self._process.pid, "api": found[API], "worker": found[WORKER]}

    def wait(self) -> None:
        """Wait until it answers and both its processes run.

        Raises
        ------
        RuntimeError
            With its log, where it ended or took too long.
        """
        end = time.monotonic() + _PATIENCE
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(self._log.read_text("utf-8"))
            time.sleep(0.1)

    def stop(self) -> None:
        """End it, by force where it does not end by itself."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _is_ready(self) -> bool:
        lines = self._said.read_text("utf-8").splitlines()
        self.url = next((line for line in lines if line.startswith("http://")), "")
        try:
            is_answering = bool(self.url) and httpx.get(f"{self.url}/readyz", timeout=10).is_success
        except httpx.HTTPError:
            return False
        return is_answering and {API, WORKER} <= {module_of(pid) for pid in children(self._process.pid)}


@contextmanager
def running(database: Database, cores: int) -> Iterator[Running]:
    """Give a service on an empty database, ready to answer; all of it is gone afterwards."""
    with TemporaryDirectory(prefix="matcher-load-") as folder, _address(database) as address:
        service = Running(Path(folder), cores, address)
        try:
            service.wait()
            yield service
        finally:
            service.stop()


@contextmanager
def _address(database: Database) -> Iterator[str]:
    """Give the address of an empty database, PostgreSQL's on a server of its own; blank for SQLite."""
    if database == "sqlite":
        yield ""
        return
    from tests.api.postgres import PostgresServer  # noqa: PLC0415 - only where one is asked for

    server = PostgresServer()
    try:
        server.start()
        yield server.create_database("matcher")
    finally:
        server.remove()
