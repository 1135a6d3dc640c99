"""The queue: what is submitted, what is asked of it later, and which run is next."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from api.jobs.kinds import KINDS
from api.jobs.reasons import reason_text
from api.jobs.repository import change, insert_events, now, update
from api.jobs.states import LIVE
from api.storage.identifiers import new_identifier
from api.storage.schema import runs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from api.jobs.states import Asked

#: Seconds after which the cores for a run that does not fit are kept free; else small runs would starve it.
RESERVED_AFTER = 60.0


@dataclass(frozen=True, slots=True)
class Submission:
    """What is asked of the service.

    Attributes
    ----------
    round_id, revision
        The round.
    kind, settings
        What is to be done, and how; without seed and workers, which are here.
    question
        What is asked about plans, or which scenarios there are; None where the round is just solved.
    rules_digest, versions
        The rules in effect and the programs, to compare a repeat with.
    user_id
        Who asks.
    priority
        1 is first, 9 last.
    cores
        How many it uses.
    repeat_of
        The run that it repeats.
    """

    round_id: str
    revision: int
    kind: str
    settings: Mapping[str, Any]
    rules_digest: str
    versions: Mapping[str, str]
    user_id: str
    question: Mapping[str, Any] | None = None
    seed: int = 1
    priority: int = 5
    cores: int = 1
    repeat_of: str | None = None
    id: str = field(default_factory=new_identifier)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many cores may be at work: a user with so many gets no further run, nor does anybody once all are taken."""

    per_user: int = 64
    total: int = 1024


def submit(connection: sa.Connection, submission: Submission) -> str:
    """Queue a run in the caller's transaction, and return its identifier."""
    row = {name: getattr(submission, name) for name in Submission.__slots__}
    row |= {"state": "queued", "created_at": now(), "event_seq": 1}
    connection.execute(sa.insert(runs).values(**row))
    insert_events(connection, submission.id, 1, [("queued", {"by": submission.user_id})])
    return submission.id


def ask(connection: sa.Connection, run: str, asked: Asked, by: str) -> bool:
    """Ask a run to stop with what it has, or to be dropped; return whether that made a difference.

    One that nobody works on is cancelled here and now: one that has not begun, or was given back. What was asked
    to stop may still be cancelled.
    """
    this, data = runs.c.id == run, {"asked": asked, "by": by}
    why = {"reason_code": "cancelled", "reason": reason_text({})}
    is_idle = runs.c.owner.is_(None) if asked == "cancel" else runs.c.state == "queued"
    if change(connection, [this, is_idle], "cancelled", {**data, "reason": "cancelled"}, asked=asked, **why):
        return True
    if asked == "stop":
        return change(connection, [this], "stopping", data, asked=asked)
    live = [this, runs.c.state.in_(sorted(LIVE)), runs.c.asked.is_distinct_from("cancel")]
    return update(connection, live, [("asked", data)], asked=asked)


def cancel_of(connection: sa.Connection, round_id: str, by: str) -> list[str]:
    """Ask every run of a round that has not ended to be dropped; return which."""
    open_ = [runs.c.round_id == round_id, runs.c.state.in_(sorted(LIVE | {"queued"}))]
    query = sa.select(runs.c.id).where(*open_).order_by(runs.c.id).with_for_update()
    return [run for run in connection.scalars(query).all() if ask(connection, run, "cancel", by)]


def position(connection: sa.Connection, run: str) -> int | None:
    """Return how many runs are to begin up to this one, itself counted; None where it does not wait."""
    ordered, order = _waiting()
    place = sa.func.row_number().over(order_by=order).label("place")
    ranked = ordered.with_only_columns(runs.c.id, place, maintain_column_froms=True).subquery()
    found: int | None = connection.scalar(sa.select(ranked.c.place).where(ranked.c.id == run))
    return found


class Reservation:
    """Keeps a worker's cores free for the oldest run that does not fit, once it has waited long enough.

    Parameters
    ----------
    clock
        Seconds of a clock that nobody sets.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._run: str | None = None
        self._since = 0.0

    def holds(self, run: str | None) -> bool:
        """Return whether nothing may be begun, ``run`` being the oldest that does not fit now."""
        if run != self._run:
            self._run, self._since = run, self._clock()
        return run is not None and self._clock() - self._since >= RESERVED_AFTER


def next_queued(
    connection: sa.Connection, free: int, cores: int, limits: Limits, reservation: Reservation
) -> sa.Row[Any] | None:
    """Return the run that a worker is to begin next, ``free`` of whose ``cores`` are idle."""
    waiting, order = _waiting(limits)
    waiting = waiting.where(runs.c.kind.in_(sorted(KINDS)))  # a newer program may have queued others
    too_big = waiting.where(runs.c.cores > free, runs.c.cores <= cores)
    oldest = connection.execute(too_big.order_by(runs.c.created_at, runs.c.id).limit(1)).one_or_none()
    if reservation.holds(None if oldest is None else oldest.id):
        return None
    return connection.execute(waiting.where(runs.c.cores <= free).order_by(*order).limit(1)).one_or_none()


def _waiting(limits: Limits | None = None) -> tuple[sa.Select[Any], tuple[sa.ColumnElement[Any], ...]]:
    """Return the queued runs (those within the limits), and their order: who has most at work comes last."""
    live = runs.alias("live")
    is_live = live.c.state.in_(sorted(LIVE))
    users = sa.select(live.c.user_id, sa.func.sum(live.c.cores).label("cores"))
    at_work = users.where(is_live).group_by(live.c.user_id).subquery()
    used = sa.func.coalesce(at_work.c.cores, 0)
    waiting = sa.select(runs).outerjoin(at_work, at_work.c.user_id == runs.c.user_id)
    waiting = waiting.where(runs.c.state == "queued")
    if limits is not None:
        total = sa.select(sa.func.coalesce(sa.func.sum(live.c.cores), 0)).where(is_live).scalar_subquery()
        waiting = waiting.where(used < limits.per_user, total < limits.total)
    return waiting, (runs.c.priority, used, runs.c.created_at, runs.c.id)
