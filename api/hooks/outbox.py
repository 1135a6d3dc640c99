"""The outbox: what happened is written down for every webhook that wants it, in the transaction of what happened.

What is told is identifiers, states and figures. No name, no reason that somebody wrote, nothing about a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from api.access.keys import now
from api.hooks.repository import deliveries, webhooks
from api.hooks.repository.deliveries import Delivery
from api.runs.gap import gap_of
from api.storage.identifiers import new_identifier

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

Event = Literal[
    "run.done",
    "run.infeasible",
    "run.failed",
    "run.cancelled",
    "publication.published",
    "publication.rolled_back",
]
EVENTS: Final[tuple[Event, ...]] = get_args(Event)

#: What an administrator sends to see whether a receiver works.
TEST: Final = "test"


def run_ended(connection: sa.Connection, run: Mapping[str, Any]) -> None:
    """Tell that a run has ended; called where it does, and before that is committed."""
    told = {name: run[name] for name in ("id", "round_id", "state", "score", "bound")}
    _tell(connection, f"run.{run['state']}", run={**told, "gap": gap_of(run["score"], run["bound"])})


def publication_changed(connection: sa.Connection, publication: Mapping[str, Any]) -> None:
    """Tell that a plan was published, or is so no more."""
    told = {name: publication[name] for name in ("id", "plan_id", "round_id", "state")}
    _tell(connection, f"publication.{publication['state']}", publication=told)


def put_test(connection: sa.Connection, webhook: str) -> Delivery:
    """Put in a delivery that tells of nothing."""
    return _put(connection, webhook, TEST, {})


def _tell(connection: sa.Connection, event: str, **content: Any) -> None:
    for webhook in webhooks.listening(connection, event):
        _put(connection, webhook, event, content)


def _put(connection: sa.Connection, webhook: str, event: str, content: Mapping[str, Any]) -> Delivery:
    identifier, at = new_identifier(), now()
    body = {"schema": "webhook/1", "delivery": identifier, "event": event, "at": at, **content}
    made = Delivery(identifier, webhook, event, body, "pending", 0, at, at, None, None, None)
    deliveries.insert(connection, made)
    return made
