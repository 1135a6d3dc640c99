"""What plans ask of the database; a plan is found only in a round within the scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from api.rounds import repository as rounds
from api.storage import documents
from api.storage.schema import plans, revisions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.access.scopes import Scope
    from api.rounds.repository import Head


class PlanHead(NamedTuple):
    """A plan without its document."""

    id: str
    run_id: str | None
    round_id: str
    revision: int
    digest: str
    rank: int | None
    score: int | None
    bound: int | None
    origin: str
    parent_plan: str | None
    by: str
    at: int


class Found(NamedTuple):
    """A plan with its round, the counties that it is about, and the digest of the revision that it is a plan of."""

    head: PlanHead
    round: Head
    counties: list[str]
    round_digest: str


_PLAN = tuple(plans.c[name] for name in PlanHead._fields)


def found(connection: sa.Connection, scope: Scope, plan_id: str) -> Found | None:
    """Return a plan of a round within the scope that is not deleted."""
    row = connection.execute(sa.select(*_PLAN).where(plans.c.id == plan_id)).one_or_none()
    round_ = None if row is None else rounds.head(connection, scope, row.round_id)
    if row is None or round_ is None:
        return None
    head = PlanHead._make(row)
    digest = connection.execute(
        sa.select(revisions.c.digest).where(
            revisions.c.round_id == head.round_id, revisions.c.number == head.revision
        )
    ).scalar_one()
    counties = rounds.counties_of(connection, [round_.id])[round_.id]
    return Found(head, round_, counties, digest)


def page(connection: sa.Connection, round_: Head, before: str | None, most: int) -> list[PlanHead]:
    """Return at most ``most`` plans of a round that was found, newest first, made before the one named."""
    query = sa.select(*_PLAN).where(plans.c.round_id == round_.id).order_by(plans.c.id.desc()).limit(most)
    if before is not None:
        query = query.where(plans.c.id < before)
    return [PlanHead._make(row) for row in connection.execute(query)]


def better(connection: sa.Connection, head: PlanHead) -> list[str]:
    """Return the digests of the plans that its run ranks before a plan, rank 1 first."""
    if head.run_id is None or head.rank is None:
        return []
    query = sa.select(plans.c.digest).where(plans.c.run_id == head.run_id, plans.c.rank < head.rank)
    return list(connection.execute(query.order_by(plans.c.rank)).scalars())


def ranked(connection: sa.Connection, head: PlanHead) -> list[str]:
    """Return the digests of all plans of a plan's run, rank 1 first; its own where it is of no run."""
    if head.run_id is None or head.rank is None:
        return [head.digest]
    query = sa.select(plans.c.digest).where(plans.c.run_id == head.run_id, plans.c.rank.is_not(None))
    return list(connection.execute(query.order_by(plans.c.rank)).scalars())


def insert(connection: sa.Connection, head: PlanHead) -> None:
    """Put in a plan whose document is kept already."""
    connection.execute(sa.insert(plans).values(**head._asdict()))


def put_document(connection: sa.Connection, document: Mapping[str, Any]) -> str:
    """Keep a plan's document and return its digest."""
    return documents.put(connection, "plan", document)


def document(connection: sa.Connection, head: PlanHead) -> dict[str, Any]:
    """Return the document of a plan that was found."""
    data: dict[str, Any] = documents.get(connection, head.digest)
    return data


def document_text(connection: sa.Connection, head: PlanHead) -> str:
    """Return the canonical JSON of the document of a plan that was found."""
    return documents.get_text(connection, head.digest)
