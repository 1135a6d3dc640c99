"""Disks that get full: a small file system of its own, or a limit on files where none may be mounted."""

from __future__ import annotations

import resource
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PIECE = 64 * 1024


class SmallDisk:
    """A file system of a few megabytes.

    Attributes
    ----------
    folder
        Where it is mounted; short, and for every user, as a database's server needs it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self, _processes: Sequence[int]) -> None:
        """Leave no byte."""
        with self._filler.open("ab", buffering=0) as file:
            for size in (_PIECE, 1):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError:
                    pass

    def free(self, _processes: Sequence[int]) -> None:
        """Make room again."""
        self._filler.unlink()


class ShortFiles:
    """No process may make a file longer than it is: as a full disk, but with another error.

    Attributes
    ----------
    folder
        An ordinary one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, processes: Sequence[int]) -> None:
        """Let no file of the processes grow beyond the longest that is there now."""
        longest = max(file.stat().st_size for file in self.folder.rglob("*-wal"))
        self._limit(processes, longest)

    def free(self, processes: Sequence[int]) -> None:
        """Let them grow again."""
        self._limit(processes, resource.RLIM_INFINITY)

    @staticmethod
    def _limit(processes: Sequence[int], most: int) -> None:
        for pid in processes:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


@contextmanager
def small_disk(megabytes: int) -> Iterator[SmallDisk]:
    """Give a small disk; the test is left out where none may be mounted."""
    folder = Path(tempfile.mkdtemp(prefix="disk-", dir="/tmp"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        folder.rmdir()
        pytest.skip(f"no disk may be mounted here: {mounted.stderr.strip()}")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()
