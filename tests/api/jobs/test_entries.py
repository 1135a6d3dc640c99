"""What of a child's words is written down."""

from __future__ import annotations

from typing import Any

from api.jobs.attempt import News
from api.jobs.checkpoints import Saved
from api.jobs.entries import entry_of
from api.jobs.messages import AnewLine, ProgressLine

BETTER = {"attempts": 0, "child_deaths": 0}


def saved(score: int | None, rank: int = 1, name: str = "plan") -> Saved:
    stage = {"rank": rank, "solve": 1, "name": name}
    return Saved({"stage": stage, "score": score, "bound": 20}, 1.0)


def news(*all_saved: Saved, **more: Any) -> News:
    return News(saved={one.stage: one for one in all_saved}, **more)


def test_a_better_plan_is_a_checkpoint_and_the_runs_score() -> None:
    entry = entry_of(news(saved(12)), saved(11), epoch=3)
    assert entry.events == [("checkpoint", {"stage": "1.1.plan", "score": 12, "bound": 20, "epoch": 3})]
    assert entry.values == {"score": 12, "bound": 20, **BETTER}
    assert entry.kept == [saved(12)]


def test_the_same_once_more_is_saved_and_is_no_getting_on() -> None:
    entry = entry_of(news(saved(12)), saved(12), epoch=3)
    assert (entry.kept, entry.gets_on, entry.values) == ([saved(12)], False, {"score": 12, "bound": 20})


def test_a_worse_plan_is_told_and_not_saved() -> None:
    entry = entry_of(news(saved(10)), saved(12), epoch=3)
    assert (entry.kept, entry.values) == ([], {})
    assert [kind for kind, _ in entry.events] == ["fell_behind"]


def test_who_has_not_come_back_to_its_plan_is_not_saved() -> None:
    entry = entry_of(news(saved(None)), saved(12), epoch=3)
    assert (entry.kept, entry.events) == ([], [])


def test_a_plan_of_a_later_rank_is_not_the_runs_score() -> None:
    entry = entry_of(news(saved(12), saved(9, rank=2)), saved(11), epoch=3)
    assert entry.values == {"score": 12, "bound": 20, **BETTER}
    assert entry.kept == [saved(12), saved(9, rank=2)]


def test_who_begins_anew_has_nothing_to_fall_behind() -> None:
    anew = AnewLine(seconds=0, work=0, codes=["checkpoint_of_other_rules"])
    entry = entry_of(news(saved(3), anew=anew), saved(12), epoch=3)
    assert entry.kept == [saved(3)]
    assert [kind for kind, _ in entry.events] == ["begun_anew", "checkpoint"]


def test_progress_is_an_event_and_the_runs_phase() -> None:
    line = ProgressLine(seconds=1.5, work=1, phase="columns", score=None, bound=20, rank=2)
    entry = entry_of(News(progress=line), None, epoch=3)
    shown = {"seconds": 1.5, "phase": "columns", "score": None, "bound": 20, "rank": 2}
    assert entry.events == [("progress", shown)]
    assert entry.values == {"phase": "columns", "rank": 2}
