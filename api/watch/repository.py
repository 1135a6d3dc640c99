"""What the metrics ask of the database: counts and times, nothing about anybody."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa

from api.jobs.states import LIVE
from api.storage.schema import run_events, runs, workers


class Worker(NamedTuple):
    """A worker: its name, its beat and its cores."""

    name: str
    beat: int
    cores: int


def runs_by_state(connection: sa.Connection) -> dict[str, int]:
    """Return how many runs are in each state; states without any are left out."""
    query = sa.select(runs.c.state, sa.func.count().label("runs")).group_by(runs.c.state)
    return {row.state: row.runs for row in connection.execute(query)}


def waiting_since(connection: sa.Connection) -> int | None:
    """Return when the oldest run that waits was made, in UTC milliseconds."""
    found: int | None = connection.scalar(
        sa.select(sa.func.min(runs.c.created_at)).where(runs.c.state == "queued")
    )
    return found


def unsaved_since(connection: sa.Connection) -> int | None:
    """Return the oldest of the times at which live runs had their last checkpoint, or else began."""
    last = (
        sa.select(sa.func.max(run_events.c.at))
        .where(run_events.c.run_id == runs.c.id, run_events.c.type == "checkpoint")
        .correlate(runs)
        .scalar_subquery()
    )
    since = sa.func.min(sa.func.coalesce(last, runs.c.started_at))
    found: int | None = connection.scalar(sa.select(since).where(runs.c.state.in_(sorted(LIVE))))
    return found


def all_workers(connection: sa.Connection) -> list[Worker]:
    """Return every worker that was ever there, by name."""
    query = sa.select(workers.c.name, workers.c.beat, workers.c.cores).order_by(workers.c.name)
    return [Worker(*row) for row in connection.execute(query)]
