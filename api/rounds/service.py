"""What is done with rounds: stored, shown, edited into a new revision, deleted softly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.access import audit
from api.access.audit import Act
from api.access.keys import now
from api.access.masking import masked_edits
from api.http import etags
from api.jobs import queue
from api.problems import Refused
from api.rounds import repository
from api.rounds.repository import Head, Revision
from api.storage.identifiers import new_identifier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import sqlalchemy as sa

    from api.access.guard import Caller
    from api.rounds.reading import ReadRound

_VIEW = "head"
_DAY = 86_400_000
_CREATED = "created"


def require_scope(caller: Caller, read: ReadRound) -> None:
    """Refuse a round that is about counties outside the caller's scope.

    Raises
    ------
    Refused
        With the code ``scope_exceeded``.
    """
    if not caller.scope.reaches(read.counties):
        raise Refused("scope_exceeded")


def create(
    connection: sa.Connection,
    caller: Caller,
    read: ReadRound,
    reason: str,
    edits: Sequence[Mapping[str, Any]] = (),
    lineage: Mapping[str, Any] | None = None,
) -> Head:
    """Store a round with its first revision; with a lineage, the edits are those of the revision that it is made of."""
    digest = repository.put_document(connection, read.document)
    at = now()
    why = reason or _CREATED
    first = Revision(1, digest, None, why, list(edits), read.warnings, caller.principal, at, lineage)
    head = Head(new_identifier(), read.name, read.region, caller.principal, at, 0, first)
    repository.insert(connection, head, read.counties)
    _record(connection, caller, head.id, revision=1, digest=digest)
    return head


def require(connection: sa.Connection, caller: Caller, round_id: str, *, lock: bool = False) -> Head:
    """Return a round within the caller's scope.

    Raises
    ------
    Refused
        With the code ``not_found``.
    """
    head = repository.head(connection, caller.scope, round_id, lock=lock)
    if head is None:
        raise Refused("not_found")
    return head


def require_revision(connection: sa.Connection, head: Head, number: int | None) -> Revision:
    """Return a revision, the last where no number is given.

    Raises
    ------
    Refused
        With the code ``not_found``.
    """
    if number is None:
        return head.revision
    found = repository.revision(connection, head, number)
    if found is None:
        raise Refused("not_found")
    return found


def revise(
    connection: sa.Connection,
    caller: Caller,
    seen: Head,
    read: ReadRound,
    edits: Sequence[Mapping[str, Any]],
    reason: str,
    lineage: Mapping[str, Any] | None = None,
) -> Head:
    """Store the edited round as a new revision of the one that was ``seen``, unless somebody was quicker.

    Raises
    ------
    Refused
        With the code ``precondition_failed``, ``scope_exceeded`` or ``nothing_changed``.
    """
    head = require(connection, caller, seen.id, lock=True)
    if head.etag_seq != seen.etag_seq:
        raise Refused("precondition_failed")
    same = repository.same_as(connection, head, read.digest)
    if same is not None:
        raise Refused("nothing_changed", revision=same)
    digest = repository.put_document(connection, read.document)
    parent = head.revision.number
    number, by = parent + 1, caller.principal
    made = Revision(number, digest, parent, reason, list(edits), read.warnings, by, now(), lineage)
    repository.insert_revision(connection, head.id, made)
    repository.add_counties(connection, head.id, read.counties)
    repository.change(connection, head.id, name=read.name, region=read.region)
    _record(connection, caller, head.id, revision=made.number, digest=digest, edits=len(edits))
    return require(connection, caller, head.id)


def delete(connection: sa.Connection, caller: Caller, head: Head, retain_days: int) -> None:
    """Take a round out of sight; it is kept until its time is over, and what was computed from it too.

    Its runs that have not ended are cancelled: nobody could any more, and nobody would see what they find.
    """
    at = now()
    retain_until = at + retain_days * _DAY
    repository.change(connection, head.id, deleted_at=at, retain_until=retain_until)
    cancelled = queue.cancel_of(connection, head.id, caller.principal)
    _record(connection, caller, head.id, retain_until=retain_until, cancelled=cancelled)


def look(connection: sa.Connection, caller: Caller, head: Head, revision: Revision) -> Act:
    """Return what is put on record when somebody looks at the persons of a round."""
    return _act(connection, caller, head.id, revision=revision.number)


def tag_of(head: Head) -> str:
    """Return the entity tag of a round, which is also what ``If-Match`` asks for."""
    return etags.tag(head.etag_seq, _VIEW)


def head_document(head: Head, counties: list[str]) -> dict[str, Any]:
    """Return a round as data."""
    return {
        "id": head.id,
        "name": head.name,
        "region": head.region,
        "counties": counties,
        "created_by": head.created_by,
        "at": head.at,
        "revision": revision_head(head.revision),
    }


def view(connection: sa.Connection, head: Head) -> dict[str, Any]:
    """Return a round as data, with what is odd about its last revision."""
    counties = repository.counties_of(connection, [head.id])[head.id]
    return {**head_document(head, counties), "warnings": head.revision.warnings}


def revision_head(revision: Revision) -> dict[str, Any]:
    """Return a revision as data."""
    row = revision._asdict()
    return {name: row[name] for name in ("number", "digest", "parent", "reason", "by", "at")}


def revision_view(revision: Revision) -> dict[str, Any]:
    """Return a revision as data, with its edits and what is odd about it."""
    edits = masked_edits(revision.edits)
    warnings, lineage = revision.warnings, revision.lineage
    return {**revision_head(revision), "edits": edits, "warnings": warnings, "lineage": lineage}


def _record(connection: sa.Connection, caller: Caller, round_id: str, **detail: Any) -> None:
    audit.append_all(connection, [_act(connection, caller, round_id, **detail)])


def _act(connection: sa.Connection, caller: Caller, round_id: str, **detail: Any) -> Act:
    counties = ",".join(repository.counties_of(connection, [round_id])[round_id])
    return Act(caller.principal, caller.action, round_id, counties, "done", detail)
