"""What is done with plans: shown, stored, and asked about at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.access import audit
from api.access.audit import Act
from api.access.keys import now
from api.plans import repository
from api.plans.repository import Found, PlanHead
from api.problems import Refused
from api.rounds import repository as rounds
from api.storage import documents
from api.storage.identifiers import new_identifier
from api.storage.session import reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

    from api.access.guard import Caller
    from api.rounds.repository import Head, Revision
    from api.state import Service


def require(connection: sa.Connection, caller: Caller, plan_id: str) -> Found:
    """Return a plan within the caller's scope.

    Raises
    ------
    Refused
        With the code ``not_found``.
    """
    found = repository.found(connection, caller.scope, plan_id)
    if found is None:
        raise Refused("not_found")
    return found


def asked(service: Service, question: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the desk answers; it is given the documents that it needs.

    Raises
    ------
    Refused
        With the code ``desk_busy`` or ``takes_too_long``, or as the question is refused.
    """

    def load(digest: str) -> str:
        with reading(service.database) as connection:
            return documents.get_text(connection, digest)

    return service.desk.ask(question, load)


def checked(service: Service, caller: Caller, plan_id: str, *, is_masked: bool) -> dict[str, Any]:
    """Return the checker's report on a stored plan."""
    with reading(service.database) as connection:
        found = require(connection, caller, plan_id)
        better = repository.better(connection, found.head)
    question = {"do": "check", "round": found.round_digest, "plan": found.head.digest, "better": better}
    answer = asked(service, {**question, "masked": is_masked})
    record_look(service, caller, found)
    return answer


def compared(service: Service, caller: Caller, plan_id: str, other_id: str) -> dict[str, Any]:
    """Return what changes from one stored plan to another.

    Raises
    ------
    Refused
        With the code ``not_comparable`` where they are not plans of the same revision of one round.
    """
    with reading(service.database) as connection:
        found, other = require(connection, caller, plan_id), require(connection, caller, other_id)
    if found.round_digest != other.round_digest or found.head.round_id != other.head.round_id:
        raise Refused("not_comparable")
    question = {"do": "compare", "plan": found.head.digest, "other": other.head.digest}
    answer = asked(service, {**question, "round": found.round_digest})
    record_look(service, caller, found, other=other_id)
    return answer


def explained(
    service: Service, caller: Caller, plan_id: str, about: Mapping[str, str], *, is_masked: bool
) -> dict[str, Any]:
    """Return why a cadre holds a post, or why a village has its team.

    Raises
    ------
    Refused
        With the code ``why_what`` where it is not asked about one of the two.
    """
    if len(about) != 1:
        raise Refused("why_what")
    with reading(service.database) as connection:
        found = require(connection, caller, plan_id)
    question = {"do": "why_post" if "cadre" in about else "why_team", **about, "masked": is_masked}
    answer = asked(service, {**question, "round": found.round_digest, "plan": found.head.digest})
    record_look(service, caller, found)
    return answer


def store(
    connection: sa.Connection,
    caller: Caller,
    revision: tuple[Head, Revision],
    document: Mapping[str, Any],
    *,
    origin: str = "import",
    parent: str | None = None,
    reason: str = "",
) -> PlanHead:
    """Store a plan that was counted: an edit of its parent, a scenario's, or one that came from elsewhere."""
    round_, number = revision[0], revision[1].number
    head = PlanHead(
        id=new_identifier(),
        run_id=None,
        round_id=round_.id,
        revision=number,
        digest=repository.put_document(connection, document),
        rank=None,
        score=document["score"],
        bound=document.get("bound"),
        origin="edit" if parent else origin,
        parent_plan=parent,
        by=caller.principal,
        at=now(),
    )
    repository.insert(connection, head)
    detail = {"parent": parent} if parent else {}
    _record(connection, caller, round_, head.id, digest=head.digest, reason=reason, **detail)
    return head


def record_look(service: Service, caller: Caller, found: Found, **detail: Any) -> None:
    """Put on record that somebody looked at the persons of a plan."""
    counties = ",".join(found.counties)
    service.looks.record(Act(caller.principal, caller.action, found.head.id, counties, "done", detail))


def head_document(head: PlanHead) -> dict[str, Any]:
    """Return a plan's head as data."""
    return head._asdict()


def _record(connection: sa.Connection, caller: Caller, round_: Head, subject: str, **detail: Any) -> None:
    counties = ",".join(rounds.counties_of(connection, [round_.id])[round_.id])
    audit.append(connection, caller.principal, caller.action, subject, scope=counties, **detail)
