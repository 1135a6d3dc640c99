"""Real workers as processes of their own, to be stopped and killed; a soak uses them, too."""

from __future__ import annotations

import json
import os
import signal  # noqa: TC003 - pytest may look
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

ROOT = Path(__file__).parents[3]
#: Seconds after which a test that waits has failed; nothing here takes so long, even on a busy machine.
PATIENCE = 120.0


class WorkerProcess:
    """One worker, ``python -m api.jobs.worker``, in its own life or its next one."""

    def __init__(
        self,
        url: str,
        data: Path,
        name: str,
        *options: str,
        cores: int = 1,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.log = data / f"{name}.log"
        self._command = [sys.executable, "-P", "-m", "api.jobs.worker", "--data", str(data), "--name", name]
        self._command += ["--cores", str(cores), *options]
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "MATCHER_DATABASE": url,
            **(variables or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> Self:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(self._command, stderr=log, env=self._environment)
        return self

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        """Kill it, and wait until it is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE)

    def wait(self) -> int:
        """Wait for its end, and return its exit status."""
        assert self._process is not None
        return self._process.wait(PATIENCE)

    def children(self) -> list[int]:
        """Return the processes that solve for it."""
        found = subprocess.run(["pgrep", "-P", str(self.pid)], capture_output=True, text=True, check=False)
        return [int(line) for line in found.stdout.split()]

    def log_lines(self) -> list[dict[str, Any]]:
        """Return what it has logged in all its lives."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]


class Fleet:
    """Workers that are gone at the end of the block, with their children."""

    def __init__(self, url: str, data: Path) -> None:
        self.url = url
        self.data = data
        self.workers: list[WorkerProcess] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers:
            worker.kill()

    def start(
        self, name: str = "w-1", *options: str, cores: int = 1, variables: Mapping[str, str] | None = None
    ) -> WorkerProcess:
        """Start another worker, with some variables of its own."""
        worker = WorkerProcess(self.url, self.data, name, *options, cores=cores, variables=variables)
        self.workers.append(worker)
        return worker.start()


def wait_for(condition: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """Wait until a condition holds, and return what it gave."""
    end = time.monotonic() + patience
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.1)
