"""What the routes of runs take and give; times are UTC milliseconds."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from api.jobs.states import State
from matcher.settings import Settings

Said = dict[Literal["zh", "en"], str]


class Effort(BaseModel):
    """With what means a run works.

    Attributes
    ----------
    settings
        As for ``matcher.solve``, ``workers`` left out: that is ``cores``.
    priority
        1 is first, 9 last.
    cores
        Processor cores that it may use.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    settings: Settings = Settings()
    priority: Annotated[int, Field(ge=1, le=9)] = 5
    cores: Annotated[int, Field(ge=1, le=256)] = 1

    @model_validator(mode="after")
    def _cores_are_said_once(self) -> Self:
        if self.settings.workers is not None:
            raise PydanticCustomError("run_workers", "cores are said beside the settings")
        return self


class NewRun(Effort):
    """How a round is to be solved.

    Attributes
    ----------
    revision
        The round's revision; the last where not given.
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [
                {"settings": {"effort": "normal", "plans": 3}, "priority": 5, "cores": 2},
                {"settings": {"kind": "fewest_changes", "time_limit": 600}, "revision": 1},
            ]
        },
    )

    revision: Annotated[int, Field(ge=1, le=2**31)] | None = None


class RunHead(BaseModel):
    """A run in a list."""

    id: str
    round_id: str
    revision: int
    kind: str
    state: State
    priority: int
    cores: int
    user_id: str
    score: int | None
    bound: int | None
    gap: float | None
    created_at: int
    started_at: int | None
    ended_at: int | None


class RunReason(BaseModel):
    """Why a run ended without an answer, and what to do about it."""

    code: str
    sentence: Said
    remedy: Said


class Unequal(BaseModel):
    """Why a repeat need not give the same posts."""

    code: str
    sentence: Said


class Repeat(BaseModel):
    """How a repeat compares with the run that it repeats.

    Attributes
    ----------
    equal
        Whether posts and scores of all plans are equal, once both have answers.
    reasons
        Why equality is not promised; none where it is.
    """

    of: str
    equal: bool | None
    reasons: list[Unequal]


class RunView(RunHead):
    """A run as it stands.

    Attributes
    ----------
    question
        What is asked about a plan, or the scenarios of a batch, without sensitive values; none for a solve.
    position
        How many runs are to begin up to this one, itself counted, while it waits.
    phase, rank
        What the solver is at.
    attempts, child_deaths
        How often it was begun, and its process died, since it last got on.
    spent_ms, spent_work
        What all its attempts took: milliseconds, and units of effort.
    provenance
        What the answer was made with, once there is one.
    """

    settings: dict[str, Any]
    question: dict[str, Any] | None
    seed: int
    rules_digest: str
    versions: dict[str, str]
    reason: RunReason | None
    asked: str | None
    position: int | None
    phase: str | None
    rank: int | None
    attempts: int
    child_deaths: int
    spent_ms: int
    spent_work: float
    event_seq: int
    repeat: Repeat | None
    provenance: dict[str, Any] | None


class Runs(BaseModel):
    """A page of runs, newest first."""

    items: list[RunHead]
    next: str | None


class RunEvent(BaseModel):
    """Something that happened to a run; ``seq`` counts within the run.

    Once the run has ended, events that told nothing new are gone, and their numbers are left out.
    """

    seq: int
    at: int
    type: str
    data: dict[str, Any]


class RunEvents(BaseModel):
    """A page of events, the oldest first."""

    items: list[RunEvent]
    next: str | None


class RunPlan(BaseModel):
    """A plan without its document."""

    id: str
    rank: int
    score: int
    bound: int | None
    gap: float | None
    origin: str
    digest: str
    at: int


class RunPlans(BaseModel):
    """The plans that a run found, best first."""

    items: list[RunPlan]
