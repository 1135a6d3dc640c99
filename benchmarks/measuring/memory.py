"""The memory of all processes of a session together, from ``/proc``.

Counted is the *proportional set size*: a page that several processes share counts once in all.
"""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")
#: Where the session stands in ``/proc/PID/stat``, counted behind the name in brackets.
_SESSION = 3


def members(session: int) -> list[int]:
    """Return the processes of a session that are alive."""
    return [pid for pid in _pids() if _session(pid) == session]


def memory_of(session: int) -> int:
    """Return the bytes of memory of a session's processes."""
    return sum(_bytes(pid) for pid in members(session))


def _pids() -> list[int]:
    return [int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit()]


def _session(pid: int) -> int | None:
    """Return the session of a process; None where it is gone or a zombie."""
    try:
        fields = (_PROC / str(pid) / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in "ZX" else int(fields[_SESSION])


def _bytes(pid: int) -> int:
    """Return a process's proportional set size, or what it has resident and shares with nobody."""
    folder = _PROC / str(pid)
    try:
        for line in (folder / "smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except (FileNotFoundError, ProcessLookupError):
        return 0
    except PermissionError:
        _, resident, shared, *_ = (folder / "statm").read_text("ascii").split()
        return (int(resident) - int(shared)) * _PAGE
    return 0
