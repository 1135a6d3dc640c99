"""``matcher validate``: every problem of a round, each with its place and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli.desk import Desk
from matcher.cli.inputs import read_located
from matcher.cli.options import Force, JsonOut, Lang, Language, RoundPath
from matcher.cli.outputs import check_outputs, json_bytes, naming, write_file, written
from matcher.cli.problem_table import SHOWN, is_whole_file, table_of
from matcher.cli.refusals import refuse
from matcher.cli.status import Status
from matcher.problems import InvalidInput, Problem
from matcher.tables import annotate
from matcher.words import command_line as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.round import Round

Annotate = Annotated[Path | None, typer.Option("--annotate", metavar="OUT.xlsx")]


def validate_command(
    round_path: RoundPath,
    *,
    annotate: Annotate = None,
    json_out: JsonOut = None,
    force: Force = False,
    lang: Language = Lang.ZH,
) -> int:
    """Check a round and list every problem and warning."""
    desk = Desk(lang.value)
    check_outputs({"--annotate": annotate, "--json": json_out}, [round_path], force=force)
    if (
        annotate is not None
        and round_path.exists()
        and (round_path.is_dir() or round_path.suffix.lower() != ".xlsx")
    ):
        raise refuse("annotate_workbook", "--annotate")
    read: Round | None = None
    try:
        located = read_located(round_path)
        read, problems = located.round, located.warnings
    except InvalidInput as error:
        problems = error.problems
        if is_whole_file(problems):
            raise
    _show(desk, round_path, read, problems)
    if json_out is not None:
        found = [problem.document() for problem in problems]
        write_file(
            desk, words.REPORT_FILE, json_out, json_bytes({"valid": read is not None, "problems": found})
        )
    if annotate is not None:
        _annotate(desk, round_path, annotate, problems)
    return Status.DONE if read is not None else Status.REFUSED


def _show(desk: Desk, path: Path, read: Round | None, problems: Sequence[Problem]) -> None:
    """Print the problems, and what they come to."""
    if problems:
        desk.table(*table_of(desk, problems))
    if len(problems) > SHOWN:
        desk.say(words.MORE_PROBLEMS, count=len(problems) - SHOWN)
    errors = sum(1 for problem in problems if problem.severity == "error")
    warnings = len(problems) - errors
    if read is None:
        text = words.INVALID if warnings else words.INVALID_SO_FAR
        desk.say(text, name=path.name, errors=errors, warnings=warnings)
    else:
        sizes = {"villages": len(read.villages), "units": len(read.units), "cadres": len(read.cadres)}
        desk.say(words.VALID, name=path.name, warnings=warnings, **sizes)


def _annotate(desk: Desk, path: Path, out: Path, problems: Sequence[Problem]) -> None:
    """Write the annotated copy; a workbook that can't be opened has no copy."""
    with naming(out):
        annotate(path, out, problems, desk.language)
    written(desk, words.ANNOTATED_FILE, out)
