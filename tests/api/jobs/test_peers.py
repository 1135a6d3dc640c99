"""Who is gone: by the observer's own clock alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.jobs import peers
from api.jobs.peers import ABSENCE, SILENCE, Peers
from api.storage.session import writing

if TYPE_CHECKING:
    import sqlalchemy as sa


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def go_on(self, seconds: float) -> None:
        self.now += seconds


def watch(observer: Peers, clock: Clock, beats: dict[str, int], seconds: float) -> dict[str, int]:
    """Look every half second for so long, and return what was found at last."""
    gone: dict[str, int] = {}
    for _ in range(round(seconds / 0.5)):
        clock.go_on(0.5)
        gone = observer.look(beats)
    return gone


def test_a_worker_is_gone_when_its_beat_has_not_changed_for_four_seconds() -> None:
    clock = Clock()
    observer = Peers("me", clock)
    observer.look({"me": 1, "a": 7})
    assert watch(observer, clock, {"me": 1, "a": 7}, SILENCE - 0.5) == {}
    assert watch(observer, clock, {"me": 1, "a": 7}, 0.5) == {"a": 7}


def test_a_worker_that_beats_is_there_whatever_its_number() -> None:
    clock = Clock()
    observer = Peers("me", clock)
    for number in (5, 4, 3, 2, 1):
        assert watch(observer, clock, {"a": number}, 3.5) == {}


def test_an_observer_that_was_away_begins_anew() -> None:
    clock = Clock()
    observer = Peers("me", clock)
    observer.look({"a": 7})
    watch(observer, clock, {"a": 7}, SILENCE - 0.5)
    clock.go_on(ABSENCE + 0.1)
    assert observer.look({"a": 7}) == {}
    assert watch(observer, clock, {"a": 7}, SILENCE - 0.5) == {}
    assert watch(observer, clock, {"a": 7}, 0.5) == {"a": 7}


def test_a_new_life_goes_on_with_the_beat_of_the_last(database: sa.Engine) -> None:
    for beat in (1, 2, 3):
        with writing(database) as connection:
            peers.enter(connection, "a", "host", 2)
            assert peers.beats(connection) == {"a": beat}


def test_who_is_not_written_down_learns_it(database: sa.Engine) -> None:
    with writing(database) as connection:
        assert not peers.beat(connection, "a")
        peers.enter(connection, "a", "host", 2)
        assert peers.beat(connection, "a")
        assert peers.beats(connection) == {"a": 2}
