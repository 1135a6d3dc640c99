"""What is done with publications: proposed, approved by somebody else, rolled back; each in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.access import audit
from api.access.keys import now
from api.hooks import outbox
from api.http import etags
from api.plans import repository as plans
from api.plans import service as plan_service
from api.problems import Refused
from api.publishing import repository
from api.publishing.repository import Publication
from api.rounds import repository as rounds
from api.rounds import service as round_service
from api.storage.identifiers import new_identifier
from api.storage.session import reading

if TYPE_CHECKING:
    import sqlalchemy as sa

    from api.access.guard import Caller
    from api.plans.repository import Found
    from api.rounds.repository import Head
    from api.state import Service


def noticed(service: Service, caller: Caller, plan_id: str) -> tuple[Found, dict[str, Any]]:
    """Return a plan with its public notice; the checker counts it anew for that.

    Raises
    ------
    Refused
        With the code ``plan_not_publishable`` and what the checker found.
    """
    with reading(service.database) as connection:
        found = plan_service.require(connection, caller, plan_id)
        better = plans.better(connection, found.head)
    question = {"do": "notice", "round": found.round_digest, "plan": found.head.digest, "better": better}
    return found, plan_service.asked(service, question)


def require(
    connection: sa.Connection, caller: Caller, publication_id: str, *, lock: bool = False
) -> tuple[Publication, Head]:
    """Return a publication with its round, which is within the caller's scope; ``lock`` keeps others away from both.

    Raises
    ------
    Refused
        With the code ``not_found``.
    """
    found = repository.find(connection, publication_id)
    if found is None:
        raise Refused("not_found")
    head = round_service.require(connection, caller, found.round_id, lock=lock)
    # Whoever held the lock before may have changed it.
    return (repository.find(connection, publication_id) or found) if lock else found, head


def propose(connection: sa.Connection, caller: Caller, found: Found) -> Publication:
    """Propose a plan that was counted."""
    made = Publication(
        new_identifier(), found.head.id, found.head.round_id, "proposed", caller.principal, None, now(), None, None
    )  # fmt: skip
    repository.insert(connection, made)
    _record(connection, caller, found.round, made, plan=found.head.id)
    return made


def approve(
    connection: sa.Connection, caller: Caller, made: Publication, head: Head, notice: dict[str, Any]
) -> Publication:
    """Publish what somebody else proposed; what was published of the round before is so no more.

    Raises
    ------
    Refused
        With the code ``publication_state`` or ``same_person``.
    """
    if made.state != "proposed":
        raise Refused("publication_state", state=made.state)
    if made.proposed_by == caller.principal:
        raise Refused("same_person")
    before = repository.published(connection, head)
    if before is not None:
        repository.change(connection, before.id, state="rolled_back")
    values: dict[str, Any] = {
        "state": "published",
        "approved_by": caller.principal,
        "notice_digest": repository.put_notice(connection, notice),
        "replaces": before.id if before is not None else None,
    }
    repository.change(connection, made.id, **values)
    published = made._replace(**values)
    _record(connection, caller, head, published, plan=made.plan_id, replaces=values["replaces"] or "")
    if before is not None:
        outbox.publication_changed(connection, document(before._replace(state="rolled_back")))
    outbox.publication_changed(connection, document(published))
    return published


def roll_back(
    connection: sa.Connection, caller: Caller, made: Publication, head: Head, reason: str
) -> Publication:
    """Take back a proposal or what is published; what it took the place of is published again.

    Raises
    ------
    Refused
        With the code ``publication_state``.
    """
    if made.state == "rolled_back":
        raise Refused("publication_state", state=made.state)
    repository.change(connection, made.id, state="rolled_back")
    again = made.replaces if made.state == "published" else None
    if again is not None:
        repository.change(connection, again, state="published")
    taken_back = made._replace(state="rolled_back")
    _record(connection, caller, head, taken_back, reason=reason, published_again=again or "")
    _tell_of(connection, made, taken_back, again)
    return taken_back


def _tell_of(
    connection: sa.Connection, made: Publication, taken_back: Publication, again: str | None
) -> None:
    """Tell what is public no more, and what is so again; a mere proposal never was."""
    if made.state == "published":
        outbox.publication_changed(connection, document(taken_back))
    found = repository.find(connection, again) if again is not None else None
    if found is not None:
        outbox.publication_changed(connection, document(found))


def tag_of(made: Publication) -> str:
    """Return the entity tag of a publication, which is also what ``If-Match`` asks for."""
    return etags.tag(made.id, made.state)


def document(made: Publication) -> dict[str, Any]:
    """Return a publication as data."""
    return made._asdict()


def _record(connection: sa.Connection, caller: Caller, head: Head, made: Publication, **detail: Any) -> None:
    counties = ",".join(rounds.counties_of(connection, [head.id])[head.id])
    audit.append(connection, caller.principal, caller.action, made.id, scope=counties, **detail)
