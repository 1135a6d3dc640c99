"""What a kind of run is, and what a run comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from api.jobs.checkpoints import Saved
    from api.jobs.messages import Task
    from api.jobs.states import State


@dataclass(frozen=True, slots=True)
class Ranked:
    """A plan that stood the check.

    Attributes
    ----------
    rank, score, bound
        As in the plan.
    document
        The plan, as data.
    """

    rank: int
    score: int
    bound: int | None
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run comes to.

    Attributes
    ----------
    state
        The state that it ends in.
    code
        Why, where it has no answer.
    result
        The answer, as data.
    plans
        Its plans, best first.
    work
        What the child says that it took, in units of effort.
    details
        What the sentence of ``code`` needs.
    is_whole
        Whether nobody cut it short: then whoever asks the same gets this answer.
    """

    state: State
    code: str | None = None
    result: Mapping[str, Any] | None = None
    plans: tuple[Ranked, ...] = ()
    work: float | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of run.

    Attributes
    ----------
    settings
        Makes what a child is told out of a run's row, and of the checkpoint that it goes on from.
    outcome
        Makes the outcome out of the task and of what the child answered, and believes neither.
    is_batch
        Whether it is done in parts, each of which is kept when it is finished.
    """

    settings: Callable[[Mapping[str, Any], Saved | None], dict[str, Any]]
    outcome: Callable[[Task, Mapping[str, Any]], Outcome]
    is_batch: bool = False
