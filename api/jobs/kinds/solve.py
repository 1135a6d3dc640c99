"""The kind ``solve``: the best plans of a round; and what other kinds share with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from api.jobs.kinds.kind import Kind, Outcome, Ranked
from matcher.check import check
from matcher.result import Result
from matcher.round import Round
from matcher.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.jobs.checkpoints import Saved
    from api.jobs.messages import Task

#: The share of its effort that an attempt gets at least: what went before the checkpoint is done anew each time.
LEAST_SHARE = 0.25
#: The seconds of its time limit that an attempt gets at least, to come back to its plan.
LEAST_SECONDS = 1.0


def settings_left(row: Mapping[str, Any], saved: Saved | None) -> dict[str, Any]:
    """Return a run's settings with what earlier attempts left of its time limit and its effort.

    The effort is one for every rank, and only that of the rank under way is partly spent: it is cut where no other
    rank comes after it, so that later ranks are not searched with less than what was asked for.
    """
    asked = _asked(row)
    if saved is not None and saved.place[0] == asked.plans:
        effort = max(LEAST_SHARE * asked.work, asked.work - saved.stage_work)
        asked = asked.model_copy(update={"effort": effort})
    return asked.model_dump(mode="json", exclude_none=True)


def time_left(row: Mapping[str, Any], _saved: Saved | None) -> dict[str, Any]:
    """Return a run's settings with what earlier attempts left of its time limit; every part has its own effort."""
    return _asked(row).model_dump(mode="json", exclude_none=True)


def _asked(row: Mapping[str, Any]) -> Settings:
    asked = Settings.model_validate({**row["settings"], "seed": row["seed"], "workers": row["cores"]})
    if asked.time_limit is None:
        return asked
    left = max(LEAST_SECONDS, asked.time_limit - row["spent_ms"] / 1000)
    return asked.model_copy(update={"time_limit": left})


def solved(round_: Round, answer: Mapping[str, Any]) -> Outcome:
    """Return what a solve comes to: its plans as they stand the check, each after the better ones."""
    result = Result.from_document(answer)
    work = result.provenance.get("work")
    if result.status == "infeasible":
        return Outcome("infeasible", result=answer, work=work)
    if result.status == "cancelled":
        return Outcome("cancelled", "stopped_before_plan", work=work)
    if not result.plans:
        return Outcome("failed", "no_plan_found", work=work)
    if not stands(round_, result):
        return Outcome("failed", "recount_differs", work=work)
    plans = tuple(
        Ranked(rank, plan.score, plan.bound, plan.document())
        for rank, plan in enumerate(result.plans, start=1)
    )
    return Outcome("done", result=answer, plans=plans, work=work)


def stands(round_: Round, result: Result) -> bool:
    """Return whether all plans of a result stand the check."""
    return all(
        check(round_, plan, better=result.plans[:number]).ok for number, plan in enumerate(result.plans)
    )


def _outcome(task: Task, answer: Mapping[str, Any]) -> Outcome:
    return solved(Round.from_document(task.round), answer)


KIND: Final = Kind(settings_left, _outcome)
