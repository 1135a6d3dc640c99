"""The progress of a solve: a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text as Shown

from matcher.exports.figures import percent
from matcher.words import command_line as words
from matcher.words.result import PHASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from matcher.cli.desk import Desk
    from matcher.solving import Progress, Stop


@contextmanager
def progress_of(desk: Desk, stop: Stop) -> Iterator[Callable[[Progress], None]]:
    """Give what is to be called with the progress of a solve while the block runs."""
    if not desk.err.is_terminal:
        yield _Lines(desk)
        return
    line = _LiveLine(desk, stop)
    with Live(line, console=desk.err, transient=True, refresh_per_second=8):
        yield line.take


def _sentence(desk: Desk, progress: Progress, seconds: float) -> str:
    none = desk.words(words.NONE_YET)
    rank = "" if progress.rank == 1 else desk.words(words.RANK_WORKED_ON, rank=progress.rank)
    return rank + desk.words(
        words.PROGRESS,
        phase=desk.words(PHASE[progress.phase]) if progress.phase in PHASE else progress.phase,
        score=none if progress.score is None else progress.score,
        bound=none if progress.bound is None else progress.bound,
        gap=none if progress.gap is None else percent(progress.gap),
        seconds=f"{seconds:.1f}",
    )


class _LiveLine:
    """A line that shows the last progress and the time that goes on."""

    def __init__(self, desk: Desk, stop: Stop) -> None:
        self.desk = desk
        self.stop = stop
        self.progress: Progress | None = None
        self.spinner = Spinner("dots")

    def take(self, progress: Progress) -> None:
        """Remember where the solve stands; the screen is drawn from another thread."""
        self.progress = progress

    def __rich__(self) -> Spinner:
        if self.progress is not None:
            text = _sentence(self.desk, self.progress, self.stop.elapsed)
            if self.stop.requested:
                text = f"{text} · {self.desk.words(words.STOPPING)}"
            self.spinner.update(text=Shown(text))
        return self.spinner


def _rough(bound: int | None) -> str:
    """Return a bound to three figures, so that a line is worth it where there is no plan yet."""
    return "" if bound is None else f"{bound:.2e}"


class _Lines:
    """A line for each phase, and whenever the shown gap (or without a bound, the score) moves noticeably."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.last: tuple[int, str, str] | None = None
        self.score: int | None = None

    def __call__(self, progress: Progress) -> None:
        gap = _rough(progress.bound) if progress.gap is None else f"{100 * progress.gap:.1f}"
        told = (progress.rank, progress.phase, gap)
        if told == self.last and not self._better(progress.score):
            return
        self.last, self.score = told, progress.score
        self.desk.err.print(_sentence(self.desk, progress, progress.seconds), soft_wrap=True)

    def _better(self, score: int | None) -> bool:
        """Return whether the score is a first one, or a hundredth better than the one told."""
        if score is None:
            return False
        return self.score is None or score - self.score > abs(self.score) / 100
