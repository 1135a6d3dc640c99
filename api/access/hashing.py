"""Hashes of passwords: Argon2id, at a cost that is set; few at a time, for each takes memory."""

from __future__ import annotations

import threading
import unicodedata
from typing import Final

import argon2
from argon2.exceptions import InvalidHashError, VerificationError

#: Hashes at the same time: each takes as much memory as is set, and one core or more.
_AT_ONCE: Final = 2


class Hasher:
    """Makes and compares hashes.

    Parameters
    ----------
    memory
        KiB of memory that each takes.
    passes
        How often it goes over them.
    """

    def __init__(self, memory: int, passes: int) -> None:
        self._hasher = argon2.PasswordHasher(time_cost=passes, memory_cost=memory)
        self._turn = threading.BoundedSemaphore(_AT_ONCE)
        self._nobodys = self._hasher.hash("nobody")

    def hash(self, password: str) -> str:
        """Return the hash of a password, with a salt of its own."""
        with self._turn:
            return self._hasher.hash(_normal(password))

    def fits(self, hashed: str | None, password: str) -> bool:
        """Return whether it is the password of a hash; where there is no hash, as much time is taken to say no."""
        with self._turn:
            try:
                self._hasher.verify(self._nobodys if hashed is None else hashed, _normal(password))
            except (VerificationError, InvalidHashError):
                return False
        return hashed is not None

    def is_too_cheap(self, hashed: str) -> bool:
        """Return whether a hash was made at less cost than is set now."""
        made = argon2.extract_parameters(hashed)
        return made.memory_cost < self._hasher.memory_cost or made.time_cost < self._hasher.time_cost


def _normal(password: str) -> str:
    """Return the password in one form, for keyboards write the same letters in several."""
    return unicodedata.normalize("NFC", password)
