"""The process that reads what was uploaded: with little memory, little time, and no secrets.

``python -P -m api.rounds.reading_child BYTES SECONDS PARENT_PID`` takes one request as JSON on standard input and gives one
answer as JSON on standard output. Whatever a hostile file makes a parser do, it does it here.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.access.masking import all_shown
from api.access.scopes import counties_of
from api.jobs.guard import bind_to
from api.no_room import is_without_room
from api.rounds.endings import DISK_FULL, OUT_OF_MEMORY
from matcher.edits import Edit, adjustment, edited
from matcher.plan import Plan
from matcher.problems import InvalidInput, Problem
from matcher.round import Round
from matcher.tables import Limits, annotate, located_warnings, read_document, round_of

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Problems that are told: with more, nobody reads them all, and the service would hold them all.
_MOST_PROBLEMS = 10_000
#: Seconds of work after those that the service waits for.
_AFTER = 5
#: People wait for it, so it gives way to them less than what solves.
_NICENESS = 5


def main() -> None:
    """Answer the one request."""
    memory, seconds, parent = (int(text) for text in sys.argv[1:4])
    bind_to(parent, _NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # It comes to an end by itself, too.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + _AFTER, seconds + _AFTER))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    sys.stdout = sys.stderr
    try:
        answer = _answered(json.load(sys.stdin))
        json.dump(answer, answers, ensure_ascii=False)
        answers.flush()
    except (MemoryError, SystemError):
        # The second comes where there is no memory left to make the first. Nothing is cleared away: that may need some too.
        os._exit(OUT_OF_MEMORY)
    except OSError as error:
        if not is_without_room(error):
            raise
        os._exit(DISK_FULL)


def _answered(asked: dict[str, Any]) -> dict[str, Any]:
    if asked["do"] == "try":
        return _tried(asked)
    try:
        round_, warnings = _edited(asked) if asked["do"] == "edit" else _read(asked)
    except InvalidInput as error:
        return {"problems": _told(error.problems), **_annotated(asked, error.problems)}
    return _facts(round_, warnings) | _annotated(asked, warnings)


def _read(asked: dict[str, Any]) -> tuple[Round, Iterable[Problem]]:
    source = read_document(asked["path"], limits=_limits(asked))
    round_ = round_of(source)
    return round_, located_warnings(source, round_)


def _edited(asked: dict[str, Any]) -> tuple[Round, Iterable[Problem]]:
    before = Round.from_document(asked["document"])
    after = edited(before, [Edit.model_validate(edit) for edit in asked["edits"]])
    return after, after.warnings


def _tried(asked: dict[str, Any]) -> dict[str, Any]:
    """Apply the edits of each scenario; problems say of which, and count the edits that were sent."""
    before, adjusting = Round.from_document(asked["document"]), asked["adjusting"]
    plan = None if adjusting is None else Plan.from_document(adjusting["plan"])
    counties: set[str] = set()
    problems = []
    for scenario in asked["scenarios"]:
        edits = sent = [Edit.model_validate(edit) for edit in scenario["edits"]]
        if plan is not None:
            edits = list(adjustment(plan, sent, same_unit=adjusting["same_unit"]))
        try:
            counties.update(counties_of(edited(before, edits)))
        except InvalidInput as error:
            found = [_as_sent(problem, len(edits) - len(sent)) for problem in error.problems]
            problems += [{**problem, "scenario": scenario["name"]} for problem in all_shown(found)]
    return {"counties": sorted(counties), "problems": problems}


def _as_sent(problem: Problem, before: int) -> Problem:
    """Return a problem of an edit with the place of the edit among those that were sent."""
    is_edit = problem.table == "edits" and problem.row is not None
    return replace(problem, row=(problem.row or 0) - before) if is_edit else problem


def _facts(round_: Round, warnings: Iterable[Problem]) -> dict[str, Any]:
    return {
        "document": round_.document(),
        "digest": round_.digest,
        "name": round_.name,
        "region": round_.region,
        "counties": counties_of(round_),
        "warnings": _told(warnings),
    }


def _told(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems as data, as many as are told."""
    listed = list(problems)
    told = listed[:_MOST_PROBLEMS]
    if len(listed) > len(told):
        told.append(Problem("too_many_problems", details={"most": len(told)}, severity=listed[0].severity))
    return all_shown(told)


def _annotated(asked: dict[str, Any], problems: Iterable[Problem]) -> dict[str, Any]:
    """Make the marked copy where it is asked for, and the workbook can be opened at all."""
    if not asked.get("annotated"):
        return {}

    target = Path(asked["annotated"])
    try:
        annotate(asked["path"], target, problems, asked["language"], limits=_limits(asked))
    except InvalidInput:
        return {}
    return {"annotated": True}


def _limits(asked: dict[str, Any]) -> Limits:
    return Limits(file_bytes=asked["file_bytes"])


if __name__ == "__main__":
    main()
