"""What runs ask of the database; a run is reached through its round alone, and so within a scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from api.rounds.repository import within
from api.storage import documents
from api.storage.schema import answers, plans, rounds, run_events, runs, workers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.access.scopes import Scope
    from api.jobs.states import State


class Run(NamedTuple):
    """A run as it stands; times are UTC milliseconds."""

    id: str
    round_id: str
    revision: int
    kind: str
    settings: Mapping[str, Any]
    question: Mapping[str, Any] | None
    rules_digest: str
    versions: Mapping[str, str]
    seed: int
    priority: int
    cores: int
    user_id: str
    state: State
    reason_code: str | None
    reason: str | None
    attempts: int
    child_deaths: int
    spent_ms: int
    spent_work: float
    asked: str | None
    score: int | None
    bound: int | None
    phase: str | None
    rank: int | None
    event_seq: int
    result_digest: str | None
    repeat_of: str | None
    created_at: int
    started_at: int | None
    ended_at: int | None


class Event(NamedTuple):
    """Something that happened to a run; ``seq`` counts within the run.

    Once the run has ended, events that told nothing new are gone, and their numbers are left out.
    """

    run_id: str
    seq: int
    at: int
    type: str
    data: Mapping[str, Any]


class PlanHead(NamedTuple):
    """A plan without its document."""

    id: str
    rank: int
    score: int
    bound: int | None
    origin: str
    digest: str
    at: int


_RUN = tuple(runs.c[name] for name in Run._fields)
_EVENT = tuple(run_events.c[name] for name in Event._fields)
_PLAN = tuple(plans.c[name] for name in PlanHead._fields)


def run(connection: sa.Connection, scope: Scope, identifier: str, *, lock: bool = False) -> Run | None:
    """Return a run whose round is within the scope and not deleted; ``lock`` keeps others from changing it."""
    query = _within(scope).where(runs.c.id == identifier)
    row = connection.execute(query.with_for_update(of=runs) if lock else query).one_or_none()
    return None if row is None else Run(*row)


def page(
    connection: sa.Connection, scope: Scope, before: str | None, most: int, filters: Mapping[str, str]
) -> list[Run]:
    """Return at most ``most`` runs within the scope, newest first; ``filters`` are by column."""
    query = _within(scope).order_by(runs.c.id.desc()).limit(most)
    if before is not None:
        query = query.where(runs.c.id < before)
    for name, value in filters.items():
        query = query.where(runs.c[name] == value)
    return [Run(*row) for row in connection.execute(query)]


def answered(connection: sa.Connection, round_id: str, revision: int, question: str) -> str | None:
    """Return the newest run of a revision of a round that answered a question, by the question's digest."""
    query = sa.select(runs.c.id).join(answers, answers.c.run_id == runs.c.id)
    query = query.where(answers.c.question_digest == question)
    query = query.where(runs.c.round_id == round_id, runs.c.revision == revision)
    return connection.execute(query.order_by(runs.c.id.desc()).limit(1)).scalar_one_or_none()


def waiting(connection: sa.Connection, user: str) -> int:
    """Return how many runs of a user wait."""
    of_user = [runs.c.user_id == user, runs.c.state == "queued"]
    count: int = connection.execute(sa.select(sa.func.count()).select_from(runs).where(*of_user)).scalar_one()
    return count


def most_cores(connection: sa.Connection) -> int | None:
    """Return how many cores the largest worker has that was ever there; None where there was none yet."""
    found: int | None = connection.execute(sa.select(sa.func.max(workers.c.cores))).scalar_one()
    return found


def events(connection: sa.Connection, identifier: str, after: int, most: int) -> list[Event]:
    """Return at most ``most`` events of a run that come after one, in order."""
    query = sa.select(*_EVENT).where(run_events.c.run_id == identifier, run_events.c.seq > after)
    return [Event(*row) for row in connection.execute(query.order_by(run_events.c.seq).limit(most))]


def last_events(connection: sa.Connection, identifiers: Sequence[str]) -> dict[str, int]:
    """Return the number of the last event of each run."""
    query = sa.select(runs.c.id, runs.c.event_seq).where(runs.c.id.in_(identifiers))
    return {row.id: row.event_seq for row in connection.execute(query)}


def plan_heads(connection: sa.Connection, identifier: str) -> list[PlanHead]:
    """Return the plans that a run found, best first."""
    query = sa.select(*_PLAN).where(plans.c.run_id == identifier, plans.c.rank.is_not(None))
    return [PlanHead(*row) for row in connection.execute(query.order_by(plans.c.rank))]


def document(connection: sa.Connection, digest: str) -> dict[str, Any]:
    """Return a document that a run refers to."""
    found: dict[str, Any] = documents.get(connection, digest)
    return found


def document_text(connection: sa.Connection, digest: str) -> str:
    """Return the canonical JSON of a document that a run refers to."""
    return documents.get_text(connection, digest)


def _within(scope: Scope) -> sa.Select[Any]:
    query = sa.select(*_RUN).join(rounds, rounds.c.id == runs.c.round_id)
    query = query.where(rounds.c.deleted_at.is_(None))
    return query if scope.everything else query.where(within(scope))
