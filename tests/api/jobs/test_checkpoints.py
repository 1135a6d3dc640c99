"""Checkpoints in the database: which are kept, and which is gone on from."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from api.jobs import checkpoints, lease
from api.jobs.checkpoints import Saved
from api.jobs.lease import Claimant, Lease
from api.jobs.queue import Limits, Reservation
from api.storage import schema
from api.storage.session import reading, writing
from tests.api.jobs.rounds import add_round, add_run, add_user, checkpoint_rows


def saved(
    score: int | None, rank: int = 1, solve: int = 1, name: str = "plan", bound: int | None = None
) -> Saved:
    stage = {"rank": rank, "solve": solve, "name": name}
    return Saved({"stage": stage, "score": score, "bound": bound}, stage_work=1.25)


@pytest.fixture
def held(database: sa.Engine) -> Lease:
    add_user(database)
    add_run(database, add_round(database, {"name": "示例轮次"}))
    claimed = lease.claim(database, Claimant("a", 1, 1), {}, Limits(), Reservation())
    assert claimed is not None
    return claimed.lease


def save(database: sa.Engine, held: Lease, *all_saved: Saved) -> None:
    for one in all_saved:
        with writing(database) as connection:
            lease.write(connection, held)
            checkpoints.save(connection, held, one)


def load(database: sa.Engine, held: Lease) -> Saved | None:
    with reading(database) as connection:
        return checkpoints.load(connection, held.run)


def bodies(database: sa.Engine) -> set[str]:
    table = schema.documents
    with reading(database) as connection:
        return set(connection.scalars(sa.select(table.c.digest).where(table.c.kind == "checkpoint")))


def test_the_last_two_of_each_stage_are_kept_with_their_documents_alone(
    database: sa.Engine, held: Lease
) -> None:
    assert load(database, held) is None
    save(database, held, *(saved(score) for score in (1, 2, 3)), saved(1, rank=2), saved(4), saved(5))
    rows = checkpoint_rows(database, held.run)
    assert [(row.stage, row.seq, row.score, row.epoch) for row in rows] == [
        ("2.1.plan", 4, 1, 1),
        ("1.1.plan", 5, 4, 1),
        ("1.1.plan", 6, 5, 1),
    ]
    assert bodies(database) == {row.body for row in rows}
    assert load(database, held) == saved(5)


def test_a_damaged_checkpoint_is_passed_over(database: sa.Engine, held: Lease) -> None:
    save(database, held, saved(1), saved(2))
    newest = checkpoint_rows(database, held.run)[-1].body
    with writing(database) as connection:
        table = schema.documents
        connection.execute(sa.update(table).where(table.c.digest == newest).values(body=b"damaged"))
    assert load(database, held) == saved(1)


@pytest.mark.parametrize(
    ("before", "after", "falls_behind", "gets_on"),
    [
        (None, saved(None), False, True),
        (saved(None), saved(3), False, True),
        (saved(3), saved(3), False, False),
        (saved(3), saved(2), True, False),
        (saved(3), saved(None), True, False),
        (saved(3), saved(4), False, True),
        (saved(3, bound=9), saved(3, bound=8), False, True),
        (saved(3, bound=9), saved(3, bound=9), False, False),
        (saved(3), saved(1, name="floor"), False, True),
        (saved(3), saved(None, rank=2), False, True),
        (saved(3, rank=2), saved(4, rank=1), False, False),
    ],
)
def test_what_is_worse_is_not_kept_and_what_is_more_is_getting_on(
    before: Any, after: Saved, falls_behind: bool, gets_on: bool
) -> None:
    assert after.falls_behind(before) == falls_behind
    assert after.gets_on(before) == gets_on
