"""What a child said, as it is written into the run, its events and its checkpoints."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from api.jobs.attempt import News
    from api.jobs.checkpoints import Saved
    from api.jobs.repository import Event


@dataclass(slots=True)
class Entry:
    """One write about a run.

    Attributes
    ----------
    events, values
        Its events, and the columns of its row.
    kept
        The checkpoints to save, the newest last.
    gets_on
        Whether it is further than ever: then deaths and attempts are counted anew.
    """

    events: list[Event] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    kept: list[Saved] = field(default_factory=list)
    gets_on: bool = False


def entry_of(news: News, before: Saved | None, epoch: int) -> Entry:
    """Return what is written of some news, ``before`` being the checkpoint that was saved last."""
    entry = Entry()
    if news.anew is not None:
        entry.events.append(("begun_anew", {"codes": news.anew.codes, "epoch": epoch}))
        before = None
    for saved in news.saved.values():
        _take(entry, saved, before, epoch)
        before = entry.kept[-1] if entry.kept else before
    if entry.gets_on:
        entry.values |= {"attempts": 0, "child_deaths": 0}
    progress = news.progress
    if progress is not None:
        shown = progress.model_dump(include={"seconds", "phase", "score", "bound", "rank"})
        entry.events.append(("progress", shown))
        entry.values |= {"phase": progress.phase, "rank": progress.rank}
    return entry


def _take(entry: Entry, saved: Saved, before: Saved | None, epoch: int) -> None:
    """Take a checkpoint, unless its plan is worse than the one that is saved of its stage."""
    shown = {"stage": saved.stage, "score": saved.score, "bound": saved.bound, "epoch": epoch}
    if saved.falls_behind(before):
        if saved.score is not None:  # without a plan, it has not come back to it yet
            entry.events.append(("fell_behind", shown))
        return
    entry.kept.append(saved)
    entry.gets_on = entry.gets_on or saved.gets_on(before)
    entry.events.append(("checkpoint", shown))
    if saved.place[0] == 1 and saved.score is not None:
        entry.values |= {"score": saved.score, "bound": saved.bound}
