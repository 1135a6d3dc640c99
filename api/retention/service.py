"""The removal of what the rule of retention lets go: a round a transaction, each on record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import structlog

from api.access import audit
from api.access.keys import now
from api.retention import repository
from api.storage.session import reading, writing

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlalchemy as sa

_DAY: Final = 86_400_000
_ACTION: Final = "rounds.remove"

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Removed:
    """What is gone.

    Attributes
    ----------
    rounds, runs, plans, documents
        Of the rounds whose time was over.
    answers, deliveries
        Kept answers to repeated requests, and old deliveries.
    """

    rounds: int = 0
    runs: int = 0
    plans: int = 0
    documents: int = 0
    answers: int = 0
    deliveries: int = 0


def remove(
    database: sa.Engine, actor: str, delivery_days: int, *, is_enough: Callable[[], bool] = lambda: False
) -> Removed:
    """Remove the deleted rounds whose time is over, with all that came of them, and what is kept for a time only.

    Parameters
    ----------
    actor
        Who acts, for the audit trail.
    delivery_days
        How long deliveries are kept that have ended.
    is_enough
        Asked before each round; the rest waits for the next time.
    """
    at = now()
    with reading(database) as connection:
        due = repository.due(connection, at)
    counts = [_remove_round(database, actor, round_id, at) for round_id in due if not is_enough()]
    gone = [count for count in counts if count]
    with writing(database) as connection, repository.overwriting(connection):
        forgotten = repository.forget(connection, at - _DAY, at - delivery_days * _DAY)
    return Removed(
        rounds=len(gone),
        runs=sum(count["runs"] for count in gone),
        plans=sum(count["plans"] for count in gone),
        documents=sum(count["documents"] for count in gone),
        answers=forgotten["idempotency"],
        deliveries=forgotten["deliveries"],
    )


def _remove_round(database: sa.Engine, actor: str, round_id: str, at: int) -> dict[str, int]:
    """Remove a round; return what went, nothing where somebody else was quicker."""
    with writing(database) as connection, repository.overwriting(connection):
        if not repository.locked(connection, round_id, at):
            return {}
        counties = ",".join(repository.counties(connection, round_id))
        counts = repository.remove_round(connection, round_id)
        # Last, for whoever keeps a document takes the head of the trail after it, too.
        detail: dict[str, Any] = {**counts}
        audit.append(connection, actor, _ACTION, round_id, scope=counties, **detail)
    _log.info("round_removed", round=round_id, **counts)
    return counts
