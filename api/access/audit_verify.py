"""Verifying the audit trail: that no entry was changed, taken out or put between, and that it holds its anchors.

A chain shows tampering, but not that its end was cut off by an owner of the database. Anchors do: numbers and
hashes of earlier heads, kept elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access.audit import hash_of
from api.access.repository import audit as repository
from api.storage.schema.audit import NO_HASH

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlalchemy as sa


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found.

    Attributes
    ----------
    entries
        How many entries stand.
    head
        The hash of the last one: an anchor for later.
    broken_at
        The number of the first entry that is not as it should be; None where all are.
    """

    entries: int
    head: str
    broken_at: int | None = None


def verify(connection: sa.Connection, anchors: Iterable[tuple[int, str]] = ()) -> Verified:
    """Go through the whole trail.

    Parameters
    ----------
    anchors
        Numbers of entries, and the hashes that they had when somebody looked.
    """
    left: defaultdict[int, set[str]] = defaultdict(set)
    for number, hash_ in anchors:
        left[number].add(hash_)
    seq, last = 0, NO_HASH
    with closing(repository.entries(connection)) as entries:
        for entry in entries:
            is_next = entry.seq == seq + 1 and entry.prev == last and entry.hash == hash_of(entry)
            if not is_next or left.pop(entry.seq, {entry.hash}) != {entry.hash}:
                return Verified(seq, last, seq + 1)
            seq, last = entry.seq, entry.hash
    is_whole = repository.head(connection) == (seq, last) and not any(number > 0 for number in left)
    return Verified(seq, last, None if is_whole else seq + 1)
