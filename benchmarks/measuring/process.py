"""One measured process: started in a session of its own, watched, and ended with all its children."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from benchmarks.measuring.memory import members, memory_of
from benchmarks.places import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

#: The least time between two looks at a process, and how many times as long as a look takes.
LOOK, PATIENCE = 0.1, 20
#: What a run may take beyond its time, to end and to write its plan: seconds, and a share of its time.
GRACE, GRACE_SHARE = 10.0, 0.1
#: How long a process that was told to end may take to vanish.
VANISHING = 10.0

Cut = Literal["", "overran", "out of memory"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use.

    Attributes
    ----------
    seconds
        From the start of the process to its end.
    memory
        Bytes, all processes together.
    cores
        The processor cores.
    """

    seconds: float
    memory: int
    cores: tuple[int, ...]

    @property
    def patience(self) -> float:
        """The seconds after which the process is ended by force."""
        return self.seconds + GRACE + GRACE_SHARE * self.seconds


@dataclass(frozen=True, slots=True)
class Watched:
    """What was seen of a process.

    Attributes
    ----------
    seconds
        How long it ran.
    peak
        The most memory that its processes had together, in bytes.
    cut
        Why it was ended by force; empty where it ended by itself.
    status
        Its exit status.
    """

    seconds: float
    peak: int
    cut: Cut
    status: int


def watch(command: Sequence[str], folder: Path, limits: Limits, began: float | None = None) -> Watched:
    """Run a command to its end, or end it where it breaks a limit; its output goes to ``folder``.

    Parameters
    ----------
    began
        When it is taken to have begun, on the monotonic clock; now where not given.
    """
    start = time.monotonic() if began is None else began
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
        peak, cut = 0, ""
        try:
            while process.poll() is None and not cut:
                looked = time.monotonic()
                peak = max(peak, memory_of(process.pid))
                cut = _broken(peak, looked - start, limits)
                _wait(process, max(LOOK, PATIENCE * (time.monotonic() - looked)))
            seconds = time.monotonic() - start
        finally:
            end_session(process)
    return Watched(seconds, peak, cut, process.returncode)  # type: ignore[arg-type]


def measure(request: dict[str, object], folder: Path, limits: Limits) -> Watched:
    """Run the worker on a request in ``folder``."""
    began = time.monotonic()
    whole = {**request, "seconds": limits.seconds, "cores": list(limits.cores), "began": began}
    (folder / "request.json").write_text(json.dumps(whole), "utf-8")
    command = [sys.executable, "-m", "benchmarks.measuring.worker", str(folder)]
    return watch(command, folder, limits, began)


def end_session(process: subprocess.Popen[bytes]) -> None:
    """End a process and everything that it started, and wait until they are gone."""
    until = time.monotonic() + VANISHING
    while (left := members(process.pid)) and time.monotonic() < until:
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        process.poll()
        time.sleep(LOOK / 10)
    process.wait()


def cores(count: int) -> tuple[int, ...]:
    """Return the first processor cores that this process may use.

    Raises
    ------
    ValueError
        When there are not so many.
    """
    there = sorted(os.sched_getaffinity(0))
    if count > len(there):
        raise ValueError(f"{count} cores: this machine has {len(there)}")
    return tuple(there[:count])


def _broken(peak: int, seconds: float, limits: Limits) -> Cut:
    if peak > limits.memory:
        return "out of memory"
    return "overran" if seconds > limits.patience else ""


def _wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return
