"""The server's secret, from which the keys of each purpose are derived."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from api.config import Settings

_FILE = "server.key"
_BYTES = 32


@dataclass(frozen=True, repr=False)
class Secrets:
    """Keys for HMAC, one a purpose, so that what is signed for one means nothing to another."""

    server: bytes

    def mac(self, purpose: str, text: str) -> str:
        """Return the HMAC-SHA-256 of ``text`` under the key of ``purpose``, in hexadecimal."""
        key = hmac.digest(self.server, purpose.encode(), hashlib.sha256)
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def open_secrets(settings: Settings) -> Secrets:
    """Return the secrets: from the settings, else from ``data/secrets``, where they are made on first start."""
    if settings.server_secret is not None:
        return Secrets(settings.server_secret.get_secret_value().encode())
    settings.secrets.mkdir(mode=0o700, exist_ok=True)
    file = settings.secrets / _FILE
    if not file.exists():
        _make(file)
    return Secrets(bytes.fromhex(file.read_text()))


def secrets_at_hand(settings: Settings) -> Secrets | None:
    """Return the secrets without making any; None where there are none here."""
    is_there = settings.server_secret is not None or (settings.secrets / _FILE).exists()
    return open_secrets(settings) if is_there else None


def _make(file: Path) -> None:
    """Make a secret, whole or not at all; of several who start at once, one makes it."""
    beside = file.with_name(f".{secrets.token_hex(8)}.part")
    write_private(beside, secrets.token_hex(_BYTES))
    try:
        with contextlib.suppress(FileExistsError):
            os.link(beside, file)
    finally:
        beside.unlink()
    sync_folder(file.parent)


def write_private(file: Path, text: str) -> None:
    """Write a new file that its owner alone may read, and force it to the disk.

    Raises
    ------
    FileExistsError
        Where there is one; nothing is replaced.
    """
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Force to the disk that a file was made in a folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
