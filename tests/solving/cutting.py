"""A solve that is cut off at one of its checkpoints, as a kill would."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from matcher import Checkpoint, solve

if TYPE_CHECKING:
    from matcher.result import Result
    from matcher.round import Round
    from matcher.settings import Settings


class Cut(Exception):
    """Raised in the callback: nothing of the solve is left but the checkpoint."""


class CutAt:
    """Takes checkpoints as they come from a file, and cuts the solve off at the n-th (counted from 0)."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.got: list[Checkpoint] = []

    def __call__(self, checkpoint: Checkpoint) -> None:
        self.got.append(Checkpoint.of(json.loads(checkpoint.json_text())))
        if len(self.got) > self.at:
            raise Cut


def cut_at(round_: Round, settings: Settings, at: int, resume: Checkpoint | None = None) -> Checkpoint | None:
    """Return the n-th checkpoint of a solve that is cut off there; None where it has not so many."""
    cut = CutAt(at)
    try:
        solve(round_, settings, on_checkpoint=cut, resume=resume)
    except Cut:
        return cut.got[-1]
    return None


def cuts(round_: Round, settings: Settings, most: int = 20) -> list[Checkpoint]:
    """Return the checkpoints of a solve, each from a solve of its own that was cut off there."""
    found = [cut_at(round_, settings, at) for at in range(most)]
    return [checkpoint for checkpoint in found if checkpoint is not None]


def figures(result: Result) -> list[tuple[int, int | None]]:
    """Return score and bound of each rank."""
    return [(plan.score, plan.bound) for plan in result.plans]
