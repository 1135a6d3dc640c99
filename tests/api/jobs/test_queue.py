"""The queue: whose run is next, and where one stands."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from api.jobs import lease
from api.jobs.lease import Claimant
from api.jobs.queue import RESERVED_AFTER, Limits, Reservation, ask, position, submit
from api.storage import schema
from api.storage.session import reading, writing
from tests.api.jobs.rounds import add_round, add_run, add_user, events, run_row, submission

GENEROUS = Limits()


@pytest.fixture
def round_id(database: sa.Engine) -> str:
    add_user(database)
    add_user(database, "user-2")
    return add_round(database, {"name": "示例轮次"})


def next_run(
    database: sa.Engine, free: int = 2, limits: Limits = GENEROUS, reservation: Reservation | None = None
) -> str | None:
    """Claim for a worker of two cores, so many of them idle."""
    claimant = Claimant("a", cores=2, free=free, in_hand=everything(database))
    claimed = lease.claim(database, claimant, {}, limits, reservation or Reservation())
    return None if claimed is None else claimed.lease.run


def everything(database: sa.Engine) -> list[str]:
    with reading(database) as connection:
        return list(connection.scalars(sa.select(schema.runs.c.id)))


def places(database: sa.Engine, *runs: str) -> list[int | None]:
    with reading(database) as connection:
        return [position(connection, run) for run in runs]


def test_submitting_is_an_event(database: sa.Engine, round_id: str) -> None:
    run = add_run(database, round_id)
    row = run_row(database, run)
    assert (row.state, row.priority, row.cores, row.event_seq) == ("queued", 5, 1, 1)
    (event,) = events(database, run)
    assert (event.seq, event.type, event.data) == (1, "queued", {"by": "user-1"})
    assert event.at == pytest.approx(row.created_at, abs=5000)


def test_a_submission_is_undone_with_its_transaction(database: sa.Engine, round_id: str) -> None:
    with writing(database) as connection:
        submit(connection, submission(round_id))
        connection.rollback()
    assert everything(database) == []


def test_urgent_runs_come_first_then_those_of_who_has_least_at_work_then_the_oldest(
    database: sa.Engine, round_id: str
) -> None:
    first = add_run(database, round_id)
    second = add_run(database, round_id)
    others = add_run(database, round_id, "user-2")
    urgent = add_run(database, round_id, priority=1)
    assert places(database, urgent, first, second, others) == [1, 2, 3, 4]
    assert next_run(database) == urgent
    # user-1 has one at work now.
    assert places(database, urgent, others, first, second) == [None, 1, 2, 3]
    assert [next_run(database) for _ in range(4)] == [others, first, second, None]


def test_limits_hold_for_a_user_and_for_all(database: sa.Engine, round_id: str) -> None:
    runs = [add_run(database, round_id) for _ in range(2)]
    others = [add_run(database, round_id, "user-2") for _ in range(2)]
    limits = Limits(per_user=1, total=2)
    assert {next_run(database, limits=limits), next_run(database, limits=limits)} == {runs[0], others[0]}
    assert next_run(database, limits=limits) is None
    assert next_run(database, limits=Limits(per_user=1, total=9)) is None
    assert next_run(database, limits=Limits(per_user=2, total=9)) == runs[1]


def test_a_run_waits_for_the_cores_it_needs(database: sa.Engine, round_id: str) -> None:
    big = add_run(database, round_id, cores=2)
    too_big = add_run(database, round_id, cores=3)
    small = add_run(database, round_id)
    assert next_run(database, free=1) == small
    assert next_run(database, free=1) is None
    assert next_run(database, free=2) == big
    assert next_run(database, free=2) is None
    assert run_row(database, too_big).state == "queued"


def test_cores_are_kept_for_a_big_run_that_has_waited(database: sa.Engine, round_id: str) -> None:
    now = [0.0]
    reservation = Reservation(lambda: now[0])
    big = add_run(database, round_id, cores=2)
    small = [add_run(database, round_id, priority=1) for _ in range(3)]
    assert next_run(database, free=1, reservation=reservation) == small[0]
    now[0] += RESERVED_AFTER - 1
    assert next_run(database, free=1, reservation=reservation) == small[1]
    now[0] += 1
    assert next_run(database, free=1, reservation=reservation) is None
    with writing(database) as connection:
        connection.execute(sa.update(schema.runs).where(schema.runs.c.id == small[2]).values(priority=9))
    assert next_run(database, free=2, reservation=reservation) == big


def test_a_queued_run_is_cancelled_at_once(database: sa.Engine, round_id: str) -> None:
    for asked in ("stop", "cancel"):
        run = add_run(database, round_id)
        with writing(database) as connection:
            assert ask(connection, run, asked, "user-1")
        row = run_row(database, run)
        assert (row.state, row.asked, row.reason_code) == ("cancelled", asked, "cancelled")
        assert row.ended_at is not None
        assert next_run(database) is None


def test_a_running_run_is_asked_to_stop_once_and_may_be_cancelled_then(
    database: sa.Engine, round_id: str
) -> None:
    run = add_run(database, round_id)
    next_run(database)
    answers = []
    for asked in ("stop", "stop", "cancel", "cancel", "stop"):
        with writing(database) as connection:
            answers.append(ask(connection, run, asked, "user-1"))
    assert answers == [True, False, True, False, False]
    row = run_row(database, run)
    assert (row.state, row.asked) == ("stopping", "cancel")
    assert [event.type for event in events(database, run)] == ["queued", "running", "stopping", "asked"]


def test_a_kind_that_this_program_does_not_know_waits_for_one_that_does(
    database: sa.Engine, round_id: str
) -> None:
    add_run(database, round_id, kind="of_tomorrow")
    assert next_run(database) is None
