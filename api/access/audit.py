"""Appending to the audit trail: who did what to what, in the transaction that does it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NamedTuple

from api.access.repository import audit as repository
from api.access.repository.audit import Entry
from api.storage.canonical import canonical_json, digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import sqlalchemy as sa


class Act(NamedTuple):
    """What somebody did, and to what; see :func:`append`."""

    actor: str
    action: str
    subject: str
    scope: str
    outcome: str
    detail: Mapping[str, Any]


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
    append_all(connection, [Act(actor, action, subject, scope, outcome, detail)])


def append_all(connection: sa.Connection, acts: Sequence[Act]) -> None:
    """Append an entry for each act, in order."""
    seq, prev = repository.locked_head(connection)
    at = time.time_ns() // 1_000_000
    entries = []
    for number, act in enumerate(acts, start=seq + 1):
        entry = Entry(number, at, *act, prev=prev, hash="")
        prev = hash_of(entry)
        entries.append(entry._replace(hash=prev))
    repository.insert(connection, entries)


def hash_of(entry: Entry) -> str:
    """Return the hash that an entry must have: of the hash before it and its own canonical JSON."""
    own = entry._asdict()
    own.pop("hash")
    prev = own.pop("prev")
    return digest_of(prev + canonical_json(own))
