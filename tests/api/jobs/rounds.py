"""Small real rounds in the database, and runs of them; all names are invented."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from api.jobs.queue import Submission, submit
from api.storage import documents, schema
from api.storage.canonical import digest_of
from api.storage.identifiers import new_identifier
from api.storage.session import reading, writing
from matcher.synth import county_of

if TYPE_CHECKING:
    from collections.abc import Mapping

STRESS = Path(__file__).parents[3] / "data" / "samples" / "stress"
NOW = 1_790_000_000_000


@cache
def small_county(villages: int = 25, seed: int = 1) -> dict[str, Any]:
    return dict(county_of(villages, seed=seed))


@cache
def without_enough_people() -> dict[str, Any]:
    """Return a round that no plan meets."""
    document: dict[str, Any] = json.loads((STRESS / "short_pool" / "round.json").read_text(encoding="utf-8"))
    return document


def add_user(database: sa.Engine, user: str = "user-1") -> str:
    with writing(database) as connection:
        connection.execute(sa.insert(schema.principals).values(id=user, kind="user", name=f"示例用户 {user}"))
    return user


def add_round(database: sa.Engine, document: Mapping[str, Any], user: str = "user-1") -> str:
    """Put in a round of one revision, and return its identifier."""
    identifier = new_identifier()
    by = {"by": user, "at": NOW}
    with writing(database) as connection:
        digest = documents.put(connection, "round", document)
        row = {"id": identifier, "name": "示例轮次", "region": "示例县", "created_by": user, "at": NOW}
        connection.execute(sa.insert(schema.rounds).values(**row))
        revision = {"round_id": identifier, "number": 1, "digest": digest, "reason": "first"}
        connection.execute(sa.insert(schema.revisions).values(**revision, edits=[], warnings=[], **by))
    return identifier


def submission(round_id: str, user: str = "user-1", **changes: Any) -> Submission:
    given: dict[str, Any] = {
        "round_id": round_id,
        "revision": 1,
        "kind": "solve",
        "settings": {"effort": 4.0},
        "rules_digest": digest_of("{}"),
        "versions": {"matcher": "0"},
        "user_id": user,
    }
    return Submission(**(given | changes))


def add_run(database: sa.Engine, round_id: str, user: str = "user-1", **changes: Any) -> str:
    with writing(database) as connection:
        return submit(connection, submission(round_id, user, **changes))


def run_row(database: sa.Engine, run: str) -> sa.Row[Any]:
    with reading(database) as connection:
        return connection.execute(sa.select(schema.runs).where(schema.runs.c.id == run)).one()


def events(database: sa.Engine, run: str, *types: str) -> list[sa.Row[Any]]:
    """Return a run's events in order, all of them or those of some types."""
    table = schema.run_events
    statement = sa.select(table).where(table.c.run_id == run).order_by(table.c.seq)
    with reading(database) as connection:
        rows = connection.execute(statement).all()
    return [row for row in rows if not types or row.type in types]


def plan_rows(database: sa.Engine, run: str) -> list[sa.Row[Any]]:
    table = schema.plans
    with reading(database) as connection:
        return list(connection.execute(sa.select(table).where(table.c.run_id == run).order_by(table.c.rank)))


def checkpoint_rows(database: sa.Engine, run: str) -> list[sa.Row[Any]]:
    table = schema.checkpoints
    with reading(database) as connection:
        return list(connection.execute(sa.select(table).where(table.c.run_id == run).order_by(table.c.seq)))
