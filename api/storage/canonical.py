"""The one JSON text of some data, so that equal data have equal digests."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical_json(data: Any) -> str:
    """Return the text of ``data``: sorted keys, no white space, no escapes that JSON does not ask for.

    Raises
    ------
    ValueError
        For numbers that JSON does not have (NaN, infinities).
    """
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest_of(text: str | bytes) -> str:
    """Return the SHA-256 of ``text`` (as UTF-8), in hexadecimal."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()
