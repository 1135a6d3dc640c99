"""Identifiers: UUIDs of version 7 (RFC 9562, 5.7) as text, so that they sort by when they were made."""

from __future__ import annotations

import secrets
import time
import uuid

_RANDOM_BITS = 74
_LOW_BITS = 62


def new_identifier() -> str:
    """Return a new identifier: 48 bits of UTC milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    chance = secrets.randbits(_RANDOM_BITS)
    high, low = chance >> _LOW_BITS, chance & ((1 << _LOW_BITS) - 1)
    version, variant = 0x7, 0b10
    return str(uuid.UUID(int=milliseconds << 80 | version << 76 | high << 64 | variant << _LOW_BITS | low))
