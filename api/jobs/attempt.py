"""One attempt at a run: a child's life, what it says kept until it is written down, and what came of it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import ValidationError

from api.jobs.checkpoints import Saved
from api.jobs.guard import CannotBegin, child_of_this_thread
from api.jobs.kinds import KINDS, Outcome
from api.jobs.messages import (
    STOP,
    AnewLine,
    CheckpointLine,
    FailureLine,
    ProgressLine,
    ResultLine,
    line_of,
)
from api.jobs.reasons import REASONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.jobs.guard import Child
    from api.jobs.messages import Line, Task


@dataclass(frozen=True, slots=True)
class Broken:
    """A child that ended without an answer.

    Attributes
    ----------
    how
        By which error, or by which exit status or signal (negative).
    was_begun
        Whether there was a child at all.
    """

    how: str
    was_begun: bool = True


@dataclass(slots=True)
class News:
    """What a child said since it was last written down: of what replaces each other only the newest.

    Attributes
    ----------
    progress
        Where it stands.
    saved
        The newest checkpoint of each stage that it was in.
    anew
        Why it could not go on from its checkpoint.
    """

    progress: ProgressLine | None = None
    saved: dict[str, Saved] = field(default_factory=dict)
    anew: AnewLine | None = None

    def __bool__(self) -> bool:
        return self.progress is not None or bool(self.saved) or self.anew is not None


class Attempt:
    """A child at work, in a thread of its own that begins it, listens to it and waits for its end.

    Parameters
    ----------
    task
        What it is to do.
    wake
        Called when something has come of it.

    Attributes
    ----------
    seconds, work
        How long it has worked, and how much, by its latest line.
    ending
        What came of it, once it has ended: the outcome has stood the check.
    """

    def __init__(self, task: Task, wake: Callable[[], None]) -> None:
        self.seconds = 0.0
        self.work = 0.0
        self.ending: Outcome | Broken | None = None
        self._task = task
        self._wake = wake
        self._lock = threading.Lock()
        self._news = News()
        self._child: Child | None = None
        self._is_told = False
        self._is_to_stop = False
        self._is_to_die = False
        self._thread = threading.Thread(target=self._live, daemon=True)

    def begin(self) -> None:
        """Begin the child."""
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Whether child and thread are gone."""
        if self.ending is not None:
            self._thread.join()  # it has nothing left to do
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Tell the child to end soon with the best plan that it has."""
        with self._lock:
            child = self._child if self._is_told and not self._is_to_stop else None
            self._is_to_stop = True
        if child is not None:
            child.say(STOP)

    def kill(self) -> None:
        """End the child at once."""
        with self._lock:
            self._is_to_die = True
            if self._child is not None:
                self._child.kill()

    def news(self) -> News:
        """Return what is to be written down."""
        with self._lock:
            return News(self._news.progress, dict(self._news.saved), self._news.anew)

    def written(self, news: News) -> None:
        """Forget what has been written down, and nothing that came after it."""
        with self._lock:
            now = self._news
            if now.progress is news.progress:
                now.progress = None
            if now.anew is news.anew:
                now.anew = None
            now.saved = {
                stage: saved for stage, saved in now.saved.items() if saved is not news.saved.get(stage)
            }

    def _live(self) -> None:
        try:
            self.ending = self._ended()
        except CannotBegin as error:
            self.ending = Broken(str(error), was_begun=False)
        except Exception as error:  # a fault of ours in one run must not end the worker
            self.ending = Broken(type(error).__name__)
        self._wake()

    def _ended(self) -> Outcome | Broken:
        """Live through the child's life, and return what came of it."""
        last: Line | None = None
        with child_of_this_thread("api.jobs.child") as child:
            if not self._tell(child):
                return Broken("killed")
            for text in child.lines:
                if not text.endswith(b"\n"):
                    break  # it died in the middle of a line
                last = self._take(text)
            status = child.end()
            lacked_memory = child.lacked_memory()
        if isinstance(last, ResultLine):
            return KINDS[self._task.kind].outcome(self._task, last.document)
        if isinstance(last, FailureLine):
            if last.code in REASONS:
                return Outcome("failed", last.code, details=last.details)
            return Broken(str(last.details.get("error", last.code)))
        if lacked_memory:
            return Outcome("failed", "out_of_memory", details={"mebibytes": self._task.memory >> 20})
        return Broken(str(status))

    def _tell(self, child: Child) -> bool:
        """Give the child its task; return whether it is to live at all."""
        with self._lock:
            if self._is_to_die:
                return False
            self._child = child
        child.say(self._task.line())
        with self._lock:
            self._is_told = True
            is_to_stop = self._is_to_stop
        if is_to_stop:
            child.say(STOP)
        return True

    def _take(self, text: bytes) -> Line | None:
        try:
            line = line_of(text)
        except ValidationError:
            return None
        self.seconds, self.work = line.seconds, line.work
        with self._lock:
            if isinstance(line, ProgressLine):
                self._news.progress = line
            elif isinstance(line, AnewLine):
                self._news.anew = line
            elif isinstance(line, CheckpointLine):
                saved = Saved(line.checkpoint, line.stage_work)
                self._news.saved.pop(saved.stage, None)  # it comes last, behind the stages before it
                self._news.saved[saved.stage] = saved
        return line
