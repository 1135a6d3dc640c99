"""A run in hand: the ends that it comes to without a child's answer."""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from api.jobs import lease
from api.jobs.hand import MOST_ATTEMPTS, Hand
from api.jobs.lease import Claimant
from api.jobs.queue import Limits, Reservation, ask
from api.storage import schema
from api.storage.session import writing
from tests.api.jobs.fleet import wait_for
from tests.api.jobs.killing import assert_sound
from tests.api.jobs.rounds import add_round, add_run, add_user, events, run_row, small_county

if TYPE_CHECKING:
    from api.jobs.lease import Claimed

MEMORY = 8 << 30


def claimed_run(database: sa.Engine, **changes: Any) -> Claimed:
    """Queue a run with such columns, and claim it."""
    add_user(database)
    run = add_run(database, add_round(database, small_county()))
    if changes:
        with writing(database) as connection:
            connection.execute(sa.update(schema.runs).where(schema.runs.c.id == run).values(**changes))
    claimed = lease.claim(database, Claimant("a", 1, 1), {}, Limits(), Reservation())
    assert claimed is not None
    return claimed


def ended(database: sa.Engine, claimed: Claimed) -> tuple[str, str | None, str | None]:
    row = run_row(database, claimed.lease.run)
    assert_sound(database, claimed.lease.run)
    return row.state, row.reason_code, row.reason


def test_a_run_that_was_begun_too_often_fails(database: sa.Engine) -> None:
    claimed = claimed_run(database, attempts=MOST_ATTEMPTS)
    hand = Hand(database, claimed, MEMORY)
    hand.step()
    assert hand.is_over
    assert ended(database, claimed) == ("failed", "too_many_attempts", '{"attempts": 20, "deaths": 0}')


def test_a_run_whose_round_is_damaged_fails(database: sa.Engine) -> None:
    claimed = claimed_run(database)
    with writing(database) as connection:
        connection.execute(sa.update(schema.documents).values(body=b"damaged"))
    hand = Hand(database, claimed, MEMORY)
    hand.step()
    assert ended(database, claimed) == ("failed", "documents_damaged", "{}")


def test_a_run_whose_settings_this_program_does_not_take_fails(database: sa.Engine) -> None:
    claimed = claimed_run(database, settings={"effort": -1})
    hand = Hand(database, claimed, MEMORY)
    hand.step()
    assert ended(database, claimed) == ("failed", "invalid", '{"codes": "settings"}')


def test_a_run_whose_round_is_not_valid_fails_and_names_the_problems(database: sa.Engine) -> None:
    add_user(database)
    document = {**small_county(), "schema": "round/0"}
    run = add_run(database, add_round(database, document))
    claimed = lease.claim(database, Claimant("a", 1, 1), {}, Limits(), Reservation())
    assert claimed is not None
    hand = Hand(database, claimed, MEMORY)

    def is_over() -> bool:
        hand.step()
        return hand.is_over

    wait_for(is_over, "the child to say so")
    assert ended(database, claimed)[:2] == ("failed", "invalid")
    assert run_row(database, run).reason != '{"codes": ""}'


def test_a_cancelled_run_has_no_child_any_more(database: sa.Engine) -> None:
    claimed = claimed_run(database)
    hand = Hand(database, claimed, MEMORY)
    hand.step()  # begins its child
    with writing(database) as connection:
        assert ask(connection, claimed.lease.run, "cancel", "user-1")
    hand.heed("cancel")
    wait_for(lambda: hand.is_over, "the child to be gone")
    assert ended(database, claimed) == ("cancelled", "cancelled", "{}")


def test_an_ending_whose_commit_went_unheard_is_not_written_twice(database: sa.Engine) -> None:
    claimed = claimed_run(database)
    for _ in range(2):  # the second is the try after the commit that nobody heard of
        hand = Hand(database, claimed, MEMORY)
        hand.heed("cancel")
        assert hand.is_over
    assert ended(database, claimed) == ("cancelled", "cancelled", "{}")
    assert len(events(database, claimed.lease.run, "cancelled")) == 1


@pytest.mark.parametrize("stopping", [False, True])
def test_a_released_run_waits_for_any_worker_and_is_still_to_stop_if_it_was(
    database: sa.Engine, stopping: bool
) -> None:
    claimed = claimed_run(database)
    run = claimed.lease.run
    hand = Hand(database, claimed, MEMORY)
    if stopping:
        with writing(database) as connection:
            ask(connection, run, "stop", "user-1")
        hand.heed("stop")
    hand.release()
    row = run_row(database, run)
    assert (row.state, row.owner) == ("stopping" if stopping else "queued", None)
    again = lease.claim(database, Claimant("b", 1, 1), {}, Limits(), Reservation())
    assert again is not None
    assert (again.lease.run, again.row["asked"]) == (run, "stop" if stopping else None)


def test_a_run_that_was_given_back_is_cancelled_without_a_worker(database: sa.Engine) -> None:
    claimed = claimed_run(database)
    run = claimed.lease.run
    hand = Hand(database, claimed, MEMORY)
    with writing(database) as connection:
        ask(connection, run, "stop", "user-1")
    hand.heed("stop")
    hand.release()
    with writing(database) as connection:
        assert ask(connection, run, "cancel", "user-1")
    assert ended(database, claimed) == ("cancelled", "cancelled", "{}")


def stopped_hand(database: sa.Engine, monkeypatch: pytest.MonkeyPatch, *, with_plan: bool) -> Hand:
    """Return a run in hand whose child, asleep, was told to stop: before it had a plan, or after it was saved."""
    monkeypatch.setattr("api.jobs.patience.PATIENCE", 1.0)
    claimed = claimed_run(database, settings={"effort": 400.0, "plans": 9})
    hand = Hand(database, claimed, MEMORY)
    hand.step()
    (child,) = wait_for(children, "the child")

    def has_plan() -> bool:
        hand.step()
        return run_row(database, claimed.lease.run).score is not None

    if with_plan:
        wait_for(has_plan, "a plan")
    os.kill(child, signal.SIGSTOP)
    with writing(database) as connection:
        assert ask(connection, claimed.lease.run, "stop", "user-1")
    hand.heed("stop")
    return hand


def children() -> list[int]:
    """Return the processes that solve for this one."""
    found = subprocess.run(
        ["pgrep", "-P", str(os.getpid()), "-f", "api.jobs.child"], capture_output=True, text=True, check=False
    )
    return [int(line) for line in found.stdout.split()]


def test_a_run_whose_child_does_not_heed_a_stop_and_has_no_plan_comes_to_none(
    database: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = stopped_hand(database, monkeypatch, with_plan=False)

    def is_over() -> bool:
        hand.step()
        return hand.is_over

    wait_for(is_over, "its end")
    row = run_row(database, hand.lease.run)
    assert (row.state, row.reason_code, row.child_deaths) == ("cancelled", "stopped_before_plan", 0)
    assert_sound(database, hand.lease.run)


def test_a_plan_is_taken_up_from_a_child_that_does_not_heed_a_stop(
    database: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = stopped_hand(database, monkeypatch, with_plan=True)
    score = run_row(database, hand.lease.run).score

    def is_over() -> bool:
        hand.step()
        return hand.is_over

    wait_for(is_over, "its end")
    row = run_row(database, hand.lease.run)
    assert (row.state, row.child_deaths) == ("done", 0)
    assert row.score >= score
    assert [event.data["how"] for event in events(database, hand.lease.run, "child_died")][:1] == ["-9"]
    assert_sound(database, hand.lease.run)
