"""The process that reads what was uploaded: with little memory, little time, and no secrets.

``python -P -m api.rounds.reading_child BYTES SECONDS`` takes one request as JSON on standard input and gives one
answer as JSON on standard output. Whatever a hostile file makes a parser do, it does it here.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matcher.problems import Problem
    from matcher.round import Round
    from matcher.tables import Limits

#: How the process ends when its memory did not do.
OUT_OF_MEMORY = 71


def main() -> None:
    """Answer the one request."""
    memory, seconds = (int(text) for text in sys.argv[1:3])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # Should whoever waits for it be gone, it still comes to an end.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    sys.stdout = sys.stderr
    try:
        answer = _answered(json.load(sys.stdin))
        json.dump(answer, answers, ensure_ascii=False)
        answers.flush()
    except MemoryError:
        # Nothing is cleared away: that may need memory too.
        os._exit(OUT_OF_MEMORY)


def _answered(asked: dict[str, Any]) -> dict[str, Any]:
    from matcher.problems import InvalidInput  # noqa: PLC0415 - after the limits are set

    try:
        round_, warnings = _edited(asked) if asked["do"] == "edit" else _read(asked)
    except InvalidInput as error:
        return {"problems": _shown(error.problems), **_annotated(asked, error.problems)}
    return _facts(round_, warnings) | _annotated(asked, warnings)


def _read(asked: dict[str, Any]) -> tuple[Round, Iterable[Problem]]:
    from matcher.tables import located_warnings, read_document, round_of  # noqa: PLC0415

    source = read_document(asked["path"], limits=_limits(asked))
    round_ = round_of(source)
    return round_, located_warnings(source, round_)


def _edited(asked: dict[str, Any]) -> tuple[Round, Iterable[Problem]]:
    from matcher.edits import Edit, edited  # noqa: PLC0415
    from matcher.round import Round  # noqa: PLC0415

    before = Round.from_document(asked["document"])
    after = edited(before, [Edit.model_validate(edit) for edit in asked["edits"]])
    return after, after.warnings


def _facts(round_: Round, warnings: Iterable[Problem]) -> dict[str, Any]:
    from api.access.scopes import counties_of  # noqa: PLC0415

    return {
        "document": round_.document(),
        "digest": round_.digest,
        "name": round_.name,
        "region": round_.region,
        "counties": counties_of(round_),
        "warnings": _shown(warnings),
    }


def _annotated(asked: dict[str, Any], problems: Iterable[Problem]) -> dict[str, Any]:
    """Make the marked copy where it is asked for, and the workbook can be opened at all."""
    if not asked.get("annotated"):
        return {}
    from matcher.problems import InvalidInput  # noqa: PLC0415
    from matcher.tables import annotate  # noqa: PLC0415

    target = Path(asked["annotated"])
    try:
        annotate(asked["path"], target, problems, asked["language"], limits=_limits(asked))
    except InvalidInput:
        return {}
    return {"annotated": True}


def _limits(asked: dict[str, Any]) -> Limits:
    from matcher.tables import Limits  # noqa: PLC0415

    return Limits(file_bytes=asked["file_bytes"])


def _shown(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    from api.access.masking import all_shown  # noqa: PLC0415

    return all_shown(problems)


if __name__ == "__main__":
    main()
