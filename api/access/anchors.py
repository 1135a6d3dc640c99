"""Anchors of the audit trail: its head as it was from time to time, signed, in files beside the database and in the log.

Whoever owns the database can cut off the end of the trail so that nothing in it tells. An anchor that was laid down
before does: each line is ``NUMBER HASH TIME MAC``, the MAC by the server's secret, which the database does not have.
"""

from __future__ import annotations

import datetime
import hmac
import os
import re
import time
from typing import TYPE_CHECKING, Final

import structlog

from api.access.repository import audit as repository
from api.access.secrets import sync_folder
from api.storage.session import reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import sqlalchemy as sa

    from api.access.secrets import Secrets

_PURPOSE: Final = "anchors"
_LINE: Final = re.compile(r"(\d{1,18}) ([0-9a-f]{64}) (\d{1,18}) ([0-9a-f]{64})")
_FILES: Final = "audit-*.txt"

_log = structlog.get_logger()


class Forged(Exception):
    """A line that was not written with this server's secret."""

    def __init__(self, path: Path, line: int) -> None:
        self.path = path
        self.line = line
        super().__init__(f"{path}:{line}")


def lay(database: sa.Engine, secrets: Secrets, folder: Path) -> bool:
    """Lay down an anchor of the trail as it is now; return whether there was anything new since the last."""
    with reading(database) as connection:
        number, hash_ = repository.head(connection)
    at = time.time_ns() // 1_000_000
    if number == 0 or number in _numbers(_newest(folder)):
        return False
    text = f"{number} {hash_} {at}"
    mac = secrets.mac(_PURPOSE, text)
    month = datetime.datetime.fromtimestamp(at / 1000, datetime.UTC).strftime("%Y-%m")
    _append(folder, f"audit-{month}.txt", f"{text} {mac}\n")
    _log.info("audit_anchor", seq=number, hash=hash_, at=at, mac=mac)
    return True


def laid(folder: Path, secrets: Secrets) -> list[tuple[int, str]]:
    """Return number and hash of every anchor in a folder.

    Raises
    ------
    Forged
        Where a line is not as it was written.
    """
    found = []
    for file in sorted(folder.glob(_FILES)):
        for count, line in enumerate(_whole_lines(file), start=1):
            parts = _LINE.fullmatch(line)
            text = line.rpartition(" ")[0]
            if parts is None or not hmac.compare_digest(parts[4], secrets.mac(_PURPOSE, text)):
                raise Forged(file, count)
            found.append((int(parts[1]), parts[2]))
    return found


def _newest(folder: Path) -> Path | None:
    files = sorted(folder.glob(_FILES))
    return files[-1] if files else None


def _numbers(file: Path | None) -> Iterator[int]:
    """Yield the number of the last anchor of a file, where it has one."""
    lines = [] if file is None else _whole_lines(file)
    found = _LINE.fullmatch(lines[-1]) if lines else None
    if found is not None:
        yield int(found[1])


def _whole_lines(file: Path) -> list[str]:
    """Return the lines that were written to their end; a power cut may leave half of one behind."""
    *whole, _rest = file.read_text(encoding="ascii", errors="replace").split("\n")
    return whole


def _append(folder: Path, name: str, line: str) -> None:
    """Append a line and force it to the disk; half a line that was left at the end goes."""
    folder.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as opened:
        before = opened.read()
        opened.truncate(before.rfind(b"\n") + 1)
        opened.seek(0, os.SEEK_END)
        opened.write(line.encode())
        opened.flush()
        os.fsync(opened.fileno())
    sync_folder(folder)
