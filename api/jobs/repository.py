"""Runs and their events in the database: every change of state is an event, with its time and its reason."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from api.hooks import outbox
from api.jobs.states import ENDED, before
from api.jobs.thinning import THINNED, spare_events
from api.storage import documents
from api.storage.identifiers import new_identifier
from api.storage.schema import answers, plans, revisions, run_events, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from api.jobs.kinds import Ranked
    from api.jobs.states import State
    from api.storage.documents import Packed

#: What is told of a run that was changed.
_TOLD = (runs.c.id, runs.c.event_seq, runs.c.round_id, runs.c.state, runs.c.score, runs.c.bound)

#: Events that one statement removes; databases limit how many values it may have.
_AT_ONCE = 500

#: An event: its type and its data.
Event = tuple[str, "Mapping[str, Any]"]


def now() -> int:
    """Return the time in milliseconds since 1970 UTC; it is shown, and nothing is decided by it."""
    return time.time_ns() // 1_000_000


def update(
    connection: sa.Connection, where: Sequence[sa.ColumnElement[bool]], events: Sequence[Event], **values: Any
) -> bool:
    """Change the one run that the conditions leave, with its events; return whether there was one.

    The events' numbers are taken from the run's own row, so they have no gaps and no two writers get the same.
    """
    return _updated(connection, where, events, **values) is not None


def change(
    connection: sa.Connection,
    where: Sequence[sa.ColumnElement[bool]],
    to: State,
    data: Mapping[str, Any],
    **values: Any,
) -> bool:
    """Bring the one run that the conditions leave into a state; return whether there was one that may go there.

    Every end of a run comes by here: what wants to hear of it is told in the same transaction, and events that told
    nothing new are removed.
    """
    if to in ENDED:
        values = {"ended_at": now(), **values}
    came_from = runs.c.state.in_(sorted(before(to)))
    row = _updated(connection, [*where, came_from], [(to, data)], state=to, **values)
    if row is not None and to in ENDED:
        _thin(connection, row.id)
        outbox.run_ended(connection, dict(row._mapping))  # noqa: SLF001 - public by its docs
    return row is not None


def _updated(
    connection: sa.Connection, where: Sequence[sa.ColumnElement[bool]], events: Sequence[Event], **values: Any
) -> sa.Row[Any] | None:
    """Change the one run that the conditions leave, with its events; return it as it is now."""
    statement = sa.update(runs).where(*where)
    statement = statement.values(**values, event_seq=runs.c.event_seq + len(events))
    row = connection.execute(statement.returning(*_TOLD)).one_or_none()
    if row is not None and events:
        insert_events(connection, row.id, row.event_seq - len(events) + 1, events)
    return row


def _thin(connection: sa.Connection, run: str) -> None:
    """Remove the events of a run that told nothing new; the others keep their numbers."""
    query = sa.select(run_events.c.seq, run_events.c.type, run_events.c.data).where(
        run_events.c.run_id == run, run_events.c.type.in_(sorted(THINNED))
    )
    rows = connection.execute(query.order_by(run_events.c.seq))
    spare = spare_events((row.seq, row.type, row.data) for row in rows)
    for first in range(0, len(spare), _AT_ONCE):
        some = run_events.c.seq.in_(spare[first : first + _AT_ONCE])
        connection.execute(sa.delete(run_events).where(run_events.c.run_id == run, some))


def insert_events(connection: sa.Connection, run: str, first: int, events: Sequence[Event]) -> None:
    """Write events whose numbers were taken from the run's row."""
    at = now()
    rows = [
        {"run_id": run, "seq": seq, "at": at, "type": kind, "data": dict(data)}
        for seq, (kind, data) in enumerate(events, start=first)
    ]
    connection.execute(sa.insert(run_events), rows)


def round_document(connection: sa.Connection, round_id: str, revision: int) -> dict[str, Any]:
    """Return a revision of a round, as data.

    Raises
    ------
    StorageRefused
        When it is damaged or missing.
    """
    of_revision = [revisions.c.round_id == round_id, revisions.c.number == revision]
    digest = connection.execute(sa.select(revisions.c.digest).where(*of_revision)).scalar_one()
    document: dict[str, Any] = documents.get(connection, digest)
    return document


def plan_documents(connection: sa.Connection, digests: Sequence[str]) -> list[dict[str, Any]]:
    """Return the plans that a question is about, as data.

    Raises
    ------
    StorageRefused
        When one is damaged or missing.
    """
    return [documents.get(connection, digest) for digest in digests]


def insert_answer(connection: sa.Connection, run: str, question: str, digest: str) -> None:
    """Keep what a run answered, by the digest of what was asked."""
    row = {"id": new_identifier(), "run_id": run, "question_digest": question, "digest": digest}
    connection.execute(sa.insert(answers).values(**row))


def insert_plans(
    connection: sa.Connection, run: Mapping[str, Any], found: Iterable[tuple[Ranked, Packed]]
) -> None:
    """Write the plans of a run, each with a document of its own."""
    shared = {"run_id": run["id"], "round_id": run["round_id"], "revision": run["revision"]}
    for plan, document in found:
        row = {"id": new_identifier(), "rank": plan.rank, "score": plan.score, "bound": plan.bound}
        digest = documents.put_packed(connection, document)
        origin = {"digest": digest, "origin": "solve", "by": run["user_id"], "at": now()}
        connection.execute(sa.insert(plans).values(**shared, **row, **origin))
