"""The outbox: written with what it tells of or not at all, claimed by one at a time, taken over from the dead."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from api.hooks import outbox
from api.hooks.courier import LONGEST, pause_after
from api.hooks.repository import deliveries, webhooks
from api.hooks.repository.hosts import Host
from api.hooks.repository.hosts import put as put_host
from api.hooks.repository.webhooks import Webhook
from api.jobs.queue import ask
from api.storage import schema
from api.storage.session import reading, writing
from tests.api.jobs.rounds import NOW, add_round, add_run, add_user, run_row, small_county

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.hooks.repository.deliveries import Claimed


def add_webhook(database: sa.Engine, *events: str) -> str:
    """Put in a webhook, with a user and a host."""
    add_user(database)
    with writing(database) as connection:
        put_host(connection, Host("hooks.example", False))
        hook = Webhook("hook-1", "http://hooks.example/", "hooks.example", "ref", events, "user-1", NOW)
        webhooks.insert(connection, hook)
    return hook.id


def put(database: sa.Engine, count: int = 1) -> list[str]:
    """Put in trial deliveries."""
    with writing(database) as connection:
        return [outbox.put_test(connection, "hook-1").id for _ in range(count)]


def rows(database: sa.Engine) -> list[sa.Row[Any]]:
    with reading(database) as connection:
        return list(connection.execute(sa.select(schema.deliveries).order_by(schema.deliveries.c.id)))


def claimed(database: sa.Engine, at: int, *, until: int = 0, most: int = 8) -> Sequence[Claimed]:
    """Claim what is due at a time."""
    with writing(database) as connection:
        return deliveries.claim(connection, at, at + 10**8, until or at + 1000, most)


def write(database: sa.Engine, held: Claimed, **values: Any) -> None:
    with writing(database) as connection:
        deliveries.write(connection, held, **values)


def soon(database: sa.Engine) -> int:
    """Return a time at which everything is due."""
    return int(max(row.next_at for row in rows(database))) + 1


def test_a_run_that_ends_is_told_in_the_same_transaction(database: sa.Engine) -> None:
    add_webhook(database, "run.cancelled")
    run = add_run(database, add_round(database, small_county()))
    with database.connect() as connection, connection.begin() as transaction:
        assert ask(connection, run, "cancel", "user-1")
        transaction.rollback()
    assert (run_row(database, run).state, rows(database)) == ("queued", [])
    with writing(database) as connection:
        assert ask(connection, run, "cancel", "user-1")
    (row,) = rows(database)
    assert (row.event, row.state, row.body["run"]["state"]) == ("run.cancelled", "pending", "cancelled")
    assert row.body["delivery"] == row.id
    with writing(database) as connection:
        assert not ask(connection, run, "cancel", "user-1")
    assert len(rows(database)) == 1


def test_two_couriers_never_have_the_same(database: sa.Engine) -> None:
    add_webhook(database, "run.done")
    made = put(database, 40)
    at = soon(database)
    found: list[str] = []
    lock = threading.Lock()

    def take() -> None:
        while some := claimed(database, at, most=3):
            with lock:
                found.extend(one.id for one in some)

    couriers = [threading.Thread(target=take) for _ in range(4)]
    for courier in couriers:
        courier.start()
    for courier in couriers:
        courier.join()
    assert sorted(found) == sorted(made)


def test_a_claim_is_taken_over_when_its_time_is_up_and_the_late_one_writes_nothing(
    database: sa.Engine,
) -> None:
    add_webhook(database, "run.done")
    put(database)
    at = soon(database)
    (first,) = claimed(database, at, until=at + 500)
    assert claimed(database, at + 499) == []
    (second,) = claimed(database, at + 500)
    assert (second.id, second.epoch, second.attempts) == (first.id, first.epoch + 1, 2)
    write(database, first, state="delivered", ended_at=at)
    assert [row.state for row in rows(database)] == ["pending"]
    write(database, second, state="failed", ended_at=at, reason="refused", status=500)
    write(database, second, state="delivered", ended_at=at)
    (row,) = rows(database)
    assert (row.state, row.status, row.reason) == ("failed", 500, "refused")
    with writing(database) as connection:
        deliveries.again(connection, row.id, at)
    (third,) = claimed(database, at)
    assert (third.epoch, third.attempts) == (3, 1)
    write(database, second, state="delivered", ended_at=at)
    assert rows(database)[0].state == "pending"


def test_what_a_wrong_clock_put_off_for_years_is_due(database: sa.Engine) -> None:
    add_webhook(database, "run.done")
    put(database)
    at = soon(database)
    (held,) = claimed(database, at)
    write(database, held, next_at=at + 10**12)
    with reading(database) as connection:
        assert deliveries.is_any_due(connection, at, at + 10**8)
        assert not deliveries.is_any_due(connection, at, at + 10**13)
    assert [one.id for one in claimed(database, at)] == [held.id]


def test_pauses_grow_to_the_longest() -> None:
    pauses = [pause_after(attempts, 10) for attempts in range(1, 10)]
    assert pauses[:4] == [10, 30, 90, 270]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST


def test_a_webhook_is_not_deleted_from_under_what_tells_it(database: sa.Engine) -> None:
    """A run ends while an administrator deletes the webhook: both are done, one after the other."""
    add_webhook(database, "run.cancelled")
    run = add_run(database, add_round(database, small_county()))
    begun = threading.Event()

    def delete() -> None:
        begun.wait()
        with writing(database) as connection:
            assert webhooks.get(connection, "hook-1", lock=True)
            webhooks.delete(connection, "hook-1")

    deleting = threading.Thread(target=delete)
    deleting.start()
    with writing(database) as connection:
        assert ask(connection, run, "cancel", "user-1")
        begun.set()
        deleting.join(0.3)
        assert deleting.is_alive()
    deleting.join()
    assert run_row(database, run).state == "cancelled"
    assert rows(database) == []
