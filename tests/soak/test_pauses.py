"""Pauses are read from the events of a run: from the harm that hit it to what it has to show next."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.soak.harms import Harm
from tests.soak.pauses import Pause, pauses_of


class Event(NamedTuple):
    seq: int
    at: int
    type: str
    data: dict[str, Any]


def events(*given: tuple[int, str, str | None]) -> list[Any]:
    """Return events by their time, type and owner."""
    return [
        Event(seq, at, kind, {} if owner is None else {"owner": owner})
        for seq, (at, kind, owner) in enumerate(given, start=1)
    ]


def harm(kind: str, at: int, since: int, mark: str = "", *workers: str) -> Harm:
    return Harm(1, kind, at, since, frozenset(workers or ("w-1",)), mark)


RUN = ((0, "queued", None), (100, "running", "w-1"), (900, "progress", None))


def test_from_a_death_to_the_first_news_of_the_next_owner() -> None:
    timeline = events(*RUN, (1050, "progress", None), (5500, "taken_over", "w-2"), (8000, "checkpoint", None))
    (pause,) = pauses_of("r", timeline, [harm("worker", 1000, 1010, "taken_over")])
    assert pause == Pause(1, "worker", "r", taken=4490, lasted=6990)


def test_from_the_return_of_the_database() -> None:
    timeline = events(*RUN, (4200, "checkpoint", None))
    (pause,) = pauses_of("r", timeline, [harm("database", 1000, 4000)])
    assert (pause.taken, pause.lasted) == (None, 200)


def test_who_was_not_hit_has_no_pause() -> None:
    timeline = events(*RUN, (1500, "progress", None), (9000, "done", None))
    assert pauses_of("r", timeline, [harm("worker", 1000, 1010, "taken_over", "w-2")]) == []
    assert pauses_of("r", timeline, [harm("worker", 1000, 1010, "taken_over")]) == []  # it was in flight
    assert pauses_of("r", timeline, [harm("child", 1000, 1010, "child_died")]) == []  # another child
    assert pauses_of("r", timeline, [harm("worker", 9500, 9510, "taken_over")]) == []  # it had ended
    assert pauses_of("r", timeline, [harm("worker", 50, 60, "taken_over")]) == []  # it waited


def test_a_run_that_nobody_took_over_stood_still() -> None:
    timeline = events(*RUN, (13_000, "progress", None))
    (pause,) = pauses_of("r", timeline, [harm("worker asleep", 1000, 1000, "taken_over")])
    assert (pause.taken, pause.lasted) == (None, 12_000)


def test_a_pause_that_was_broken_into_counts_from_the_later_harm() -> None:
    timeline = events(*RUN, (7000, "taken_over", "w-1"), (9000, "progress", None))
    harms = [harm("worker", 1000, 1010, "taken_over"), harm("worker", 5000, 5010, "taken_over")]
    assert [pause.lasted for pause in pauses_of("r", timeline, harms)] == [3990]
