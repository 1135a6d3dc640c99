"""The lease of a run: the claim is its epoch, and nobody writes with an epoch that is not the last."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from api.jobs import repository
from api.jobs.kinds import KINDS
from api.jobs.queue import Limits, Reservation, next_queued
from api.jobs.states import LIVE
from api.storage.errors import short
from api.storage.schema import runs, workers
from api.storage.session import reading, writing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from api.jobs.repository import Event
    from api.jobs.states import State

#: The advisory lock of whoever claims: "claim" in ASCII.
_CLAIMING = int.from_bytes(b"claim")


class Fenced(Exception):
    """The run has another owner by now, or has ended: nothing of the write was done."""


class DatabaseAway(Exception):
    """The database did not answer; whether the last transaction was committed is not known."""


@contextmanager
def within_reach() -> Iterator[None]:
    """Turn what a database that is away, full or locked raises into :class:`DatabaseAway`."""
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError) as error:
        raise DatabaseAway(short(error)) from error
    except sa.exc.DBAPIError as error:
        if not error.connection_invalidated:
            raise
        raise DatabaseAway(short(error)) from error


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write about a run."""

    run: str
    epoch: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """A run as its new owner finds it.

    Attributes
    ----------
    lease
        The right to write about it.
    row
        The run's row as it was before the claim.
    attempts
        How often it was begun since it last got on, this time counted.
    """

    lease: Lease
    row: Mapping[str, Any]
    attempts: int


@dataclass(frozen=True, slots=True)
class Claimant:
    """A worker that looks for a run.

    Attributes
    ----------
    name
        Its name.
    cores, free
        How many it has, and how many of them are idle.
    in_hand
        The runs it has: others with its name as owner are of an earlier life.
    """

    name: str
    cores: int
    free: int
    in_hand: Collection[str] = ()


def claim(
    database: sa.Engine,
    claimant: Claimant,
    gone: Mapping[str, int],
    limits: Limits,
    reservation: Reservation,
    *,
    orphans_only: bool = False,
) -> Claimed | None:
    """Claim the next run: one whose owner is gone, else from the queue; None where there is none.

    Parameters
    ----------
    database
        The database; the claim is a transaction of its own, and there is one at a time.
    claimant
        Who claims.
    gone
        The workers that are gone, with the last beat that was seen: one that has beaten since is not.
    limits, reservation
        What may be at work, and what is kept free.
    orphans_only
        Whether nothing new is begun.
    """
    with writing(database) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_CLAIMING)))
        row = _orphan(connection, claimant, gone)
        if row is None and not orphans_only:
            row = next_queued(connection, claimant.free, claimant.cores, limits, reservation)
        if row is None:
            return None
        return _take(connection, claimant, row)


def _orphan(connection: sa.Connection, claimant: Claimant, gone: Mapping[str, int]) -> sa.Row[Any] | None:
    """Return a run that has begun and that nobody works on."""
    silent = [sa.and_(workers.c.name == name, workers.c.beat == number) for name, number in gone.items()]
    deserted = sa.exists().where(workers.c.name == runs.c.owner, sa.or_(sa.false(), *silent))
    own = sa.and_(runs.c.owner == claimant.name, runs.c.id.not_in(sorted(claimant.in_hand)))
    statement = (
        sa.select(runs)
        .where(runs.c.state.in_(sorted(LIVE)), runs.c.cores <= claimant.free, runs.c.kind.in_(sorted(KINDS)))
        .where(sa.or_(runs.c.owner.is_(None), own, deserted))
        .order_by(runs.c.priority, runs.c.created_at, runs.c.id)
        .limit(1)
    )
    return connection.execute(statement).one_or_none()


def _take(connection: sa.Connection, claimant: Claimant, row: sa.Row[Any]) -> Claimed | None:
    """Become the owner of a run as it was seen; None where it has changed since (somebody asked something of it)."""
    seen = [runs.c.id == row.id, runs.c.epoch == row.epoch, runs.c.state == row.state]
    lease = Lease(row.id, row.epoch + 1)
    values = {"owner": claimant.name, "epoch": lease.epoch, "attempts": row.attempts + 1}
    data = {"owner": claimant.name, "epoch": lease.epoch}
    if row.state == "queued":
        started = row.started_at or repository.now()
        taken = repository.change(connection, seen, "running", data, started_at=started, **values)
    else:
        event = ("taken_over", {**data, "from": row.owner})
        taken = repository.update(connection, seen, [event], **values)
    return Claimed(lease, dict(row._mapping), row.attempts + 1) if taken else None  # noqa: SLF001 - public by its docs


def write(connection: sa.Connection, lease: Lease, events: Sequence[Event] = (), **values: Any) -> None:
    """Write about a run, first of all in a transaction: what comes after it is then fenced, too.

    Raises
    ------
    Fenced
        When the epoch is not the last, or the run has ended.
    """
    if not repository.update(connection, _held(lease), events, **values):
        raise Fenced


def bring(connection: sa.Connection, lease: Lease, to: State, data: Mapping[str, Any], **values: Any) -> None:
    """Bring a run into another state, first of all in a transaction.

    Raises
    ------
    Fenced
        When the epoch is not the last, or the run may not go there.
    """
    if not repository.change(connection, _held(lease), to, data, **values):
        raise Fenced


def _held(lease: Lease) -> list[sa.ColumnElement[bool]]:
    return [runs.c.id == lease.run, runs.c.epoch == lease.epoch, runs.c.state.in_(sorted(LIVE))]


def is_in(database: sa.Engine, lease: Lease, state: State) -> bool:
    """Return whether a run is in a state by this lease: then a commit of unknown outcome was done after all."""
    statement = sa.select(runs.c.epoch, runs.c.state).where(runs.c.id == lease.run)
    with reading(database) as connection:
        return tuple(connection.execute(statement).one()) == (lease.epoch, state)


def wishes(connection: sa.Connection, leases: Sequence[Lease]) -> dict[Lease, str | None]:
    """Return what is asked of each run whose lease still holds."""
    statement = sa.select(runs.c.id, runs.c.epoch, runs.c.asked)
    statement = statement.where(
        runs.c.id.in_([lease.run for lease in leases]), runs.c.state.in_(sorted(LIVE))
    )
    rows = {Lease(row.id, row.epoch): row.asked for row in connection.execute(statement)}
    return {lease: rows[lease] for lease in leases if lease in rows}
