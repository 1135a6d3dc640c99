"""The kind ``what_ifs``: a base round and named scenarios of edits, solved one after the other and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from api.jobs.kinds.kind import Kind, Outcome
from api.jobs.kinds.solve import stands, time_left
from matcher.check.distances import held
from matcher.edits import Edit, edited
from matcher.result import Result
from matcher.round import Round

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.jobs.messages import Task
    from matcher.plan import Plan

#: The scenario without edits, which comes first.
BASE: Final = "base"


def scenarios_of(question: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return name and edits of each scenario of a batch, the base first."""
    return [{"name": BASE, "edits": []}, *question["scenarios"]]


def _outcome(task: Task, answer: Mapping[str, Any]) -> Outcome:
    """Return the batch, if every plan in it stands the check on its own scenario's round."""
    work = answer["provenance"]["work"]
    round_ = Round.from_document(task.round)
    asked, found = scenarios_of(task.asked), answer["scenarios"]
    if [_key(one) for one in found] != [_key(one) for one in asked]:
        return Outcome("failed", "recount_differs", work=work)
    base: Plan | None = None
    for scenario in found:
        changed = edited(round_, [Edit.model_validate(edit) for edit in scenario["edits"]])
        result = None if scenario["result"] is None else Result.from_document(scenario["result"])
        best = None if result is None else result.best
        base = best if scenario["name"] == BASE else base
        if scenario["digest"] != changed.digest or not (result is None or stands(changed, result)):
            return Outcome("failed", "recount_differs", work=work)
        if not _is_told_right(scenario, round_, base, best):
            return Outcome("failed", "recount_differs", work=work)
    if answer["interrupted"] and not any(_is_finished(scenario) for scenario in found):
        return Outcome("cancelled", "stopped_before_plan", work=work)
    return Outcome("done", result=answer, work=work, is_whole=not answer["interrupted"])


def _key(scenario: Mapping[str, Any]) -> tuple[str, list[Edit]]:
    return scenario["name"], [Edit.model_validate(edit) for edit in scenario["edits"]]


def _is_finished(scenario: Mapping[str, Any]) -> bool:
    result = scenario["result"]
    return result is not None and (bool(result.get("plans")) or result["status"] == "infeasible")


def _is_told_right(scenario: Mapping[str, Any], round_: Round, base: Plan | None, best: Plan | None) -> bool:
    """Return whether the scenario's figures and moves are those of its plan."""
    figures = scenario["figures"]
    if best is None:
        return figures.get("score") is None and not scenario["moved"]
    if (figures["score"], figures["bound"], figures["posts"]) != (best.score, best.bound, len(best.posts)):
        return False
    if base is None:
        return not scenario["moved"]
    differ = {cadre for cadre, _, _ in held(round_.facts, base) ^ held(round_.facts, best)}
    return {row["cadre"] for row in scenario["moved"]} == differ


KIND: Final = Kind(time_left, _outcome, is_batch=True)
