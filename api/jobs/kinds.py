"""The kinds of runs: what a child gets to do, and what is made of its answer. A new kind is a new entry here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from matcher.check import check
from matcher.result import Result
from matcher.round import Round
from matcher.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from api.jobs.checkpoints import Saved
    from api.jobs.states import State

#: The share of its effort that an attempt gets at least: what went before the checkpoint is done anew each time.
LEAST_SHARE = 0.25
#: The seconds of its time limit that an attempt gets at least, to come back to its plan.
LEAST_SECONDS = 1.0


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
    """

    state: State
    code: str | None = None
    result: Mapping[str, Any] | None = None
    plans: tuple[Ranked, ...] = ()
    work: float | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of run.

    Attributes
    ----------
    settings
        Makes what a child is told out of a run's row, and of the checkpoint that it goes on from.
    outcome
        Makes the outcome out of the round and of what the child answered, and believes neither.
    """

    settings: Callable[[Mapping[str, Any], Saved | None], dict[str, Any]]
    outcome: Callable[[Mapping[str, Any], Mapping[str, Any]], Outcome]


def settings_left(row: Mapping[str, Any], saved: Saved | None) -> dict[str, Any]:
    """Return a run's settings with what earlier attempts left of its time limit and its effort.

    The effort is one for every rank, and only that of the rank under way is partly spent: it is cut where no other
    rank comes after it, so that later ranks are not searched with less than what was asked for.
    """
    asked = Settings.model_validate({**row["settings"], "seed": row["seed"], "workers": row["cores"]})
    changes: dict[str, Any] = {}
    if asked.time_limit is not None:
        changes["time_limit"] = max(LEAST_SECONDS, asked.time_limit - row["spent_ms"] / 1000)
    if saved is not None and saved.place[0] == asked.plans:
        changes["effort"] = max(LEAST_SHARE * asked.work, asked.work - saved.stage_work)
    return asked.model_copy(update=changes).model_dump(mode="json", exclude_none=True)


def solved(round_document: Mapping[str, Any], answer: Mapping[str, Any]) -> Outcome:
    """Return what a solve comes to: its plans as they stand the check, each after the better ones."""
    result = Result.from_document(answer)
    work = result.provenance.get("work")
    if result.status == "infeasible":
        return Outcome("infeasible", result=answer, work=work)
    if result.status == "cancelled":
        return Outcome("cancelled", "stopped_before_plan", work=work)
    if not result.plans:
        return Outcome("failed", "no_plan_found", work=work)
    round_ = Round.from_document(round_document)
    for number, plan in enumerate(result.plans):
        if not check(round_, plan, better=result.plans[:number]).ok:
            return Outcome("failed", "recount_differs", work=work)
    plans = tuple(
        Ranked(rank, plan.score, plan.bound, plan.document())
        for rank, plan in enumerate(result.plans, start=1)
    )
    return Outcome("done", result=answer, plans=plans, work=work)


KINDS: Final[Mapping[str, Kind]] = {"solve": Kind(settings_left, solved)}
