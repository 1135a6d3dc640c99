"""Keys: made once, shown once, kept as an HMAC only."""

from __future__ import annotations

import re
import secrets
import time
from typing import TYPE_CHECKING, NamedTuple

from api.access.repository import keys as repository
from api.access.repository.keys import Key
from api.storage.identifiers import new_identifier

if TYPE_CHECKING:
    import sqlalchemy as sa

    from api.access.secrets import Secrets

_PURPOSE = "api keys"
_PREFIX_BYTES = 4
_SECRET_BYTES = 32
_SHAPE = re.compile(r"mk_[0-9a-f]{8}_[A-Za-z0-9_-]{43}")
_DAY = 86_400_000


class MadeKey(NamedTuple):
    """A new key, and the text that is shown once."""

    key: Key
    text: str


def make(connection: sa.Connection, secrets_: Secrets, principal: str, days: int) -> MadeKey:
    """Make a key for a principal, good for some days."""
    prefix = secrets.token_hex(_PREFIX_BYTES)
    text = f"mk_{prefix}_{secrets.token_urlsafe(_SECRET_BYTES)}"
    expires = now() + days * _DAY
    key = Key(new_identifier(), principal, prefix, expires, None, None)
    repository.insert(connection, key, secrets_.mac(_PURPOSE, text))
    return MadeKey(key, text)


def mac_of(secrets_: Secrets, text: str) -> str | None:
    """Return what a key is looked up by; None where the text is no key."""
    return secrets_.mac(_PURPOSE, text) if _SHAPE.fullmatch(text) else None


def now() -> int:
    """Return the time, in UTC milliseconds."""
    return time.time_ns() // 1_000_000


def today() -> int:
    """Return the day, counted from 1970-01-01 UTC."""
    return now() // _DAY
