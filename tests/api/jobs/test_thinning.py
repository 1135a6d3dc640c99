"""What is left of a run's events when it has ended: everything that told something, under its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.jobs.queue import ask
from api.jobs.repository import update
from api.jobs.thinning import spare_events
from api.storage.schema import runs
from api.storage.session import writing
from tests.api.jobs.rounds import add_round, add_run, add_user, events, run_row, small_county

if TYPE_CHECKING:
    import sqlalchemy as sa


def progress(score: int | None, phase: str = "improve", **more: Any) -> tuple[str, dict[str, Any]]:
    return "progress", {"phase": phase, "rank": 1, "score": score, **more}


def checkpoint(score: int | None, stage: str = "1.1.columns", **more: Any) -> tuple[str, dict[str, Any]]:
    return "checkpoint", {"stage": stage, "score": score, **more}


SAID = [
    progress(None, "begin"), checkpoint(None), progress(5, seconds=1), progress(5, seconds=2, bound=9), checkpoint(5),
    ("child_died", {"how": "-9"}), progress(5, seconds=3), checkpoint(5, bound=8), progress(7), ("taken_over", {}),
    ("taken_over", {}), checkpoint(7), checkpoint(7, "1.2.floor"), progress(7, "prove"), progress(7, "prove", bound=7),
]  # fmt: skip
#: By their place in what was said.
SPARE = [3, 6, 7, 14]


def test_what_told_nothing_new_is_spare() -> None:
    told = [(number, *one) for number, one in enumerate(SAID)]
    assert spare_events(told) == SPARE
    left = [one for one in told if one[0] not in SPARE]
    assert spare_events(left) == []


def test_a_run_that_ends_is_thinned_and_keeps_its_numbers(database: sa.Engine) -> None:
    add_user(database)
    run, other = (add_run(database, add_round(database, small_county())) for _ in range(2))
    with writing(database) as connection:
        for one in (run, other):
            assert update(connection, [runs.c.id == one], SAID)
            many = [progress(7, "prove", seconds=second) for second in range(1200)]
            assert update(connection, [runs.c.id == one], many)
    with writing(database) as connection:
        assert ask(connection, run, "cancel", "user-1")
    left = events(database, run)
    last = 1 + len(SAID) + 1200 + 1
    kept = [number + 2 for number in range(len(SAID)) if number not in SPARE]
    assert [event.seq for event in left] == [1, *kept, last]
    assert (left[-1].type, run_row(database, run).event_seq) == ("cancelled", last)
    assert len(events(database, other)) == last - 1
