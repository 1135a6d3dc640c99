"""What processes take: processor seconds and memory, as the kernel counts them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")
#: Where these stand in ``/proc/PID/stat``, counted behind the name in brackets.
_PARENT, _USER, _SYSTEM = 1, 11, 12
_MIB = 2**20


def children(parent: int) -> list[int]:
    """Return the processes that a process has begun."""
    everybody = [int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit()]
    return [pid for pid in everybody if (fields := _fields(pid)) and int(fields[_PARENT]) == parent]


def module_of(pid: int) -> str:
    """Return the module that a Python process runs; blank where it runs none, or is gone."""
    try:
        words = (_PROC / str(pid) / "cmdline").read_text("utf-8", "replace").split("\0")
    except OSError:
        return ""
    return words[words.index("-m") + 1] if "-m" in words else ""


def seconds_of(pid: int) -> float:
    """Return the processor seconds that a process has taken, without those it has begun."""
    fields = _fields(pid)
    return (int(fields[_USER]) + int(fields[_SYSTEM])) / _TICKS if fields else 0.0


def memory_of(parts: Mapping[str, int]) -> dict[str, float]:
    """Return the resident MiB of each process by its name; what others use as well is counted, so others change nothing."""
    return {name: _resident(pid) / _MIB for name, pid in parts.items()}


def _resident(pid: int) -> int:
    try:
        return int((_PROC / str(pid) / "statm").read_text("ascii").split()[1]) * _PAGE
    except OSError:
        return 0


def _fields(pid: int) -> list[str]:
    try:
        return (_PROC / str(pid) / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return []
