"""Doing ``what_ifs``: one scenario after the other, each said when it is finished."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.jobs.doing.provenance import provenance_of
from api.jobs.doing.rows import is_missing, rows_of
from api.jobs.messages import CheckpointLine, ProgressLine
from matcher.edits import Edit
from matcher.problems import InvalidInput
from matcher.result import Result
from matcher.round import Round
from matcher.settings import Settings
from matcher.solving.memory import memory_of
from matcher.study import Study
from matcher.study.scenario import BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from api.jobs.messages import Task
    from api.jobs.speaker import Speaker
    from matcher.solving import Stop
    from matcher.solving.incumbent import Progress
    from matcher.study import Scenario

_WHOLE = ("score", "bound", "posts", "base", "change", "moves")
_YES_OR_NO = ("base_keeps", "interrupted")


def do(task: Task, stop: Stop, speaker: Speaker) -> dict[str, Any]:
    """Solve the base and the scenarios that no earlier attempt has finished, and return all of them side by side.

    Raises
    ------
    MatcherError
        As :func:`matcher.solve` does.
    """
    round_, settings = Round.from_document(task.round), Settings.model_validate(task.settings)
    study = Study(round_, settings, titled=False)
    for scenario in task.asked["scenarios"]:
        study.add(scenario["name"], *(Edit.model_validate(edit) for edit in scenario["edits"]))
    continued = _take_up(study, task.finished)
    for number, (name, scenario) in enumerate(study.scenarios.items(), start=1):
        if scenario.result is not None:
            continue
        if stop.now:
            break
        study.run(name, on_progress=_progress(speaker, number), stop=stop)
        if stop.cut_short or stop.requested:
            scenario.interrupted = True
            break
        speaker.say(CheckpointLine, checkpoint=_part(study, number, name), stage_work=0.0)
    provenance = provenance_of(round_, settings, stop, speaker)
    if continued:
        provenance |= {"reproducible": False, "continued": continued}
    return {
        "schema": "what_ifs/1",
        "scenarios": _scenarios(study),
        "interrupted": stop.requested or stop.cut_short,
        "provenance": provenance,
    }


def _take_up(study: Study, finished: Sequence[Mapping[str, Any]]) -> int:
    """Take up what earlier attempts have finished, where it is of these scenarios and stands the check."""
    taken = 0
    for part in finished:
        name = part["scenario"]
        if name not in study.scenarios or study.round_of(name).digest != part["round_digest"]:
            continue
        try:
            study.take_up(name, Result.from_document(part["result"]))
        except InvalidInput:
            continue
        taken += 1
    base = study.scenarios[BASE].result
    if base is not None and base.best is not None:
        study.memory = memory_of(study.round.facts, base.best)
    return taken


def _progress(speaker: Speaker, number: int) -> Callable[[str, Progress], None]:
    """Return what tells the progress of a scenario, its number in the place of the rank."""

    def told(_name: str, progress: Progress) -> None:
        found = {"phase": progress.phase, "score": progress.score, "bound": progress.bound}
        speaker.say(ProgressLine, **found, rank=number)

    return told


def _part(study: Study, number: int, name: str) -> dict[str, Any]:
    """Return a finished scenario as a checkpoint; its stage is that of no other."""
    result = study.result(name)
    best = result.best
    return {
        "stage": {"rank": number, "solve": 1, "name": "scenario"},
        "scenario": name,
        "round_digest": study.round_of(name).digest,
        "score": None if best is None else best.score,
        "bound": result.bound,
        "result": result.document(),
    }


def _scenarios(study: Study) -> list[dict[str, Any]]:
    figures = {str(name): _figures(dict(row)) for name, row in study.scores().iterrows()}
    return [_scenario(study, scenario, figures.get(name, {})) for name, scenario in study.scenarios.items()]


def _scenario(study: Study, scenario: Scenario, figures: Mapping[str, Any]) -> dict[str, Any]:
    lineage, result, base = study.lineage(scenario.name), scenario.result, study.scenarios[BASE].result
    is_compared = (
        result is not None and result.best is not None and base is not None and base.best is not None
    )
    return {
        "name": scenario.name,
        "edits": lineage["edits"],
        "base": lineage["base"],
        "digest": lineage["digest"],
        "interrupted": scenario.interrupted,
        "figures": figures,
        "moved": rows_of(study.moved(scenario.name)) if is_compared else [],
        "result": None if result is None else result.document(),
    }


def _figures(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of the study's table as data: without what is missing, counts as whole numbers."""
    given = {name: value for name, value in row.items() if not is_missing(value)}
    return {name: _plain(name, value) for name, value in given.items()}


def _plain(name: str, value: Any) -> Any:
    if name in _WHOLE:
        return int(value)
    if isinstance(value, str):
        return value
    return bool(value) if name in _YES_OR_NO else float(value)
