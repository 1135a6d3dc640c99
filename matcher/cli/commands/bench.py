"""``matcher bench``: measures the product against its targets and against other methods.

The benchmarks are no part of the installed package: they stand in the repository, and are imported only here.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Annotated, Any

import typer

from matcher.cli.options import Lang, Language
from matcher.cli.refusals import refuse

#: The packages of the ``bench`` extra that the report is drawn with.
_DRAWING = ("altair", "vl_convert")

Question = Annotated[str, typer.Argument(metavar="table|peers|warm|growth")]
Names = Annotated[str, typer.Option(metavar="NAMES", show_default=False)]
Seeds = Annotated[int, typer.Option("--seeds", metavar="N", min=1, show_default=False)]
FirstSeed = Annotated[int, typer.Option("--first-seed", metavar="N", min=1, show_default=False)]
Seconds = Annotated[float | None, typer.Option("--seconds", metavar="SECONDS", min=1)]
Cores = Annotated[int, typer.Option("--cores", metavar="N", min=1, show_default=False)]
Memory = Annotated[float, typer.Option("--memory", metavar="GIB", min=0.1, show_default=False)]
Again = Annotated[bool, typer.Option("--again")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FOLDER")]


def bench_command(  # noqa: PLR0913 - every option of a command is a parameter
    question: Question,
    *,
    rounds: Names = "",
    methods: Names = "",
    seeds: Seeds = 3,
    first_seed: FirstSeed = 1,
    seconds: Seconds = None,
    cores: Cores = 2,
    memory: Memory = 16.0,
    again: Again = False,
    out: Out = None,
    lang: Language = Lang.ZH,
) -> int:
    """Measure, judge and report; what the benchmarks say themselves is in English."""
    del lang  # the report has one language
    command, asking = _benchmarks()
    asked = asking.Asked(
        rounds=_names(rounds), methods=_names(methods), seeds=seeds, first_seed=first_seed, seconds=seconds
    )
    use = command.Use(cores=cores, memory=memory, again=again)
    try:
        command.check(question, asked, use)
    except ValueError as error:
        raise refuse("bench_unknown", message=error) from None
    return int(command.bench(question, asked, use, out))


def _benchmarks() -> tuple[Any, Any]:
    """Return the modules of the benchmarks.

    Raises
    ------
    Refused
        Where the benchmarks, or the packages that they need besides, are not there.
    """
    try:
        command = importlib.import_module("benchmarks.command")
        asking = importlib.import_module("benchmarks.experiments")
        for name in _DRAWING:
            importlib.import_module(name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "benchmarks":
            raise refuse("bench_missing") from None
        raise refuse("bench_packages", package=error.name) from None
    return command, asking


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
