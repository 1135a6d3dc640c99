"""The real service from one command, with all its processes, to be stopped and killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from api.storage.engine import open_database
from tests.api.jobs.fleet import PATIENCE, wait_for

if TYPE_CHECKING:
    from typing import Self

    import sqlalchemy as sa

ROOT = Path(__file__).parents[3]


def environment(**settings: str) -> dict[str, str]:
    """Return the variables of a command, without settings of whoever runs the tests."""
    found = {name: value for name, value in os.environ.items() if not name.startswith("MATCHER_")}
    return {**found, "PYTHONPATH": str(ROOT), "COLUMNS": "400", **settings}


def matcher(*arguments: object, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [sys.executable, "-P", "-m", "api.cli", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=PATIENCE, env=environment(**settings), check=False
    )


class Serving:
    """``matcher serve`` on a data folder, in its own life or its next one; its runs are small, on one core."""

    def __init__(self, folder: Path, *options: str, **settings: str) -> None:
        self.data = folder / "data"
        self.log = folder / "log"
        self.said = folder / "said"
        self.url = ""
        self.database_url = settings.get("MATCHER_DATABASE", f"sqlite:///{self.data / 'matcher.sqlite3'}")
        self._options = options
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The supervisor."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> Self:
        """Start it, and wait until it is ready."""
        given = ["--data", str(self.data), "--port", "0", "--cores", "1", *self._options]
        self.said.write_bytes(b"")
        with self.said.open("ab") as said, self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "api.cli", "serve", *given],
                stdout=said, stderr=log, env=environment(**self._settings),
            )  # fmt: skip
        if "worker" not in self._options:
            self.url = wait_for(self._address, "an address")
            wait_for(self.is_ready, "the service to be ready")
        return self

    def is_ready(self) -> bool:
        """Return whether it answers, and says that it is ready."""
        try:
            return httpx.get(f"{self.url}/readyz", timeout=30).status_code == 200
        except httpx.HTTPError:
            return False

    def part(self, module: str) -> int:
        """Return the process of a part by its module, once it runs."""
        return int(wait_for(lambda: self.parts().get(module), module))

    def descendants(self) -> list[int]:
        """Return all its processes but the supervisor."""
        found = [self.pid]
        for pid in found:
            found += children(pid)
        return found[1:]

    def signal(self, number: signal.Signals) -> int:
        """Send the supervisor a signal, wait for its end, and return its exit status."""
        assert self._process is not None
        self._process.send_signal(number)
        return self._process.wait(PATIENCE)

    def stop(self) -> None:
        """End it by force, if it is not over."""
        if self._process is not None and self._process.poll() is None:
            self.signal(signal.SIGKILL)

    def database(self) -> sa.Engine:
        """Open its database beside it."""
        return open_database(self.database_url, migrate=False)

    def events(self, event: str) -> list[dict[str, Any]]:
        """Return the lines of its log about an event."""
        lines = [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]
        return [line for line in lines if line["event"] == event]

    def _address(self) -> str:
        assert self._process is not None
        assert self._process.poll() is None, self.log.read_text(encoding="utf-8")
        lines = self.said.read_text(encoding="utf-8").splitlines()
        return next((line for line in lines if line.startswith("http://")), "")

    def parts(self) -> dict[str, int]:
        """Return the process of each part that runs, by its module."""
        return {_module(pid): pid for pid in children(self.pid)}


def are_gone(pids: list[int]) -> bool:
    """Return whether none of the processes is left; one that nobody has waited for yet is gone."""
    return not any(_is_alive(pid) for pid in pids)


def _is_alive(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


def children(pid: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in found.stdout.split()]


def _module(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    except OSError:
        return ""
    return words[words.index("-m") + 1] if "-m" in words else ""
