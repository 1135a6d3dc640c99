"""What ``matcher bench`` does: measure, judge, report."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.experiments import QUESTIONS, Asked
from benchmarks.measuring.campaign import Campaign
from benchmarks.measuring.process import cores
from benchmarks.methods.registry import methods_of
from benchmarks.places import BUILD
from benchmarks.rounds import cases_of
from benchmarks.targets import exit_status

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.targets import Finding


@dataclass(frozen=True, slots=True)
class Use:
    """What every run may use.

    Attributes
    ----------
    cores
        Processor cores.
    memory
        GiB of all its processes together.
    again
        Whether to measure even what was measured already.
    """

    cores: int = 2
    memory: float = 16.0
    again: bool = False


def check(question: str, asked: Asked, use: Use) -> None:
    """Refuse, before anything is measured, what can't be measured.

    Raises
    ------
    ValueError
        With what is unknown or not to be had.
    """
    if question not in QUESTIONS:
        raise ValueError(f"{question}: {' '.join(QUESTIONS)}")
    for names, known in ((asked.rounds, cases_of), (asked.methods, methods_of)):
        try:
            known(names)
        except KeyError as error:
            raise ValueError(str(error.args[0])) from None
    cores(use.cores)


def bench(
    question: str, asked: Asked, use: Use, out: Path | None = None, say: Callable[[str], None] = print
) -> int:
    """Answer a question, write the report, and return 1 where a target was missed."""
    check(question, asked, use)
    campaign = Campaign(cores=use.cores, memory=round(use.memory * 1024), again=use.again, say=say)
    answer = QUESTIONS[question](campaign, asked)
    for finding in answer.findings:
        say(line(finding))
    from benchmarks.report.page import write_report  # noqa: PLC0415 - the drawing packages are slow to load

    folder = BUILD / f"report-{question}" if out is None else out
    say(f"report: {write_report(answer, folder, spoken(question, asked, use))}")
    return exit_status(answer.findings)


def line(finding: Finding) -> str:
    """Return a finding in one line."""
    verdict = {True: "met   ", False: "MISSED", None: "open  "}[finding.met]
    by = f"  missed by {finding.missed_by}" if finding.met is False else ""
    return f"{verdict}  {finding.what} {finding.asked}: {finding.found}{by}"


def spoken(question: str, asked: Asked, use: Use) -> str:
    """Return the command that asks the same."""
    words = ["matcher", "bench", question]
    if asked.rounds:
        words += ["--rounds", ",".join(asked.rounds)]
    if asked.methods:
        words += ["--methods", ",".join(asked.methods)]
    words += ["--seeds", str(asked.seeds)]
    if asked.first_seed > 1:
        words += ["--first-seed", str(asked.first_seed)]
    if asked.seconds is not None:
        words += ["--seconds", f"{asked.seconds:g}"]
    words += ["--cores", str(use.cores), "--memory", f"{use.memory:g}"]
    return shlex.join(words)
