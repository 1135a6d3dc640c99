"""Studies as files: one JSON document with the base round, the scenarios and their results."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from matcher.edits import Edit
from matcher.problems import InvalidInput, Location, Problem, shortened
from matcher.settings import Settings
from matcher.tables.atomic import write_whole
from matcher.tables.json_file import read_json
from matcher.tables.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from matcher.round import Round
    from matcher.study.scenario import Scenario

SCHEMA = "study/1"


class _Scenario(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    edits: tuple[Edit, ...] = ()
    result: dict[str, Any] | None = None
    interrupted: bool = False


class StudyDocument(BaseModel):
    """A study as it stands in a file; the round and the results are read by their own readers."""

    model_config = ConfigDict(extra="forbid")

    schema_: str
    settings: Settings
    round: dict[str, Any]
    scenarios: tuple[_Scenario, ...]
    titled: bool = True


def write_study(
    path: Path, round_: Round, settings: Settings, scenarios: Iterable[Scenario], *, titled: bool
) -> None:
    """Write a study as a whole file, or not at all."""
    document = {
        "schema": SCHEMA,
        "settings": settings.model_dump(mode="json", exclude_none=True),
        "round": round_.document(),
        "titled": titled,
        "scenarios": [
            {
                "name": scenario.name,
                "edits": [edit.model_dump(mode="json", exclude_defaults=True) for edit in scenario.edits],
                "result": scenario.result.document() if scenario.result is not None else None,
                "interrupted": scenario.interrupted,
            }
            for scenario in scenarios
        ],
    }
    write_whole(path, json.dumps(document, ensure_ascii=False, indent=1).encode())


def read_study(path: Path) -> StudyDocument:
    """Read a study.

    Raises
    ------
    InvalidInput
        Where the file can't be read or is no study, with everything that is wrong.
    """
    document = read_json(path, Limits())
    if document.get("schema") != SCHEMA:
        found = shortened(document.get("schema"))
        raise InvalidInput([Problem("not_a_study", value=found, location=Location(path.name))])
    fields = {("schema_" if key == "schema" else key): value for key, value in document.items()}
    try:
        return StudyDocument.model_validate(fields)
    except ValidationError as error:
        raise InvalidInput(
            Problem(
                "bad_document",
                "study",
                field=".".join(str(step) for step in found["loc"]),
                value="" if found["type"] == "missing" else shortened(found["input"]),
                details={"message": found["msg"]},
            ).at(Location(path.name))
            for found in error.errors(include_url=False)
        ) from None
