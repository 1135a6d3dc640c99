"""What every method is given and what it hands back."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from matcher.solving import Stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from matcher.plan import Post
    from matcher.round import Round

#: How a method itself says that it ended; whether its plan is one is for the checker to say.
Said = Literal["plan", "no plan", "infeasible", "not installed"]


class Recorder:
    """Writes every better plan and bound of a run as it is found, so that a killed run leaves what it had.

    Parameters
    ----------
    folder
        Where to write ``trace.jsonl`` and ``posts.json``.
    began
        When the process began, on the monotonic clock.
    """

    def __init__(self, folder: Path, began: float) -> None:
        self.folder = folder
        self.began = began
        self.score: int | None = None
        self.bound: int | None = None

    def found(self, score: int, posts: Iterable[Post] | None = None) -> None:
        """Take a plan; posts that are not given yet must follow before the end."""
        if self.score is None or score > self.score:
            self.score = score
            if posts is not None:
                self.write(posts)
            self._trace()

    def proved(self, bound: int | None) -> None:
        """Take a proven bound."""
        if bound is not None and (self.bound is None or bound < self.bound):
            self.bound = bound
            self._trace()

    def write(self, posts: Iterable[Post]) -> None:
        """Write the posts of the best plan, whole or not at all."""
        rows = [post.model_dump(mode="json", exclude_none=True) for post in posts]
        part = self.folder / "posts.part"
        part.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
        part.replace(self.folder / "posts.json")

    def _trace(self) -> None:
        seconds = round(time.monotonic() - self.began, 3)
        with (self.folder / "trace.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps([seconds, self.score, self.bound]) + "\n")


@dataclass(frozen=True, slots=True)
class Task:
    """One run of one method.

    Attributes
    ----------
    round
        The round.
    ends
        When to end, on the monotonic clock.
    gap
        A proven gap at which to end.
    cores
        Processor cores that the run may use.
    record
        Where plans and bounds go.
    """

    round: Round
    ends: float
    gap: float
    cores: int
    record: Recorder
    seed: int = 1

    @property
    def left(self) -> float:
        """The seconds that are left; never quite zero, which solvers take for no limit."""
        return max(0.01, self.ends - time.monotonic())

    def stop(self) -> Stop:
        """Return a stop for the product's parts that a method is built from."""
        return Stop(self.left)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a method says that it ended; plans and bounds are with the recorder."""

    said: Said
    why: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """A way to solve a round.

    Attributes
    ----------
    name
        What it is asked for by.
    title
        What it is called in reports.
    family
        Methods of one family are the same with other settings; a report shows the best of them.
    run
        Does it.
    ours
        Whether it is the product itself.
    missing
        Why it can't run here; None where it can.
    most_villages
        The largest round that it is given; larger ones count as not tried.
    """

    name: str
    title: str
    family: str
    run: Callable[[Task], Ending]
    ours: bool = False
    missing: Callable[[], str | None] = field(default=lambda: None)
    most_villages: int | None = None
