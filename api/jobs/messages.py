"""The lines between a worker and the process that solves: one JSON object a line, in both directions."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

#: What a worker says to a child that is to keep its best plan and end.
STOP = b"stop\n"


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def line(self) -> bytes:
        """Return it as a line."""
        return self.model_dump_json().encode() + b"\n"


class Task(_Message):
    """The first line to a child: all that it needs to know.

    Attributes
    ----------
    kind
        What is to be done, one of :data:`api.jobs.kinds.KINDS`.
    round, settings
        As documents.
    question
        What is asked about plans, or which scenarios there are; None where the round is just solved.
    plans
        The plans that it is about, as documents, the best first.
    checkpoint
        Where to go on from.
    finished
        The parts of a batch that earlier attempts have finished.
    stage_work
        Work that earlier attempts spent in the checkpoint's stage.
    memory
        The most bytes of address space it may use.
    """

    kind: str
    round: dict[str, Any]
    settings: dict[str, Any]
    question: dict[str, Any] | None = None
    plans: list[dict[str, Any]] = []
    checkpoint: dict[str, Any] | None = None
    finished: list[dict[str, Any]] = []
    stage_work: float = 0.0
    memory: int

    @property
    def asked(self) -> dict[str, Any]:
        """The question of a kind that has one."""
        assert self.question is not None
        return self.question


class _Timed(_Message):
    """A line from a child: the seconds since it began, and the work since then (cores × seconds)."""

    seconds: float
    work: float


class ProgressLine(_Timed):
    """Where it stands, as :class:`matcher.solving.incumbent.Progress`."""

    type: Literal["progress"] = "progress"
    phase: str
    score: int | None
    bound: int | None
    rank: int


class CheckpointLine(_Timed):
    """Where it can be gone on from."""

    type: Literal["checkpoint"] = "checkpoint"
    checkpoint: dict[str, Any]
    stage_work: float


class AnewLine(_Timed):
    """The checkpoint was not of this round, program or these settings: it begins from nothing."""

    type: Literal["anew"] = "anew"
    codes: list[str]


class ResultLine(_Timed):
    """It is done."""

    type: Literal["result"] = "result"
    document: dict[str, Any]


class FailureLine(_Timed):
    """It can't be done: a code of :data:`api.jobs.reasons.REASONS`, or ``crashed`` with the kind of error."""

    type: Literal["failure"] = "failure"
    code: str
    details: dict[str, Any]


Line = ProgressLine | CheckpointLine | AnewLine | ResultLine | FailureLine
_LINES: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="type")])


def line_of(text: bytes) -> Line:
    """Return a child's line.

    Raises
    ------
    pydantic.ValidationError
        When it is none.
    """
    return _LINES.validate_json(text)
