"""The lease: its epoch alone says who may write. F1 and F2 are cases in which a library of durable workflows failed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from api.jobs import lease, peers
from api.jobs.ending import packed, write_ending
from api.jobs.kinds import Outcome, Ranked
from api.jobs.lease import Claimant, DatabaseAway, Fenced, Lease, within_reach
from api.jobs.queue import Limits, Reservation, ask
from api.storage.engine import open_database
from api.storage.session import reading, writing
from tests.api.jobs.databases import closing
from tests.api.jobs.rounds import add_round, add_run, add_user, events, plan_rows, run_row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.jobs.lease import Claimed
    from tests.api.postgres import PostgresServer

PLAN = Ranked(rank=1, score=12, bound=12, document={"rank": 1, "score": 12})
SOLVED = Outcome("done", result={"status": "optimal"}, plans=(PLAN,), work=1.5)
SPENT = {"spent_ms": 1000, "spent_work": 1.5}


def claimed_by(
    database: sa.Engine,
    name: str,
    gone: Mapping[str, int] | None = None,
    in_hand: tuple[str, ...] = (),
    *,
    orphans_only: bool = False,
) -> Claimed | None:
    claimant = Claimant(name, cores=2, free=2, in_hand=in_hand)
    return lease.claim(database, claimant, gone or {}, Limits(), Reservation(), orphans_only=orphans_only)


def enter(database: sa.Engine, *names: str) -> dict[str, int]:
    """Write workers down, and return their beats."""
    with writing(database) as connection:
        for name in names:
            peers.enter(connection, name, "host", 2)
        return peers.beats(connection)


def finish(database: sa.Engine, claimed: Claimed, outcome: Outcome = SOLVED) -> None:
    with writing(database) as connection:
        write_ending(connection, claimed.lease, claimed.row, outcome, packed(outcome), SPENT)


@pytest.fixture
def run(database: sa.Engine) -> str:
    add_user(database)
    return add_run(database, add_round(database, {"name": "示例轮次"}))


def test_a_claim_is_an_epoch_and_an_event(database: sa.Engine, run: str) -> None:
    claimed = claimed_by(database, "a")
    assert claimed is not None
    assert claimed.lease == Lease(run, 1)
    row = run_row(database, run)
    assert (row.state, row.owner, row.epoch, row.attempts) == ("running", "a", 1, 1)
    assert row.started_at is not None
    assert [(event.type, event.data) for event in events(database, run, "running")] == [
        ("running", {"owner": "a", "epoch": 1})
    ]
    assert claimed_by(database, "b") is None


def test_what_is_in_hand_is_not_claimed_again_but_what_an_earlier_life_had_is(
    database: sa.Engine, run: str
) -> None:
    claimed_by(database, "a")
    assert claimed_by(database, "a", in_hand=(run,)) is None
    again = claimed_by(database, "a")
    assert again is not None
    assert again.lease == Lease(run, 2)
    assert events(database, run, "taken_over")[0].data == {"owner": "a", "epoch": 2, "from": "a"}


def test_f1_who_was_stopped_after_its_claim_is_refused_and_the_run_is_published_once(
    database: sa.Engine, run: str
) -> None:
    beats = enter(database, "a", "b")
    first = claimed_by(database, "a")  # a is stopped here
    second = claimed_by(database, "b", {"a": beats["a"]})
    assert first is not None
    assert second is not None
    with pytest.raises(Fenced):  # a wakes
        finish(database, first)
    with pytest.raises(Fenced), writing(database) as connection:
        lease.write(connection, first.lease, [("progress", {})], score=1)
    with writing(database) as connection:
        assert lease.wishes(connection, [first.lease, second.lease]) == {second.lease: None}
    assert plan_rows(database, run) == []
    finish(database, second)
    row = run_row(database, run)
    assert (row.state, row.epoch, len(plan_rows(database, run))) == ("done", 2, 1)
    with pytest.raises(Fenced):
        finish(database, first)
    assert [event.type for event in events(database, run)] == ["queued", "running", "taken_over", "done"]


def test_f2_the_lease_outlives_an_outage_and_goes_on_with_the_first_try_after_it(
    own_postgres: PostgresServer,
) -> None:
    own_postgres.start()
    with closing(open_database(own_postgres.create_database("service"))) as database:
        add_user(database)
        run = add_run(database, add_round(database, {"name": "示例轮次"}))
        claimed = claimed_by(database, "a")
        assert claimed is not None
        own_postgres.stop()
        for _ in range(3):
            with pytest.raises(DatabaseAway), within_reach():
                finish(database, claimed)
        own_postgres.start()
        with within_reach():
            finish(database, claimed)  # the very first: nothing waits longer after a longer outage
        assert run_row(database, run).state == "done"


def test_a_worker_that_has_beaten_since_it_was_seen_is_not_robbed(database: sa.Engine, run: str) -> None:
    beats = enter(database, "a", "b")
    claimed_by(database, "a")
    enter(database, "a")  # its next life
    assert claimed_by(database, "b", {"a": beats["a"]}) is None
    assert run_row(database, run).owner == "a"


def test_a_commit_of_unknown_outcome_is_known_by_the_row(database: sa.Engine, run: str) -> None:
    claimed = claimed_by(database, "a")
    assert claimed is not None
    assert not lease.is_in(database, claimed.lease, "done")
    finish(database, claimed)
    with pytest.raises(Fenced):
        finish(database, claimed)
    assert lease.is_in(database, claimed.lease, "done")
    assert not lease.is_in(database, replace(claimed.lease, epoch=2), "done")
    assert len(plan_rows(database, run)) == 1
    assert [event.type for event in events(database, run)] == ["queued", "running", "done"]


def test_a_refused_ending_leaves_nothing(database: sa.Engine, run: str) -> None:
    claimed = claimed_by(database, "a")
    assert claimed is not None
    old = replace(claimed, lease=Lease(run, 0))
    with pytest.raises(Fenced):
        finish(database, old)
    assert plan_rows(database, run) == []
    with reading(database) as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM documents WHERE kind = 'result'")) == 0


def test_a_released_run_is_queued_again_and_keeps_its_epoch(database: sa.Engine, run: str) -> None:
    claimed = claimed_by(database, "a")
    assert claimed is not None
    with writing(database) as connection:
        lease.bring(connection, claimed.lease, "queued", {"released": 1}, owner=None)
    assert claimed_by(database, "b", orphans_only=True) is None
    with pytest.raises(Fenced):
        finish(database, claimed)
    again = claimed_by(database, "b")
    assert again is not None
    assert again.lease == Lease(run, 2)


def test_an_ended_run_is_nobodys(database: sa.Engine, run: str) -> None:
    claimed = claimed_by(database, "a")
    assert claimed is not None
    finish(database, claimed, Outcome("failed", "no_plan_found"))
    row = run_row(database, run)
    assert (row.state, row.reason_code, row.spent_ms) == ("failed", "no_plan_found", 1000)
    assert row.ended_at is not None
    assert claimed_by(database, "a") is None
    with writing(database) as connection:
        assert not ask(connection, run, "cancel", "user-1")
        assert not ask(connection, run, "stop", "user-1")
