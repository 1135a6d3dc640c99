"""``./dev load``: figures of the running service, each with a report."""

from __future__ import annotations

import argparse
import shlex
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.command import line
from benchmarks.places import ROOT
from benchmarks.service.memory import measure_memory
from benchmarks.service.queued import measure_queued
from benchmarks.service.reads import measure_reads
from benchmarks.service.report import write_report
from benchmarks.service.under_load import Load
from benchmarks.targets import exit_status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.service.answers import Answer


def main(arguments: Sequence[str]) -> int:
    """Measure, report, and return 1 where a target was missed."""
    given = _parser().parse_args(arguments)
    # Told to end, it ends the service, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    answer = _answer(given)
    for finding in answer.findings:
        sys.stdout.write(f"{line(finding)}\n")
    command = shlex.join(["./dev", "load", *arguments])
    page = write_report(answer, given.out, f"{given.question}-{given.database}", command)
    sys.stdout.write(f"{page}\n")
    return exit_status(answer.findings)


def _answer(given: argparse.Namespace) -> Answer:
    if given.question == "queue":
        return measure_queued(given.database, given.runs, given.cores)
    seconds = 60 * given.minutes
    load = Load(given.clients, given.every, given.streams, seconds, given.villages)
    return (measure_reads if given.question == "reads" else measure_memory)(given.database, load)


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    shared.add_argument("--out", type=Path, default=ROOT / "build" / "load", help="where the report goes")
    parser = argparse.ArgumentParser(prog="./dev load", description="Measures the running service.")
    questions = parser.add_subparsers(dest="question", required=True)
    load = Load()
    for name, minutes, what in (
        ("reads", 1.0, "how long reads take while a run goes on"),
        ("memory", 60.0, "the memory of the service over time"),
    ):
        question = questions.add_parser(name, parents=[shared], help=what)
        question.add_argument("--clients", type=int, default=load.clients, help="how many read")
        question.add_argument(
            "--every", type=float, default=load.every, help="seconds between two reads of one"
        )
        question.add_argument(
            "--streams", type=int, default=load.streams, help="how many follow runs besides"
        )
        question.add_argument("--villages", type=int, default=load.villages, help="of the round that is read")
        question.add_argument("--minutes", type=float, default=minutes, help="how long")
    queue = questions.add_parser("queue", parents=[shared], help="how soon queued runs end")
    queue.add_argument("--runs", type=int, default=1000, help="how many")
    queue.add_argument("--cores", type=int, default=2, help="cores that they may take together")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
