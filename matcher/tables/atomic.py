"""Writing files whole or not at all.

A file is written beside its place, forced to the disk and then renamed into place, so that whoever looks
sees the old file or the new one, never a part. A folder likewise.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from matcher.problems import InvalidInput, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextlib.contextmanager
def whole_file(path: str | Path) -> Iterator[BinaryIO]:
    """Give a file to write to; it takes the place of ``path`` when the block ends well, else it vanishes.

    Parameters
    ----------
    path
        Where the file shall stand; its folder must exist.
    """
    path = Path(path)
    beside = _beside(path)
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _keep_mode(path, beside)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def write_whole(path: str | Path, data: bytes) -> None:
    """Write ``data`` to ``path``, whole or not at all."""
    with whole_file(path) as file:
        file.write(data)


@contextlib.contextmanager
def whole_folder(path: str | Path, *, is_ours: Callable[[Path], bool]) -> Iterator[Path]:
    """Give an empty folder to write files into; it takes the place of ``path`` when the block ends well.

    Parameters
    ----------
    path
        Where the folder shall stand.
    is_ours
        Says of a file whether it may be replaced; a folder that holds any other is left alone.

    Raises
    ------
    InvalidInput
        When ``path`` is a file, or a folder that holds anything that is not ours.
    """
    path = Path(path)
    _judge(path, is_ours)
    beside = _beside(path)
    beside.mkdir()
    try:
        yield beside
        for file in beside.iterdir():
            _sync_file(file)
        _sync_folder(beside)
        _judge(path, is_ours)
        _swap(beside, path)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    _sync_folder(path.parent)


def _judge(path: Path, is_ours: Callable[[Path], bool]) -> None:
    if not path.exists():
        return
    if not path.is_dir() or not all(item.is_file() and is_ours(item) for item in path.iterdir()):
        raise InvalidInput([Problem("folder_not_ours", value=path.name).at(Location(path.name))])


def _swap(new: Path, path: Path) -> None:
    """Put ``new`` in the place of ``path``, which comes back should that fail."""
    if not path.exists():
        new.replace(path)
        return
    old = _beside(path)
    path.replace(old)
    try:
        new.replace(path)
    except BaseException:
        old.replace(path)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _beside(path: Path) -> Path:
    return path.absolute().parent / f".{secrets.token_hex(8)}.part"


def _keep_mode(path: Path, beside: Path) -> None:
    """Give the new file the permissions of the one whose place it takes."""
    with contextlib.suppress(FileNotFoundError):
        beside.chmod(stat.S_IMODE(path.stat().st_mode))


def _sync_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    # Some systems can't force a folder to the disk; the file itself is there already.
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
