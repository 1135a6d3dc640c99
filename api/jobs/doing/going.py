"""A solve that tells how it goes, and goes on from a checkpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.jobs.messages import AnewLine, CheckpointLine, ProgressLine
from matcher.checkpoint import Checkpoint
from matcher.problems import InvalidInput

if TYPE_CHECKING:
    from api.jobs.messages import Task
    from api.jobs.speaker import Speaker
    from matcher.checkpoint import Stage
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving.incumbent import Progress


class Going:
    """What a solve is given beside its round and settings.

    Parameters
    ----------
    task, speaker
        What is to be done, and where to say how it goes.
    round_, settings
        What is solved, and how.
    """

    def __init__(self, task: Task, speaker: Speaker, round_: Round, settings: Settings) -> None:
        self._speaker = speaker
        self._stage: Stage | None = None
        self._spent_before = 0.0
        self._stage_began = 0.0
        self._resume = self._of(task, round_, settings)
        if self._resume is not None:
            self._stage, self._spent_before = self._resume.stage, task.stage_work

    def on(self) -> dict[str, Any]:
        """Return the solve's arguments."""
        return {
            "on_progress": self._on_progress,
            "on_checkpoint": self._on_checkpoint,
            "resume": self._resume,
        }

    def _of(self, task: Task, round_: Round, settings: Settings) -> Checkpoint | None:
        """Return the checkpoint, unless another version of the program or of the rules wrote it."""
        if task.checkpoint is None:
            return None
        try:
            checkpoint = Checkpoint.of(task.checkpoint)
            checkpoint.must_be_of(round_, settings)
        except InvalidInput as error:
            self._speaker.say(AnewLine, codes=codes_of(error))
            return None
        return checkpoint

    def _on_progress(self, progress: Progress) -> None:
        self._speaker.say(
            ProgressLine,
            phase=progress.phase,
            score=progress.score,
            bound=progress.bound,
            rank=progress.rank,
        )

    def _on_checkpoint(self, checkpoint: Checkpoint) -> None:
        work = self._speaker.work
        if checkpoint.stage != self._stage:
            self._stage, self._spent_before, self._stage_began = checkpoint.stage, 0.0, work
        spent = self._spent_before + work - self._stage_began
        self._speaker.say(CheckpointLine, checkpoint=checkpoint.document(), stage_work=round(spent, 3))


def codes_of(error: InvalidInput) -> list[str]:
    """Return what is wrong, by its codes."""
    return sorted({problem.code for problem in error.problems})
