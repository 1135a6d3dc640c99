"""Appending to the audit trail: who did what to what, in the transaction that does it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from api.access.repository import audit as repository
from api.access.repository.audit import Entry
from api.storage.canonical import canonical_json, digest_of

if TYPE_CHECKING:
    import sqlalchemy as sa


def append(
    connection: sa.Connection,
    actor: str,
    action: str,
    subject: str = "",
    *,
    scope: str = "",
    outcome: str = "done",
    **detail: Any,
) -> None:
    """Append an entry.

    Parameters
    ----------
    actor
        The identifier of the principal, or what else acts (``server``).
    subject
        The identifier of what it is done to.
    scope
        The counties that it is about, with commas between them.
    outcome
        ``done`` or ``denied``.
    **detail
        What else is to be known: numbers, codes, digests; never personal data.
    """
    seq, prev = repository.locked_head(connection)
    at = time.time_ns() // 1_000_000
    entry = Entry(seq + 1, at, actor, action, subject, scope, outcome, detail, prev, "")
    repository.insert(connection, entry._replace(hash=hash_of(entry)))


def hash_of(entry: Entry) -> str:
    """Return the hash that an entry must have: of the hash before it and its own canonical JSON."""
    own = entry._asdict()
    own.pop("hash")
    prev = own.pop("prev")
    return digest_of(prev + canonical_json(own))
