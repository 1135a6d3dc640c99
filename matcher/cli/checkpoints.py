"""Checkpoints as files: written whole while a solve runs, and read to go on from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.checkpoint import Checkpoint
from matcher.cli.outputs import naming
from matcher.problems import InvalidInput, Location, Problem
from matcher.tables import Limits, write_whole
from matcher.tables.json_file import read_json
from matcher.words import command_line as words

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.cli.desk import Desk
    from matcher.result import Result
    from matcher.round import Round
    from matcher.settings import Settings

#: What is said of the notes in a trace, in this order.
_NOTES = {"plan_dropped": words.PLAN_DROPPED, "rank_dropped": words.RANK_DROPPED}


def gone_on_from(resume: Path | None, checkpoint: Path | None) -> Path | None:
    """Return the file that is read and must not be replaced: a solve may go on writing the one that it goes on from."""
    same = resume is not None and checkpoint is not None and resume.resolve() == checkpoint.resolve()
    return None if same else resume


def write_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Write a checkpoint, whole or not at all: whoever looks sees the last one or this one."""
    with naming(path):
        write_whole(path, checkpoint.json_text().encode())


def read_checkpoint(path: Path, round_: Round, settings: Settings) -> Checkpoint:
    """Read a checkpoint of a solve of the same round with the same settings.

    Raises
    ------
    InvalidInput
        When the file can't be read, is no checkpoint or a damaged one, or with all that differs.
    """
    try:
        checkpoint = Checkpoint.of(_document(path))
        checkpoint.must_be_of(round_, settings)
    except InvalidInput as error:
        raise InvalidInput(
            problem if problem.location is not None else problem.at(Location(path.name, column=problem.field))
            for problem in error.problems
        ) from None
    return checkpoint


def _document(path: Path) -> dict[str, object]:
    """Return the document of a file; what is no whole JSON object is a damaged checkpoint."""
    try:
        return read_json(path, Limits())
    except InvalidInput as error:
        if any(problem.code in ("json_syntax", "not_utf8", "not_a_round") for problem in error.problems):
            raise InvalidInput([Problem("checkpoint_damaged", "checkpoint")]) from None
        raise


def show_continued(desk: Desk, result: Result) -> None:
    """Say that a run was continued, and what of the checkpoint did not stand the recount."""
    if "continued" not in result.provenance:
        return
    desk.say(words.CONTINUED, count=result.provenance["continued"])
    notes = {point.note for point in result.trace}
    for note, text in _NOTES.items():
        if note in notes:
            desk.say(text)
